/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kinds of data that an import knows, as a table of their fields.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of data. One descriptor table in qd-kinds.c: fields, types, required, key, synonyms. */
typedef enum { QD_FIELD_TEXT, QD_FIELD_ID, QD_FIELD_DATE, QD_FIELD_MONTH, QD_FIELD_MONEY, QD_FIELD_NUMBER,
               QD_FIELD_INTEGER, QD_FIELD_BOOLEAN, QD_FIELD_CURRENCY, QD_FIELD_CHOICE } QdFieldType;

typedef struct
{
  const char *name;            /* "account_id" */
  QdFieldType type;
  gboolean required;
  gboolean key;
  const char *const *synonyms; /* folded header names of the usual exports */
  const char *const *choices;  /* with QD_FIELD_CHOICE */
} QdField;

typedef struct
{
  const char *name;            /* "subscriptions" */
  const QdField *fields;
  guint n_fields;
  gboolean custom_fields;      /* other columns become custom fields; else they are listed as ignored */
} QdKind;

const QdKind *qd_kind_find (const char *name, GError **error);
const QdKind *const *qd_kind_list (guint *n_kinds);
const char *qd_kind_get_title (const QdKind *kind); /* msgid: "subscriptions" */

G_END_DECLS
