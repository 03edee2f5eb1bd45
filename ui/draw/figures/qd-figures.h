/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From results to charts: each figure of the program as a spec, with its title
 * sentence drawn from the data and labels that name period and basis.
 *
 * Each mark with a value knows the rows behind it, see qd_chart_spec_get_drill();
 * rows of money are ARR, as the charts are.
 *
 * Pure: results in, spec out; rows of groups (--by) are left aside. ARR is
 * 12 × MRR. Money of the results must be in the currency of the format.
 */
#pragma once

#include "../qd-chart-spec.h"

G_BEGIN_DECLS

/* What stands around every figure. Texts are translated; those that may be NULL say so. */
typedef struct
{
  QdFormat *format;
  const char *company;    /* NULL: left out */
  const char *definition; /* "Board"; NULL: left out */
  const char *scope;      /* "segment = Enterprise"; NULL: all */
  const char *source;     /* the line at the foot; NULL: none */
} QdFigureContext;

typedef enum { QD_COHORTS_LOGOS, QD_COHORTS_NET, QD_COHORTS_GROSS } QdCohortView;

/* ARR from opening to closing by kind of movement: all rows together, as the table of movements has them.
 * @retention (nullable): of the same window; NRR and GRR stand over the bars whose flows they are, else in a note. */
QdChartSpec *qd_figure_bridge (const QdMovements *movements, const QdRetention *retention, const QdFigureContext *context);
/* ARR of the customers at the start of a window: lost, reduced, grown; with GRR and NRR over it where they are its flows. */
QdChartSpec *qd_figure_bridge_start (const QdRetention *retention, const QdFigureContext *context);
/* NRR, GRR and customer retention over time, gains and losses below. */
QdChartSpec *qd_figure_retention (const QdRetentions *retentions, const QdFigureContext *context);
/* The kinds of movement of each period, with the net. */
QdChartSpec *qd_figure_movements (const QdMovements *movements, const QdFigureContext *context);
/* ARR at the end of each period. */
QdChartSpec *qd_figure_arr (const QdMovements *movements, const QdFigureContext *context);
/* One customer's months. */
typedef struct
{
  const char *name;
  QdMonth first;         /* of the data */
  const double *arr;     /* minor units at the end of each month */
  const guint8 *active;  /* whether it is a customer then */
  guint n;
} QdAccountCourse;

/* One customer's ARR over time. @window: what the title is about; NULL: nothing. */
QdChartSpec *qd_figure_account (const QdAccountCourse *course, const QdWindow *window, const QdFigureContext *context);
/* The triangle. Cohorts of fewer than 10 customers are grey and stay in the average. */
QdChartSpec *qd_figure_cohorts (const QdCohorts *cohorts, QdCohortView view, const QdFigureContext *context);
/* Any table. @title and @subject are translated. */
QdChartSpec *qd_figure_table (QdTable *table, const char *title, const char *subject, const QdFigureContext *context);
/* A line as small as a word. @values: one for each month from @first on. */
QdChartSpec *qd_figure_sparkline (QdUnit unit, QdMonth first, const double *values, guint n,
                                  const QdFigureContext *context);

/* "12 months to Jun 2026", or "Jun 2026". (transfer full) */
char *qd_figures_dup_window (const QdFormat *format, QdWindow window);
/* "Jul 2024 to Jun 2026". (transfer full) */
char *qd_figures_dup_span (const QdFormat *format, QdMonth first, QdMonth last);
char *qd_figures_dup_breaks (const QdFormat *format, QdMonth first, const guint8 *active, guint n);
/* "Jul 2024 to Jun 2026, 12 months each". (transfer full) */
char *qd_figures_dup_period (const QdFormat *format, const QdWindow *windows, guint n);

/* Names the rows behind a number: "Churn, Jan 2026". */

G_END_DECLS
