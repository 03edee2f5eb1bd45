/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts that can be asked for by name: what each computes, over which
 * period when nobody says, and what stands around it. The window, the command
 * line and whatever else shows charts or puts them into files read this one
 * list.
 */
#pragma once

#include "../qd-chart-export.h"
#include "qd-figures.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *alias;           /* nullable: another name */
  const char *title;           /* msgid: for menus and names of files */
  const char *summary;         /* msgid: one line */
  const char *metrics;         /* ids of the catalogue that it shows, separated by blanks */
  const char *default_period;  /* as qd_period_parse() takes it */
  double width, height;        /* points, when nobody says */
  /*< private >*/
  QdChartSpec *(*make) (guint variant, QdLedger *ledger, const QdScope *scope, const QdFigureContext *context, QdJob *job,
                        GError **error);
  guint variant;
} QdNamedChart;

const QdNamedChart *qd_charts_list (guint *n_charts);
const QdNamedChart *qd_charts_find (const char *name);
/* Computes and fills the chart; the errors are those of the metrics. Any thread. (transfer full) */
QdChartSpec *qd_charts_make (const QdNamedChart *chart, QdLedger *ledger, const QdScope *scope,
                             const QdFigureContext *context, QdJob *job, GError **error);

/* The texts around the charts of one workspace and scope. Immutable. */
typedef struct _QdChartSetting QdChartSetting;
/* @imports (nullable): the history of imports, for the line that names the source; not kept. */
QdChartSetting *qd_chart_setting_new (const QdBook *book, const QdScope *scope, const QdTable *imports, QdFormat *format);
void qd_chart_setting_free (QdChartSetting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdChartSetting, qd_chart_setting_free)
const QdFigureContext *qd_chart_setting_get_context (const QdChartSetting *self);

/* A chart's bytes in a format of a file. */
typedef enum
{
  QD_PICTURE_PNG,
  QD_PICTURE_SVG,
  QD_PICTURE_PDF,
} QdPictureFormat;

GBytes *qd_charts_render (QdChartSpec *spec, QdThemeKind theme, QdPictureFormat format, double width, double height,
                          double scale, const QdChartMetadata *metadata, QdJob *job, GError **error);

G_END_DECLS
