/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a sheet → lines of CSV.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import.h"
#include "qd-scan.h"
#include "qd-workbook-private.h"
#include "qd-xml.h"

#define MAX_ROWS 1048576
#define PLACE_BYTES 20 /* of a cell's name in a message */
#define REPORT_ROWS 4096
#define REPORTED 0.1 /* of an import: what follows begins there */

typedef enum
{
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_TEXT,
  TYPE_BOOLEAN,
  TYPE_DATE,
} CellType;

typedef struct
{
  QdWorkbook *workbook;
  QdJob *job;
  QdSheetText *result;
  GString *text;       /* lines so far */
  gsize limit;
  double size;         /* of the part */

  int row, column;     /* where we are, from 1; 0: before the first */
  int cells;           /* of the row's line */
  gboolean had_rows, in_rows, in_row, in_cell, in_value, has_formula;
  guint phonetic;
  CellType type;
  int style;
  GString *raw;        /* what the cell holds */
  GString *value;      /* what is written of it */
} Rows;

/* "BC": 55; *@end: what follows the letters. 0: no letters, or too many. */
static int
read_column (const char  *text,
             gsize        length,
             const char **end)
{
  int column = 0;
  gsize i = 0;

  for (; i < length && i < 4 && g_ascii_isalpha (text[i]); i++)
    column = column * 26 + (g_ascii_toupper (text[i]) - 'A') + 1;
  *end = text + i;
  return i < 4 ? column : 0;
}

