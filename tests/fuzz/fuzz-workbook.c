/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a workbook, or as a part of one that is whole otherwise; the
 * first byte says which. What is read can be scanned, is UTF-8, has the width
 * that is told and no more lines than a sheet has rows.
 */
#include "data/intake/qd-import.h"
#include "data/intake/qd-scan.h"
#include "data/intake/qd-workbook.h"

#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const struct
{
  const char *name, *text;
} parts[] = {
  { "xl/worksheets/sheet1.xml", "<worksheet xmlns='" MAIN "'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='0'>"
                                "<v>45351.5</v></c></row></sheetData></worksheet>" },
  { "xl/sharedStrings.xml", "<sst xmlns='" MAIN "'><si><t>id</t></si></sst>" },
  { "xl/styles.xml", "<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='22'/></cellXfs></styleSheet>" },
  { "xl/workbook.xml", "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='S' r:id='a'/></sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='a' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"
                                  "<Relationship Id='b' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
                                  "<Relationship Id='c' Type='" OFFICE "/styles' Target='styles.xml'/></Relationships>" },
  { "_rels/.rels", "<Relationships><Relationship Id='a' Type='" OFFICE "/officeDocument' Target='xl/workbook.xml'/></Relationships>" },
  { "[Content_Types].xml", "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
                           "</Types>" },
};

static guint32
make_checksum (const guint8 *bytes,
               gsize         length)
{
  guint32 sum = G_MAXUINT32;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
  return ~sum;
}

static void
append_numbers (GByteArray *out,
                const char *sizes,
                ...)
{
  va_list numbers;

  va_start (numbers, sizes);
  for (; *sizes; sizes++)
    {
      guint32 number = va_arg (numbers, guint32);

      for (int i = 0; i < *sizes - '0'; i++)
        g_byte_array_append (out, &(guint8){ (guint8) (number >> 8 * i) }, 1);
    }
  va_end (numbers);
}

/* An archive of the parts, not packed, with @bytes in the place of one of them. */
static GByteArray *
make_workbook (gsize         which,
               const guint8 *bytes,
               gsize         length)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const guint8 *part = i == which ? bytes : (const guint8 *) parts[i].text;
      guint32 n = i == which ? (guint32) length : (guint32) strlen (parts[i].text);
      guint32 sum = make_checksum (part, n), place = out->len, name = (guint32) strlen (parts[i].name);

      append_numbers (out, "42222244422", 0x04034b50, 20, 0, 0, 0, 0, sum, n, n, name, 0);
      g_byte_array_append (out, (const guint8 *) parts[i].name, name);
      g_byte_array_append (out, part, n);
      append_numbers (directory, "42222224442222244", 0x02014b50, 20, 20, 0, 0, 0, 0, sum, n, n, name, 0, 0, 0, 0, 0, place);
      g_byte_array_append (directory, (const guint8 *) parts[i].name, name);
    }
  append_numbers (directory, "42222442", 0x06054b50, 0, 0, (guint32) G_N_ELEMENTS (parts), (guint32) G_N_ELEMENTS (parts),
                  directory->len, out->len, 0);
  g_byte_array_append (out, directory->data, directory->len);
  return out;
}

static void
check_text (const QdSheetText *text)
{
  g_auto (QdScan) scan = { 0 };
  g_autoptr (GError) error = NULL;
  guint widest = 0;

  g_assert_true (g_utf8_validate_len (text->text, text->length, NULL));
  for (gsize i = 0; i < QD_SCAN_PADDING; i++)
    g_assert_cmpint (text->text[text->length + i], ==, 0);
  qd_scan_init (&scan, text->text, text->length, ',', 1);
  while (qd_scan_next (&scan, &error))
    {
      widest = MAX (widest, scan.n_cells);
      g_assert_cmpuint (scan.line, <=, 1048576);
    }
  if (error == NULL)
    g_assert_cmpuint (widest, ==, text->width);
  else
    g_assert_nonnull (strstr (error->message, "16 MiB"));
}

static void
read_all (const char *bytes,
          gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkbook) workbook = NULL;

  if (!qd_workbook_looks_like (bytes, length))
    return;
  workbook = qd_workbook_open (bytes, length, "x.xlsx", NULL, &error);
  g_assert_cmpint (workbook == NULL, ==, error != NULL);
  if (workbook == NULL)
    {
      g_assert_true (error->domain == QD_INTAKE_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  for (guint i = 0; qd_workbook_get_sheets (workbook)[i] != NULL; i++)
    {
      QdSheetText text;
      g_autoptr (GError) problem = NULL;

      if (qd_workbook_read_sheet (workbook, i, &text, NULL, &problem))
        {
          check_text (&text);
          g_free (text.text);
        }
      else
        g_assert_true (problem != NULL && g_utf8_validate (problem->message, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GByteArray) made = NULL;

  if (size == 0)
    return 0;
  if (*data - '0' < (int) G_N_ELEMENTS (parts) && *data >= '0')
    {
      made = make_workbook (*data - '0', data + 1, size - 1);
      read_all ((const char *) made->data, made->len);
    }
  else
    read_all ((const char *) data + 1, size - 1);
  return 0;
}
