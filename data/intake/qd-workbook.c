/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-workbook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import.h"
#include "qd-xml.h"

#define OLE2 "\xd0\xcf\x11\xe0"
#define EMPTY_ARCHIVE "PK\x05\x06"
#define CONTENT_TYPES "[Content_Types].xml"
#define MAX_SHEETS 1024u
#define MAX_SHEET_NAME 256

/* How parts are tied to one another: id → part, and the first of each kind of part. */
typedef struct
{
  const char *folder;      /* of the part that they belong to, "" or with a slash behind it */
  GHashTable *targets;     /* id → part, of sheets of cells */
  char *workbook, *strings, *styles;
} Relations;

static void
clear_relations (Relations *self)
{
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_free (self->workbook);
  g_free (self->strings);
  g_free (self->styles);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Relations, clear_relations)

/* "../xl/x.xml" from a folder, "/xl/x.xml" from the top: as a path of the archive. */
static char *
resolve (const char *folder,
         const char *target)
{
  g_autofree char *path = *target == '/' ? g_strdup (target + 1) : g_strconcat (folder, target, NULL);
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; steps[i] != NULL; i++)
    if (strcmp (steps[i], "..") == 0)
      g_ptr_array_set_size (kept, MAX ((int) kept->len - 1, 0));
    else if (*steps[i] != 0 && strcmp (steps[i], ".") != 0)
      g_ptr_array_add (kept, steps[i]);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

static void
keep_first (char **place,
            char  *part)
{
  if (*place == NULL)
    *place = part;
  else
    g_free (part);
}

static void
relation_cb (QdXml      *xml,
             const char *name,
             gpointer    data)
{
  Relations *self = data;
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *target = NULL;

  if (strcmp (name, "Relationship") != 0)
    return;
  id = qd_xml_dup (xml, "Id");
  type = qd_xml_dup (xml, "Type");
  target = qd_xml_dup (xml, "Target");
  if (id == NULL || type == NULL || target == NULL)
    return;
  if (g_str_has_suffix (type, "/officeDocument"))
    keep_first (&self->workbook, resolve (self->folder, target));
  else if (g_str_has_suffix (type, "/sharedStrings"))
    keep_first (&self->strings, resolve (self->folder, target));
  else if (g_str_has_suffix (type, "/styles"))
    keep_first (&self->styles, resolve (self->folder, target));
  else if (g_str_has_suffix (type, "/worksheet"))
    g_hash_table_insert (self->targets, g_steal_pointer (&id), resolve (self->folder, target));
}

