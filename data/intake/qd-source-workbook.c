/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook as a source: which of its sheets, and where that one's columns
 * have their names.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import.h"
#include "qd-source-private.h"
#include "qd-workbook.h"

#define NAMED_SHEETS 20

static char *
join_names (const char *const *names)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (list, ", ");
      if (i == NAMED_SHEETS)
        {
          g_string_append (list, "…");
          break;
        }
      /* Translators: the name of a sheet in quotation marks */
      g_string_append_printf (list, _("“%s”"), names[i]);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* The sheet that is asked for, or the only one. */
static gboolean
choose_sheet (const char *const *names,
              const char        *wanted,
              guint             *sheet,
              GError           **error)
{
  g_autofree char *list = NULL;

  *sheet = 0;
  if (wanted == NULL && names[1] == NULL)
    return TRUE;
  for (; wanted != NULL && names[*sheet] != NULL; (*sheet)++)
    if (strcmp (names[*sheet], wanted) == 0)
      return TRUE;
  list = join_names (names);
  if (wanted != NULL)
    g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                 _("The workbook has no sheet “%s” that is not hidden and has values. Name another one with --sheet: %s."),
                 wanted, list);
  else
    g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                 _("The workbook has several sheets. Say which one to import with --sheet: %s."), list);
  return FALSE;
}

static gboolean
read_sheet (QdSource              *self,
            QdWorkbook            *workbook,
            guint                  sheet,
            const QdSourceOptions *options,
            QdJob                 *job,
            GError               **error)
{
  QdSheetText text;

  self->skipped = 0;
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->sheet, g_free);
  if (!qd_workbook_read_sheet (workbook, sheet, &text, job, error))
    return FALSE;
  self->text = text.text;
  self->width = text.width;
  self->has_point = text.fractions;
  self->uncalculated = text.uncalculated;
  self->sheet = g_strdup (self->sheets[sheet]);
  return qd_source_find_header (self, options, self->text, text.length, 1, error);
}

/* Of several sheets the first that is a table: a cover has no columns, or one. */
static gboolean
read_any_sheet (QdSource              *self,
                QdWorkbook            *workbook,
                const QdSourceOptions *options,
                QdJob                 *job,
                GError               **error)
{
  g_autoptr (GError) first = NULL;
  int narrow = -1;

  for (guint i = 0; self->sheets[i] != NULL && qd_job_check (job, NULL); i++)
    {
      g_clear_pointer (&self->headers, g_strfreev);
      if (!read_sheet (self, workbook, i, options, job, first == NULL ? &first : NULL))
        continue;
      if (self->n_headers > 1)
        return TRUE;
      if (narrow < 0)
        narrow = (int) i;
    }
  g_clear_pointer (&self->headers, g_strfreev);
  if (!qd_job_check (job, error))
    return FALSE;
  if (narrow < 0 && first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  return read_sheet (self, workbook, (guint) MAX (narrow, 0), options, job, error);
}

/* One sheet of a workbook, as the text that it would be as CSV. */
gboolean
qd_source_read_workbook (QdSource              *self,
                         const QdSourceOptions *options,
                         QdJob                 *job,
                         GError               **error)
{
  g_autoptr (QdWorkbook) workbook = qd_workbook_open (self->raw, self->raw_length, self->base, job, error);
  gboolean ok;
  guint sheet;

  if (workbook == NULL)
    return FALSE;
  self->sheets = g_strdupv ((char **) qd_workbook_get_sheets (workbook));
  self->encoding = g_strdup ("UTF-8");
  self->delimiter = ',';
  if (options->any_sheet && (options->sheet == NULL || !g_strv_contains ((const char *const *) self->sheets, options->sheet)))
    ok = read_any_sheet (self, workbook, options, job, error);
  else
    ok = choose_sheet ((const char *const *) self->sheets, options->sheet, &sheet, error) &&
         read_sheet (self, workbook, sheet, options, job, error);
  if (ok)
    qd_source_drop_raw (self);
  return ok;
}