/* A whole number in digits; −1: none, or more than nine of them. */
static int
read_number (const char *text,
             gsize       length)
{
  int number = 0;

  if (length == 0 || length > 9)
    return -1;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

static char *
dup_place (const Rows *self)
{
  GString *name = g_string_new (NULL);

  for (int column = self->column; column > 0; column = (column - 1) / 26)
    g_string_prepend_c (name, (char) ('A' + (column - 1) % 26));
  g_string_append_printf (name, "%d", self->row);
  return g_string_free (name, FALSE);
}

/* @named: (nullable): what the cell is called. */
static void
fail_misplaced (const Rows *self,
                QdXml      *xml,
                const char *named,
                gsize       length)
{
  g_autofree char *place = named != NULL ? g_utf8_make_valid (named, MIN (length, PLACE_BYTES)) : dup_place (self);

  qd_xml_fail (xml, _("The workbook is damaged: cell %s stands twice, or not in its order. Save or export it again."), place);
}

static void
begin_row (Rows  *self,
           QdXml *xml)
{
  gsize length;
  const char *number = qd_xml_get (xml, "r", &length);
  int row = number != NULL ? read_number (number, length) : self->row + 1;

  if (self->in_row || row <= self->row || row > MAX_ROWS)
    {
      qd_xml_fail (xml, _("The workbook is damaged: what follows row %d of its sheet is out of order. Save or export it again."),
                   self->row);
      return;
    }
  self->in_row = TRUE;
  self->column = 0;
  self->cells = 0;
  while (++self->row < row)
    g_string_append_c (self->text, '\n');
}

static void
begin_cell (Rows  *self,
            QdXml *xml)
{
  gsize length = 0;
  const char *text = qd_xml_get (xml, "r", &length), *digits = NULL;
  int column = text != NULL ? read_column (text, length, &digits) : self->column + 1;
  int last = self->column;

  self->column = column;
  if (column <= last || !self->in_row || self->in_cell ||
      (text != NULL && read_number (digits, length - (gsize) (digits - text)) != self->row))
    {
      fail_misplaced (self, xml, text, length);
      return;
    }
  self->in_cell = TRUE;
  self->has_formula = FALSE;
  g_string_truncate (self->raw, 0);
  text = qd_xml_get (xml, "s", &length);
  self->style = text != NULL ? read_number (text, length) : 0;
  text = qd_xml_get (xml, "t", &length);
  if (text == NULL || (length == 1 && *text == 'n'))
    self->type = TYPE_NUMBER;
  else if (length == 1)
    self->type = *text == 's' ? TYPE_SHARED : *text == 'b' ? TYPE_BOOLEAN : *text == 'd' ? TYPE_DATE : TYPE_TEXT;
  else
    self->type = TYPE_TEXT; /* inlineStr, str: of a formula */
}

static void
start_cb (QdXml      *xml,
          const char *name,
          gpointer    data)
{
  Rows *self = data;

  if (!self->in_rows && !self->had_rows)
    self->in_rows = self->had_rows = strcmp (name, "sheetData") == 0;
  else if (!self->in_rows)
    return;
  else if (self->in_cell && strcmp (name, "rPh") == 0)
    self->phonetic++;
  else if (self->in_cell && (strcmp (name, "v") == 0 || strcmp (name, "t") == 0))
    self->in_value = self->phonetic == 0;
  else if (strcmp (name, "c") == 0)
    begin_cell (self, xml);
  else if (strcmp (name, "row") == 0)
    begin_row (self, xml);
  else if (strcmp (name, "f") == 0)
    self->has_formula = TRUE;
}

static void
text_cb (QdXml      *xml,
         const char *text,
         gsize       length,
         gpointer    data)
{
  Rows *self = data;
  g_autofree char *place = NULL;

  if (!self->in_value)
    return;
  g_string_append_len (self->raw, text, length);
  if (self->raw->len <= QD_SCAN_MAX_CELL)
    return;
  place = dup_place (self);
  qd_xml_fail (xml, _("Cell %s is longer than 1 MiB, which no cell is; the sheet was not read."), place);
}

/* A shared string, which is good as it is. */
static void
append_shared (Rows  *self,
               QdXml *xml)
{
  const QdWorkbook *workbook = self->workbook;
  int index = read_number (self->raw->str, self->raw->len);
  gsize from;

  if (index < 0 || (guint) index >= workbook->ends->len)
    {
      g_autofree char *place = dup_place (self);

      qd_xml_fail (xml, _("The workbook is damaged: cell %s names a text that is not there. Save or export it again."), place);
      return;
    }
  from = index > 0 ? g_array_index (workbook->ends, gsize, index - 1) : 0;
  g_string_append_len (self->value, workbook->strings->str + from, g_array_index (workbook->ends, gsize, index) - from);
}

/* What the cell holds, as text. */
static void
make_value (Rows  *self,
            QdXml *xml)
{
  const QdWorkbook *workbook = self->workbook;
  const GString *raw = self->raw;

  g_string_truncate (self->value, 0);
  if (raw->len == 0)
    return;
  switch (self->type)
    {
    case TYPE_SHARED:
      append_shared (self, xml);
      break;
    case TYPE_BOOLEAN:
      if (raw->len == 1 && (*raw->str == '0' || *raw->str == '1'))
        g_string_append (self->value, *raw->str == '1' ? "TRUE" : "FALSE");
      else
        qd_sheet_append_text (self->value, raw->str, raw->len);
      break;
    case TYPE_DATE:
      qd_sheet_append_iso (self->value, raw->str, raw->len);
      break;
    case TYPE_NUMBER:
      qd_sheet_append_number (self->value, raw->str, raw->len,
                              self->style >= 0 && (guint) self->style < workbook->forms->len
                                  ? workbook->forms->data[self->style]
                                  : QD_SHEET_PLAIN,
                              workbook->from_1904, &self->result->fractions);
      break;
    case TYPE_TEXT:
    default:
      qd_sheet_append_text (self->value, raw->str, raw->len);
      break;
    }
}

static void
end_cell (Rows  *self,
          QdXml *xml)
{
  self->in_cell = FALSE;
  self->phonetic = 0;
  make_value (self, xml);
  self->result->uncalculated += self->has_formula && self->raw->len == 0 && self->type == TYPE_NUMBER;
  if (self->value->len == 0)
    return;
  if (self->column > (int) QD_SCAN_MAX_CELLS)
    {
      g_autofree char *place = dup_place (self);

      qd_xml_fail (xml, _("Cell %s: a sheet may have 4,096 columns. Delete what stands to the right of the table."), place);
      return;
    }
  for (int cells = MAX (self->cells, 1); cells < self->column; cells++)
    g_string_append_c (self->text, ',');
  qd_scan_append_cell (self->text, self->value->str, self->value->len);
  self->cells = self->column;
  self->result->width = MAX (self->result->width, (guint) self->cells);
  if (self->text->len > self->limit)
    qd_xml_fail (xml, _("The cells of the sheet come to much more than the workbook’s size lets expect, so it was not read. "
                        "Save the sheet as CSV and import that."));
}

static void
end_row (Rows  *self,
         QdXml *xml)
{
  self->in_row = FALSE;
  g_string_append_c (self->text, '\n');
  if (self->row % REPORT_ROWS == 0)
    qd_job_report (self->job, REPORTED * (double) qd_xml_get_done (xml) / MAX (self->size, 1), _("Reading the file"));
}

static void
end_cb (QdXml      *xml,
        const char *name,
        gpointer    data)
{
  Rows *self = data;

  if (!self->in_rows)
    return;
  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_value = FALSE;
  else if (strcmp (name, "c") == 0)
    end_cell (self, xml);
  else if (strcmp (name, "row") == 0)
    end_row (self, xml);
  else if (strcmp (name, "rPh") == 0)
    self->phonetic -= self->phonetic > 0;
  else if (strcmp (name, "sheetData") == 0)
    self->in_rows = FALSE; /* what follows is read for the checksum at its end */
}

gboolean
qd_workbook_read_sheet (QdWorkbook  *self,
                        guint        sheet,
                        QdSheetText *text,
                        QdJob       *job,
                        GError     **error)
{
  static const QdXmlHandler handler = { start_cb, end_cb, text_cb };
  static const char padding[QD_SCAN_PADDING] = { 0 };
  const char *part = ((QdSheet *) g_ptr_array_index (self->sheets, sheet))->part;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) raw = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  Rows rows = { .workbook = self, .job = job, .result = text, .text = lines, .raw = raw, .value = value,
                .limit = qd_workbook_get_limit (self), .size = (double) qd_zip_get_size (self->zip, part) };

  *text = (QdSheetText) { 0 };
  if (!qd_workbook_load (self, job, error) ||
      !qd_xml_parse (self->zip, part, &handler, &rows, job, error))
    return FALSE;
  text->length = lines->len;
  g_string_append_len (lines, padding, sizeof padding);
  text->text = g_string_free (g_steal_pointer (&lines), FALSE);
  return TRUE;
}