/* The relations of @part, or with "" of the whole archive. */
static gboolean
read_relations (QdZip      *zip,
                const char *part,
                Relations  *relations,
                QdJob      *job,
                GError    **error)
{
  static const QdXmlHandler handler = { relation_cb, NULL, NULL };
  const char *slash = strrchr (part, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (part, slash + 1 - part) : g_strdup ("");
  g_autofree char *path = g_strconcat (folder, "_rels/", part + strlen (folder), ".rels", NULL);
  gboolean ok;

  relations->folder = folder;
  if (relations->targets == NULL)
    relations->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = qd_xml_parse (zip, path, &handler, relations, job, error);
  relations->folder = NULL;
  return ok;
}

/* The workbook's own part: its sheets and how it counts days. */
typedef struct
{
  QdWorkbook *workbook;
  GHashTable *targets;
  guint seen;
} Contents;

static gboolean
is_true (const char *text)
{
  return text != NULL && (strcmp (text, "1") == 0 || strcmp (text, "true") == 0 || strcmp (text, "on") == 0);
}

static void
free_sheet (gpointer data)
{
  QdSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

static void
take_sheet (Contents *self,
            QdXml    *xml)
{
  g_autofree char *name = qd_xml_dup (xml, "name");
  g_autofree char *state = qd_xml_dup (xml, "state");
  g_autofree char *id = qd_xml_dup (xml, "id");
  const char *part = id != NULL ? g_hash_table_lookup (self->targets, id) : NULL;
  QdSheet *sheet;

  if (++self->seen > MAX_SHEETS)
    {
      qd_xml_fail (xml, _("The workbook has more than %u sheets; save the one to import as a workbook of its own."),
                   MAX_SHEETS);
      return;
    }
  if (name == NULL || *name == 0 || strlen (name) > MAX_SHEET_NAME || part == NULL || /* a sheet that is a chart */
      (state != NULL && strcmp (state, "visible") != 0))
    return;
  sheet = g_new0 (QdSheet, 1);
  sheet->name = g_steal_pointer (&name);
  sheet->part = g_strdup (part);
  g_ptr_array_add (self->workbook->sheets, sheet);
}

static void
contents_cb (QdXml      *xml,
             const char *name,
             gpointer    data)
{
  Contents *self = data;

  if (strcmp (name, "workbookPr") == 0)
    {
      g_autofree char *from_1904 = qd_xml_dup (xml, "date1904");

      self->workbook->from_1904 = is_true (from_1904);
    }
  else if (strcmp (name, "sheet") == 0)
    take_sheet (self, xml);
}

/* Shared strings */

typedef struct
{
  QdWorkbook *workbook;
  GString *text;       /* of the string that is read */
  gsize limit;
  guint phonetic;      /* inside a reading aid, which is no text */
  gboolean in_text;
} Strings;

static void
string_start_cb (QdXml      *xml,
                 const char *name,
                 gpointer    data)
{
  Strings *self = data;

  if (strcmp (name, "si") == 0)
    g_string_truncate (self->text, 0);
  else if (strcmp (name, "rPh") == 0)
    self->phonetic++;
  else if (strcmp (name, "t") == 0)
    self->in_text = self->phonetic == 0;
}

static void
string_end_cb (QdXml      *xml,
               const char *name,
               gpointer    data)
{
  Strings *self = data;
  QdWorkbook *workbook = self->workbook;

  if (strcmp (name, "t") == 0)
    self->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0)
    self->phonetic -= self->phonetic > 0;
  else if (strcmp (name, "si") == 0)
    {
      qd_sheet_append_text (workbook->strings, self->text->str, self->text->len);
      g_array_append_val (workbook->ends, workbook->strings->len);
      if (workbook->strings->len + workbook->ends->len * sizeof (gsize) > self->limit)
        qd_xml_fail (xml, _("The texts of the workbook come to much more than its size lets expect, so it was not read. "
                            "Save the sheet as CSV and import that."));
    }
}

static void
string_text_cb (QdXml      *xml,
                const char *text,
                gsize       length,
                gpointer    data)
{
  Strings *self = data;

  if (self->in_text)
    g_string_append_len (self->text, text, length);
  if (self->text->len > QD_SCAN_MAX_CELL)
    qd_xml_fail (xml, _("A text of the workbook is longer than 1 MiB, which no cell is; it was not read."));
}

static gboolean
load_strings (QdWorkbook *self,
              QdJob      *job,
              GError    **error)
{
  static const QdXmlHandler handler = { string_start_cb, string_end_cb, string_text_cb };
  g_autoptr (GString) text = g_string_new (NULL);
  Strings strings = { .workbook = self, .text = text, .limit = qd_workbook_get_limit (self) };

  return self->strings_part == NULL || qd_xml_parse (self->zip, self->strings_part, &handler, &strings, job, error);
}

/* Styles */

typedef struct
{
  GByteArray *forms;
  GHashTable *codes;   /* number → form: what the workbook spells out */
  gboolean in_cells, in_codes;
} Styles;

static guint
get_number (QdXml      *xml,
            const char *attribute)
{
  g_autofree char *text = qd_xml_dup (xml, attribute);

  return text != NULL ? (guint) MIN (g_ascii_strtoull (text, NULL, 10), G_MAXINT) : 0;
}

static void
style_start_cb (QdXml      *xml,
                const char *name,
                gpointer    data)
{
  Styles *self = data;

  if (strcmp (name, "cellXfs") == 0)
    self->in_cells = TRUE;
  else if (strcmp (name, "numFmts") == 0)
    self->in_codes = TRUE;
  else if (self->in_codes && strcmp (name, "numFmt") == 0)
    {
      g_autofree char *code = qd_xml_dup (xml, "formatCode");

      if (code != NULL)
        g_hash_table_insert (self->codes, GUINT_TO_POINTER (get_number (xml, "numFmtId")),
                             GUINT_TO_POINTER (qd_sheet_form_from_code (code)));
    }
  else if (self->in_cells && strcmp (name, "xf") == 0)
    {
      guint id = get_number (xml, "numFmtId");
      gpointer form;
      guint8 byte;

      if (!g_hash_table_lookup_extended (self->codes, GUINT_TO_POINTER (id), NULL, &form))
        form = GUINT_TO_POINTER (qd_sheet_form_from_id (id));
      byte = (guint8) GPOINTER_TO_UINT (form);
      g_byte_array_append (self->forms, &byte, 1);
    }
}

static void
style_end_cb (QdXml      *xml,
              const char *name,
              gpointer    data)
{
  Styles *self = data;

  if (strcmp (name, "cellXfs") == 0)
    qd_xml_stop (xml);
  else if (strcmp (name, "numFmts") == 0)
    self->in_codes = FALSE;
}

static gboolean
load_styles (QdWorkbook *self,
             QdJob      *job,
             GError    **error)
{
  static const QdXmlHandler handler = { style_start_cb, style_end_cb, NULL };
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  Styles styles = { .forms = self->forms, .codes = codes };

  return self->styles_part == NULL || qd_xml_parse (self->zip, self->styles_part, &handler, &styles, job, error);
}

/* What the cells of every sheet refer to. It is read once, also when it cannot be read; but again after it was cancelled. */
gboolean
qd_workbook_load (QdWorkbook *self,
                  QdJob      *job,
                  GError    **error)
{
  if (!self->loaded && self->problem == NULL)
    {
      g_string_truncate (self->strings, 0);
      g_array_set_size (self->ends, 0);
      g_byte_array_set_size (self->forms, 0);
      self->loaded = load_strings (self, job, &self->problem) && load_styles (self, job, &self->problem);
    }
  if (self->loaded)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->problem));
  if (g_error_matches (self->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&self->problem);
  return FALSE;
}

