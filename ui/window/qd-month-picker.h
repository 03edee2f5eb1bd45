/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A popover to choose a month: one year at a time, and the latest.
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-format.h"

G_BEGIN_DECLS

#define QD_TYPE_MONTH_PICKER (qd_month_picker_get_type ())
G_DECLARE_FINAL_TYPE (QdMonthPicker, qd_month_picker, QD, MONTH_PICKER, GtkPopover)

/* Signal: "picked" (int month); QD_MONTH_NONE: the latest. */
GtkWidget *qd_month_picker_new (void);
/* @month: the chosen one, QD_MONTH_NONE when that is the latest; @last: what the latest is. */
void qd_month_picker_set (QdMonthPicker *self, QdFormat *format, QdMonth month, QdMonth first, QdMonth last,
                          QdMonth horizon);

G_END_DECLS
