/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-cell.h"

G_DEFINE_FINAL_TYPE (QdImportCell, qd_import_cell, G_TYPE_OBJECT)

static guint changed;

static void
qd_import_cell_finalize (GObject *object)
{
  QdImportCell *self = QD_IMPORT_CELL (object);

  g_free (self->field);
  g_free (self->found);
  g_free (self->text);
  g_free (self->expected);
  G_OBJECT_CLASS (qd_import_cell_parent_class)->finalize (object);
}

static void
qd_import_cell_class_init (QdImportCellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_import_cell_finalize;
  changed = g_signal_new ("changed", QD_TYPE_IMPORT_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qd_import_cell_init (QdImportCell *self)
{
}

/**
 * qd_import_cell_new:
 * @reject: a rejected row
 *
 * Returns: (transfer full): the cell that is at fault
 */
QdImportCell *
qd_import_cell_new (const QdReject *reject)
{
  QdImportCell *self = g_object_new (QD_TYPE_IMPORT_CELL, NULL);

  self->line = reject->line;
  self->column = reject->column;
  self->field = g_strdup (reject->field);
  self->found = g_strdup (reject->found);
  self->text = g_strdup (reject->found);
  self->expected = g_strdup (reject->expected);
  return self;
}

/**
 * qd_import_cell_is:
 * @self: a cell
 * @line: a line
 * @column: a column
 *
 * Returns: whether it is the cell there
 */
gboolean
qd_import_cell_is (const QdImportCell *self,
                   guint64             line,
                   int                 column)
{
  return self->line == line && self->column == column;
}

/**
 * qd_import_cell_set:
 * @self: a cell
 * @text: what it is read as now
 * @verdict: whether that fits
 * @expected: (nullable): what would; `NULL`: as before
 *
 * Changes what it is read as.
 */
void
qd_import_cell_set (QdImportCell *self,
                    const char   *text,
                    QdCellVerdict verdict,
                    const char   *expected)
{
  if (g_strcmp0 (self->text, text) == 0 && self->verdict == verdict &&
      (expected == NULL || g_strcmp0 (self->expected, expected) == 0))
    return;
  if (self->text != text)
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
  self->verdict = verdict;
  if (expected != NULL && expected != self->expected)
    {
      g_free (self->expected);
      self->expected = g_strdup (expected);
    }
  g_signal_emit (self, changed, 0);
}