/* What the file is */

gsize
qd_workbook_get_limit (const QdWorkbook *self)
{
  /* A text that many cells share is kept once and written often. */
  return MIN ((gsize) 2 << 30, ((gsize) 64 << 20) + 64 * self->length);
}

/**
 * qd_workbook_looks_like:
 * @bytes: a file
 * @length: its bytes
 *
 * Returns: whether it is an archive, as workbooks are, or a file of the older
 *   kind
 */
gboolean
qd_workbook_looks_like (const char *bytes,
                        gsize       length)
{
  return length >= 4 && (memcmp (bytes, "PK\x03\x04", 4) == 0 || memcmp (bytes, EMPTY_ARCHIVE, 4) == 0 ||
                         memcmp (bytes, OLE2, 4) == 0);
}

static gboolean
refuse (const char *name,
        const char *what,
        GError    **error)
{
  /* Translators: name of a file, what it is and what to do */
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT, _("“%s” is %s."), name, what);
  return FALSE;
}

/* Older workbooks, and those with a password, are files of a kind of their own. */
static gboolean
refuse_ole2 (const char *bytes,
             gsize       length,
             const char *name,
             GError    **error)
{
  static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

  if (memmem (bytes, length, locked, sizeof locked) != NULL)
    return refuse (name, _("a workbook with a password; save it without one and import that"), error);
  return refuse (name, _("an old workbook (.xls); save it as .xlsx, or its sheet as CSV, and import that"), error);
}

static gboolean
refuse_archive (QdZip      *zip,
                const char *name,
                GError    **error)
{
  if (qd_zip_has (zip, "content.xml") && qd_zip_has (zip, "mimetype"))
    return refuse (name, _("an OpenDocument file; save it as .xlsx, or its sheet as CSV, and import that"), error);
  if (qd_zip_has (zip, "xl/workbook.bin"))
    return refuse (name, _("a binary workbook (.xlsb); save it as .xlsx, or its sheet as CSV, and import that"), error);
  return refuse (name, _("an archive without a workbook in it; unpack it and import what is inside"), error);
}

/* Drops the sheets without a value. */
static gboolean
keep_filled (QdWorkbook *self,
             QdJob      *job,
             GError    **error)
{
  for (guint i = 0; i < self->sheets->len;)
    {
      QdSheet *sheet = self->sheets->pdata[i];
      gboolean has;

      if (!qd_sheet_has_value (self->zip, sheet->part, &has, job, error))
        return FALSE;
      if (has)
        i++;
      else
        g_ptr_array_remove_index (self->sheets, i);
    }
  return TRUE;
}

