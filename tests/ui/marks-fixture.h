/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests of pages with charts share: scopes to look through, and the proof
 * that the rows behind a number sum to it.
 */
#pragma once

#include "ui-fixture.h"

#include "data/metrics/qd-drill.h"

G_BEGIN_DECLS

#define MARKS_N_SCOPES 3

/* All of it; a segment at an earlier month; a quarter that is not over, of two segments. */
QdView *marks_make_view (guint scope);

/* Every mark with a value of the chart opens rows that sum to it. Returns how many marks there were. */
guint marks_check_chart (QdMainWindow *window, QdChartSpec *spec);
/* What the rows of a drill sum to, in the scope that the window looks through. */
double marks_sum (QdMainWindow *window, const QdDrill *drill);

/* The figure that the command line gives for the same scope; NAN: undefined. Money in major units. */
double marks_ask_program (QdMainWindow *window, const char *metric);

G_END_DECLS
