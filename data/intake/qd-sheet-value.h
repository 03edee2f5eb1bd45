/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in a cell of a sheet → the text that a CSV file would hold.
 * Pure functions.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a number format makes of a number. */
typedef enum
{
  QD_SHEET_PLAIN,
  QD_SHEET_PERCENT,
  QD_SHEET_DATE,  /* with or without a time of day */
  QD_SHEET_TIME,
  QD_SHEET_PADDED, /* with zeros before it, to two digits; what is above it: to as many more */
} QdSheetForm;

QdSheetForm qd_sheet_form_from_id (guint id);           /* of the formats that every workbook has */
QdSheetForm qd_sheet_form_from_code (const char *code); /* "dd/mm/yyyy;@" */

/* Sets *@fraction when a decimal point is written, else leaves it. */
void qd_sheet_append_number (GString *out, const char *text, gsize length, QdSheetForm form, gboolean from_1904,
                             gboolean *fraction);
void qd_sheet_append_text (GString *out, const char *text, gsize length);
void qd_sheet_append_iso (GString *out, const char *text, gsize length);

G_END_DECLS