/* "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", and those of templates and macros. */
static void
type_cb (QdXml      *xml,
         const char *name,
         gpointer    data)
{
  gboolean *is_workbook = data;
  g_autofree char *type = qd_xml_dup (xml, "ContentType");

  if (type == NULL || !g_str_has_suffix (type, ".main+xml") ||
      (strstr (type, "spreadsheetml") == NULL && strstr (type, "ms-excel") == NULL))
    return;
  *is_workbook = TRUE;
  qd_xml_stop (xml);
}

static gboolean
read_contents (QdWorkbook *self,
               const char *name,
               QdJob      *job,
               GError    **error)
{
  static const QdXmlHandler types = { type_cb, NULL, NULL };
  static const QdXmlHandler handler = { contents_cb, NULL, NULL };
  g_auto (Relations) top = { 0 };
  g_auto (Relations) own = { 0 };
  Contents contents = { .workbook = self };
  gboolean is_workbook = FALSE;

  if (!qd_zip_has (self->zip, CONTENT_TYPES))
    return refuse_archive (self->zip, name, error);
  if (qd_zip_is_locked (self->zip, CONTENT_TYPES))
    return refuse (name, _("a workbook with a password; save it without one and import that"), error);
  if (!qd_xml_parse (self->zip, CONTENT_TYPES, &types, &is_workbook, job, error))
    return FALSE;
  if (!is_workbook)
    return refuse_archive (self->zip, name, error);
  if (!read_relations (self->zip, "", &top, job, error))
    return FALSE;
  if (top.workbook == NULL)
    return refuse (name, _("a workbook without a list of its sheets; save or export it again"), error);
  if (!read_relations (self->zip, top.workbook, &own, job, error))
    return FALSE;
  contents.targets = own.targets;
  self->strings_part = g_steal_pointer (&own.strings);
  self->styles_part = g_steal_pointer (&own.styles);
  return qd_xml_parse (self->zip, top.workbook, &handler, &contents, job, error) && keep_filled (self, job, error);
}

/**
 * qd_workbook_open:
 * @bytes: a file; must outlive the workbook
 * @length: its bytes
 * @name: what it is called, for messages
 * @job: (nullable): cancels
 * @error: return location
 *
 * Reads which sheets a workbook has. Each is looked at up to its first value.
 * May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the workbook, or `NULL` with
 *   `QD_INTAKE_ERROR_FORMAT`: another kind of file, damaged, or no sheet with
 *   a value
 */
QdWorkbook *
qd_workbook_open (const char *bytes,
                  gsize       length,
                  const char *name,
                  QdJob      *job,
                  GError    **error)
{
  g_autoptr (QdWorkbook) self = NULL;

  if (length >= 4 && memcmp (bytes, OLE2, 4) == 0)
    {
      refuse_ole2 (bytes, length, name, error);
      return NULL;
    }
  self = g_new0 (QdWorkbook, 1);
  self->length = length;
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->names = g_ptr_array_new ();
  self->strings = g_string_new (NULL);
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->forms = g_byte_array_new ();
  self->zip = qd_zip_open (bytes, length);
  if (self->zip == NULL)
    {
      refuse (name, _("a workbook or an archive that is damaged or not complete; save, export or copy it again"), error);
      return NULL;
    }
  if (!read_contents (self, name, job, error))
    return NULL;
  if (self->sheets->len == 0)
    {
      refuse (name, _("a workbook without a value on any sheet that is not hidden"), error);
      return NULL;
    }
  for (guint i = 0; i < self->sheets->len; i++)
    g_ptr_array_add (self->names, ((QdSheet *) self->sheets->pdata[i])->name);
  g_ptr_array_add (self->names, NULL);
  return g_steal_pointer (&self);
}

/**
 * qd_workbook_free:
 * @self: (nullable): a workbook
 *
 * Frees it.
 */
void
qd_workbook_free (QdWorkbook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->zip, qd_zip_free);
  g_free (self->strings_part);
  g_free (self->styles_part);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->names);
  g_string_free (self->strings, TRUE);
  g_array_unref (self->ends);
  g_byte_array_unref (self->forms);
  g_clear_error (&self->problem);
  g_free (self);
}

/**
 * qd_workbook_get_sheets:
 * @self: a workbook
 *
 * Returns: (transfer none) (array zero-terminated=1): names of the sheets that
 *   are not hidden and have a value, in their order; at least one
 */
const char *const *
qd_workbook_get_sheets (QdWorkbook *self)
{
  return (const char *const *) self->names->pdata;
}
