/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of the catalogue as words.
 */
#pragma once

#include "../../data/metrics/qd-catalogue.h"

G_BEGIN_DECLS

gboolean qd_figure_text_require (const char *id, GError **error);
char *qd_figure_text_dup_value (const QdFigure *figure, const char *currency);
char *qd_figure_text_dup_rate (QdRate rate, QdUnit unit, const char *currency, gboolean blank);

G_END_DECLS
