/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-scope-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

#define TEXT_WIDTH 100

static gboolean
parse_as_of (const QdInvocation *invocation,
             QdMonth            *as_of,
             GError            **error)
{
  const char *text = qd_invocation_get_file (invocation, "as-of");
  g_autofree char *shown = NULL;

  *as_of = QD_MONTH_NONE;
  if (text == NULL)
    return TRUE;
  *as_of = qd_month_parse_iso (text, -1);
  if (*as_of != QD_MONTH_NONE)
    return TRUE;
  shown = qd_terminal_dup_safe (text);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
               _("--as-of takes a month such as 2025-06, not “%s”."), shown);
  return FALSE;
}

static gboolean
apply_defines (const QdInvocation *invocation,
               QdProfile          *profile,
               GError            **error)
{
  g_autoptr (GHashTable) pairs = NULL;
  const char *const *values = qd_invocation_get_list (invocation, "define");

  /* the pairs are checked as a whole, then applied in the order given */
  if (!qd_invocation_get_pairs (invocation, "define", &pairs, error))
    return FALSE;
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      const char *equals = strchr (values[i], '=');
      g_autofree char *key = g_strndup (values[i], (gsize) (equals - values[i]));

      if (!qd_profile_define (profile, key, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_filters (const QdInvocation *invocation,
             QdScope            *scope,
             GError            **error)
{
  const char *const *values = qd_invocation_get_list (invocation, "where");

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      const char *equals = strchr (values[i], '=');

      if (equals == NULL || equals == values[i] || !g_utf8_validate (values[i], -1, NULL))
        {
          g_autofree char *shown = qd_terminal_dup_safe (values[i]);

          g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                       _("--where takes DIMENSION=VALUE, such as segment=Enterprise, not “%s”."), shown);
          return FALSE;
        }
      g_ptr_array_add (scope->where, g_strdup (values[i]));
    }
  return TRUE;
}

static QdScope *
parse (const QdInvocation *invocation,
       QdWorkspace        *workspace,
       const char         *default_period,
       GError            **error)
{
  g_autoptr (QdProfile) profile = NULL;
  g_autoptr (QdScope) scope = NULL;
  const char *name;
  const char *period;
  QdMonth as_of;

  if (!parse_as_of (invocation, &as_of, error) || !qd_invocation_get_text (invocation, "profile", &name, error) ||
      !qd_invocation_get_text (invocation, "period", &period, error))
    return NULL;
  profile = qd_workspace_get_profile (workspace, name, error);
  if (profile == NULL || !apply_defines (invocation, profile, error))
    return NULL;
  scope = qd_scope_new (profile);
  scope->as_of = as_of;
  if (!qd_period_parse (period != NULL ? period : default_period, &scope->period, error) ||
      !add_filters (invocation, scope, error))
    return NULL;
  return g_steal_pointer (&scope);
}

/**
 * qd_subject_open:
 * @invocation: an invocation whose first argument is a workspace, of a verb that takes SCOPE
 * @default_period: the period when --period is not given
 * @error: return location
 *
 * Opens a workspace for reading and has its ledger under the scope's profile made.
 *
 * Returns: (transfer full) (nullable): what to compute with, or `NULL`; a
 *   workspace without revenue is `QD_COMMAND_ERROR_INPUT`
 */
QdSubject *
qd_subject_open (QdInvocation *invocation,
                 const char   *default_period,
                 GError      **error)
{
  QdJob *job = qd_invocation_get_job (invocation);
  g_autoptr (QdSubject) self = g_new0 (QdSubject, 1);
  QdMonth as_of;

  self->workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  if (self->workspace == NULL)
    return NULL;
  self->scope = parse (invocation, self->workspace, default_period, error);
  if (self->scope == NULL)
    return NULL;
  self->book = qd_workspace_get_book (self->workspace, job, error);
  if (self->book == NULL)
    return NULL;
  if (qd_book_get_first_month (self->book) == QD_MONTH_NONE)
    {
      g_autofree char *name = qd_invocation_dup_display (invocation, 0);

      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_INPUT,
                   _("%s holds no revenue yet; import subscriptions, mrr or movements first."), name);
      return NULL;
    }
  if (!qd_scope_resolve_as_of (self->scope, self->book, &as_of, error))
    return NULL;
  self->ledger = qd_workspace_get_ledger (self->workspace, self->scope->profile, job, error);
  if (self->ledger == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/* "segment = Enterprise; to the end of 2025-06" */
static char *
dup_month_scope (const QdSubject *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *month = NULL;
  QdMonth as_of;

  for (guint i = 0; i < self->scope->where->len; i++)
    {
      const char *pair = self->scope->where->pdata[i];
      const char *equals = strchr (pair, '=');
      g_autofree char *value = qd_terminal_dup_safe (equals[1] != '\0' ? equals + 1 : _("(blank)"));

      g_string_append_printf (text, "%.*s = %s; ", (int) (equals - pair), pair, value);
    }
  if (!qd_scope_resolve_as_of (self->scope, self->book, &as_of, NULL))
    as_of = QD_MONTH_NONE;
  month = qd_terminal_format_month (as_of);
  g_string_append_printf (text, _("to the end of %s"), month);
  return g_string_free (text, FALSE);
}

/**
 * qd_subject_print_footer:
 * @self: a subject
 * @invocation: where to print
 * @span: what the period stands for
 *
 * Prints what a person must know beside any figure: scope and definition.
 */
void
qd_subject_print_footer (const QdSubject *self,
                         QdInvocation    *invocation,
                         QdSpan           span)
{
  GString *out = qd_invocation_get_output (invocation);
  g_autofree char *scope =
      span == QD_SPAN_MONTH ? dup_month_scope (self) : qd_scope_describe (self->scope, self->book);
  g_autofree char *label = qd_profile_dup_label (self->scope->profile);
  g_autofree char *choices = qd_profile_describe (self->scope->profile);

  g_string_append_c (out, '\n');
  if (span == QD_SPAN_LAST_ROW)
    g_string_append_printf (out, "%s ", _("Last row:"));
  qd_terminal_append_wrapped (out, scope, 2, TEXT_WIDTH);
  g_string_append_printf (out, _("Definition %s"), label);
  if (choices != NULL && *choices != '\0')
    {
      g_string_append (out, ": ");
      qd_terminal_append_wrapped (out, choices, 2, TEXT_WIDTH);
    }
  else
    g_string_append_c (out, '\n');
  if (qd_book_is_sample (self->book))
    g_string_append_printf (out, "%s\n", _("Sample data: a company that does not exist."));
}

void
qd_subject_free (QdSubject *self)
{
  g_clear_pointer (&self->ledger, qd_ledger_unref);
  g_clear_pointer (&self->scope, qd_scope_free);
  g_clear_pointer (&self->book, qd_book_unref);
  g_clear_object (&self->workspace);
  g_free (self);
}
