/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A definition profile: which of the ways to count a figure follows. Immutable,
 * named and versioned; printed beside every figure as name@version.
 */
#pragma once

#include <glib.h>

#include "../base/qd-calendar.h"

G_BEGIN_DECLS

#define QD_METRIC_ERROR (qd_metric_error_quark ())
GQuark qd_metric_error_quark (void);

typedef enum
{
  QD_METRIC_ERROR_UNKNOWN,    /* no such metric, table, key, dimension or value; the message lists what exists */
  QD_METRIC_ERROR_UNSUITABLE, /* this profile cannot be applied to this data or period */
  QD_METRIC_ERROR_RANGE,      /* as-of outside the data, a period below 1, an amount that does not fit */
  QD_METRIC_ERROR_NO_RATE,
} QdMetricError;

/* Default first, as DOMAIN 3 and DESIGN 4 list them. */
typedef enum { QD_FORM_P2P, QD_FORM_LOWEST, QD_FORM_PRODUCT, QD_FORM_FLOW } QdPeriodForm;
typedef enum { QD_RETURN_END_STATE, QD_RETURN_LOST } QdReturn;
typedef enum { QD_NETTING_MONTH, QD_NETTING_DAY, QD_NETTING_QUARTER } QdNetting;
typedef enum { QD_END_EXCLUSIVE, QD_END_INCLUSIVE } QdEndDate;
typedef enum { QD_LOGO_BASE_START, QD_LOGO_BASE_START_NEW_LOST, QD_LOGO_BASE_START_NEW } QdLogoBase;
typedef enum { QD_FX_CONSTANT, QD_FX_MONTH_END } QdFx;
typedef enum { QD_SEGMENT_NOW, QD_SEGMENT_PERIOD_START } QdSegmentAt;
typedef enum { QD_COHORT_FIRST_PAID, QD_COHORT_SIGNUP, QD_COHORT_FIRST_LINE } QdCohortMonth;
typedef enum { QD_FIRST_MONTH_NEW, QD_FIRST_MONTH_OPENING } QdFirstMonth;
typedef enum { QD_HIERARCHY_ACCOUNT, QD_HIERARCHY_ULTIMATE_PARENT } QdHierarchy;

typedef struct
{
  char *name;              /* "Board" */
  guint version;           /* from 1 */
  QdPeriodForm period_form;
  gboolean reactivation_in_nrr;
  QdReturn return_within_period;
  QdNetting netting;
  QdEndDate end_date;
  gboolean free_accounts;  /* zero amounts make a customer */
  gboolean trials;         /* trials make a customer, their money counts */
  gboolean won_and_lost;   /* an account won and lost in one period counts in both */
  QdLogoBase logo_base;
  QdFx fx;
  QdSegmentAt segment_at;
  QdCohortMonth cohort_month;
  QdFirstMonth first_month;
  QdHierarchy hierarchy;
  char *defines;           /* "netting=day + fx=month_end": choices laid over the version for once, or NULL */
} QdProfile;

QdProfile *qd_profile_new (const char *name, guint version); /* all defaults */
QdProfile *qd_profile_copy (const QdProfile *self);
void qd_profile_free (QdProfile *self);
gboolean qd_profile_equal (const QdProfile *a, const QdProfile *b);  /* the choices, not the name */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdProfile, qd_profile_free)

/* Keys: one table describes key, values, meaning; these functions read it. */
guint qd_profile_get_n_keys (void);
const char *qd_profile_get_key (guint key);
const char *qd_profile_get_key_summary (guint key);                  /* msgid */
const char *const *qd_profile_get_key_values (guint key);            /* default first, NULL ends */
const char *qd_profile_get_choice (const QdProfile *self, guint key);
gboolean qd_profile_set_choice (QdProfile *self, const char *key, const char *value, GError **error); /* before it is shared */
/* As set_choice, for one use of a profile (--define): the label says so. */
gboolean qd_profile_define (QdProfile *self, const char *key, const char *value, GError **error);
char *qd_profile_dup_label (const QdProfile *self);                  /* "Board@2", with "+ key=value" for one-off defines */
char *qd_profile_describe (const QdProfile *self);                   /* the choices that differ from the default, in words; translated */

G_END_DECLS