/* Whether there is any value */

typedef struct
{
  gboolean in_rows, in_value, has;
} Search;

static void
search_start_cb (QdXml      *xml,
                 const char *name,
                 gpointer    data)
{
  Search *self = data;

  if (!self->in_rows)
    self->in_rows = strcmp (name, "sheetData") == 0;
  else if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->in_value = TRUE;
}

static void
search_end_cb (QdXml      *xml,
               const char *name,
               gpointer    data)
{
  Search *self = data;

  self->in_value = FALSE;
  if (strcmp (name, "sheetData") == 0)
    qd_xml_stop (xml);
}

static void
search_text_cb (QdXml      *xml,
                const char *text,
                gsize       length,
                gpointer    data)
{
  Search *self = data;

  self->has |= self->in_value;
  if (self->has)
    qd_xml_stop (xml);
}

gboolean
qd_sheet_has_value (QdZip      *zip,
                    const char *part,
                    gboolean   *has,
                    QdJob      *job,
                    GError    **error)
{
  static const QdXmlHandler handler = { search_start_cb, search_end_cb, search_text_cb };
  Search search = { 0 };

  *has = FALSE;
  if (!qd_xml_parse (zip, part, &handler, &search, job, error))
    return FALSE;
  *has = search.has;
  return TRUE;
}
