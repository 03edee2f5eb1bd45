/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What revenue rows of every form share: reading an amount, its currency and
 * the product that it is for.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

gboolean
qd_edit_throw_too_large (const QdEditField *field,
                         const char        *text,
                         GError           **error)
{
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: field, what was typed */
               _("%s: “%s” is too large. Enter an amount that can be counted in minor units."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_money (const QdEditField *field,
                    const char        *text,
                    int                exponent,
                    gboolean           is_change,
                    QdRatio           *amount,
                    GError           **error)
{
  QdDecimal decimal;

  if (!(is_change ? qd_edit_read_number : qd_edit_read_decimal) (field, text, exponent, &decimal, error))
    return FALSE;
  if (!qd_ratio_from_decimal (decimal, exponent, amount) || ABS (amount->num / amount->den) >= QD_EDIT_MAX_AMOUNT)
    return qd_edit_throw_too_large (field, text, error);
  return TRUE;
}

gboolean
qd_edit_rescale (const QdEditField *field,
                 const char        *code,
                 int                exponent,
                 QdRatio           *amount,
                 GError           **error)
{
  int after = qd_currency_get_exponent (code);

  for (; exponent < after; exponent++)
    if (!qd_ratio_multiply (*amount, (QdRatio){ 10, 1 }, amount))
      return qd_edit_throw_too_large (field, code, error);
  for (; exponent > after; exponent--)
    if (!qd_ratio_multiply (*amount, (QdRatio){ 1, 10 }, amount))
      return qd_edit_throw_too_large (field, code, error);
  return TRUE;
}

gboolean
qd_edit_check_rate (QdDb       *db,
                    const char *code,
                    const char *reporting,
                    GError    **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row;

  if (strcmp (code, reporting) == 0)
    return TRUE;
  stmt = qd_db_statement (db, "rate-known", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, code, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (row)
    return TRUE;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               _("Currency: there is no exchange rate for %s. Import exchange rates first."), code);
  return FALSE;
}

static gboolean
throw_product (QdDb       *db,
               const char *text,
               gboolean    several,
               GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "product-names", error);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row && qd_stmt_step (stmt, &row, NULL) && row)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));
  if (several)
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 _("Product: several are called “%s”. Enter the id of the one that is meant."), text);
  else if (names->len > 0)
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 /* Translators: what was typed, some ids of products */
                 _("Product: there is no “%s”. Enter one of the workspace’s, such as %s, or import products first."), text,
                 names->str);
  else
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 _("Product: there is no “%s”; this workspace has no products yet. Import products first."), text);
  return FALSE;
}

gboolean
qd_edit_read_product (QdDb       *db,
                      const char *text,
                      gint64     *product,
                      GError    **error)
{
  static const char *const statements[] = { "product-find", "product-find-name" };
  gboolean row, more = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (QdStmt) stmt = qd_db_statement (db, statements[i], error);

      if (stmt == NULL)
        return FALSE;
      qd_stmt_bind_text (stmt, 1, text, -1);
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        continue;
      *product = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      if (!qd_stmt_step (stmt, &more, error))
        return FALSE;
      if (more)
        break;
      return TRUE;
    }
  return throw_product (db, text, more, error);
}
