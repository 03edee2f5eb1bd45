/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text for people at a terminal: numbers in their locale, columns aligned by
 * display width, nothing from a file that could steer the terminal.
 */
#pragma once

#include <glib.h>

#include "../../data/base/qd-calendar.h"

G_BEGIN_DECLS

char *qd_terminal_dup_safe (const char *text);
char *qd_terminal_dup_file_name (const char *bytes);
char *qd_terminal_dup_cut (const char *text, guint width);
guint qd_terminal_get_width (const char *text);
void qd_terminal_append_cell (GString *out, const char *text, guint width, gboolean right);
void qd_terminal_append_wrapped (GString *out, const char *text, guint indent, guint width);

char *qd_terminal_format_count (gint64 value);
char *qd_terminal_format_money (gint64 minor, int exponent);
char *qd_terminal_format_number (double value, int decimals);
char *qd_terminal_format_rate (double fraction);
char *qd_terminal_format_month (QdMonth month);
char *qd_terminal_format_time (gint64 unix_seconds);

const char *qd_terminal_nearest (const char *word, const char *const *words);

G_END_DECLS
