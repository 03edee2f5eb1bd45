/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page looks through, and how to look through something else: as-of
 * month, period, comparison, definition, filters with their chips, saved views.
 * It only shows; every choice is an action of the window.
 */
#pragma once

#include <gtk/gtk.h>

#include "../pages/qd-session.h"
#include "qd-facts.h"

G_BEGIN_DECLS

#define QD_TYPE_SCOPE_BAR (qd_scope_bar_get_type ())
G_DECLARE_FINAL_TYPE (QdScopeBar, qd_scope_bar, QD, SCOPE_BAR, GtkWidget)

/* Shows a view; NULL facts: nothing can be chosen yet. */
void qd_scope_bar_set (QdScopeBar *self, const QdFacts *facts, const QdView *view, QdFormat *format);
void qd_scope_bar_open_as_of (QdScopeBar *self);
void qd_scope_bar_open_filters (QdScopeBar *self);
void qd_scope_bar_open_save_view (QdScopeBar *self);

/* Words for a view, on the bar and in the header. All (transfer full). */
/* "12 months to Jun 2026 · Enterprise". @period: (nullable): instead of the view's */
char *qd_scope_dup_summary (const QdFacts *facts, const QdView *view, const char *period, QdFormat *format);

G_END_DECLS
