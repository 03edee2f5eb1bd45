/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts that can be asked for by name: what each computes, over which
 * period when nobody says, and what stands around it. The command line and
 * whatever else puts charts into files read this one list.
 */
#pragma once

#include "../../data/workspace/qd-workspace.h"
#include "../../ui/draw/figures/qd-figures.h"
#include "../../ui/draw/qd-chart-export.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *alias;           /* nullable: another name */
  const char *summary;         /* msgid */
  const char *default_period;  /* as qd_period_parse() takes it */
  double width, height;        /* points, when nobody says */
  QdChartSpec *(*make) (QdLedger *ledger, const QdScope *scope, const QdFigureContext *context, QdJob *job,
                        GError **error);
} QdNamedChart;

const QdNamedChart *qd_charts_list (guint *n_charts);
const QdNamedChart *qd_charts_find (const char *name);

/* The texts around the charts of one workspace and scope. */
typedef struct _QdChartSetting QdChartSetting;
QdChartSetting *qd_chart_setting_new (QdWorkspace *workspace, const QdBook *book, const QdScope *scope, QdFormat *format,
                                      GError **error);
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
