/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100

static const QdOption options[] = {
  { "like", QD_OPTION_VALUE, "NAME", N_ ("Make NAME a new profile with the choices of this one") },
  { "set", QD_OPTION_LIST, "KEY=VALUE", N_ ("Choose differently; makes a new version, older ones stay") },
  { NULL },
};

static char *
describe (void)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n", _("Keys, with what they may be (the first is the default):"));
  for (guint i = 0; i < qd_profile_get_n_keys (); i++)
    {
      g_autofree char *values = g_strjoinv ("|", (char **) qd_profile_get_key_values (i));
      g_autofree char *line = g_strdup_printf ("%s=%s", qd_profile_get_key (i), values);

      g_string_append_printf (out, "  %s\n      ", line);
      qd_terminal_append_wrapped (out, _(qd_profile_get_key_summary (i)), 6, TEXT_WIDTH);
    }
  return g_string_free (out, FALSE);
}

static gboolean
print_list (QdInvocation *invocation,
            QdWorkspace  *workspace,
            GError      **error)
{
  g_autoptr (GPtrArray) profiles = qd_workspace_list_profiles (workspace, error);
  g_autoptr (QdListing) listing = qd_listing_new (_("profile"), _("where it differs from the defaults"), NULL);

  if (profiles == NULL)
    return FALSE;
  for (guint i = 0; i < profiles->len; i++)
    {
      const QdProfile *profile = profiles->pdata[i];

      qd_listing_take (listing, qd_profile_dup_label (profile));
      qd_listing_take (listing, qd_profile_describe (profile));
    }
  qd_listing_print (listing, qd_invocation_get_output (invocation));
  return TRUE;
}

static void
print_profile (QdInvocation    *invocation,
               const QdProfile *profile)
{
  GString *out = qd_invocation_get_output (invocation);
  g_autofree char *label = qd_profile_dup_label (profile);
  g_autofree char *described = qd_profile_describe (profile);

  g_string_append_printf (out, "%s\n", label);
  qd_terminal_append_wrapped (out, described, 0, TEXT_WIDTH);
  for (guint i = 0; i < qd_profile_get_n_keys (); i++)
    {
      const char *const *values = qd_profile_get_key_values (i);
      const char *choice = qd_profile_get_choice (profile, i);
      g_autoptr (GString) others = g_string_new (NULL);

      for (guint j = 0; values[j] != NULL; j++)
        if (strcmp (values[j], choice) != 0)
          g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", values[j]);
      g_string_append_printf (out, "\n%s=%s\n  ", qd_profile_get_key (i), choice);
      qd_terminal_append_wrapped (out, _(qd_profile_get_key_summary (i)), 2, TEXT_WIDTH);
      g_string_append (out, "  ");
      g_string_append_printf (out, _("instead: %s\n"), others->str);
    }
}

static gboolean
edit (QdInvocation *invocation,
      const char   *name,
      GError      **error)
{
  static const char *const nothing[] = { NULL };
  const char *const *changes = qd_invocation_get_list (invocation, "set");
  g_autoptr (GHashTable) pairs = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdProfile) profile = NULL;
  const char *like;

  if (!qd_invocation_get_text (invocation, "like", &like, error) ||
      !qd_invocation_get_pairs (invocation, "set", &pairs, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_WRITE, error);
  if (workspace == NULL)
    return FALSE;
  profile = qd_workspace_edit_profile (workspace, name, like, changes != NULL ? changes : nothing, error);
  if (profile == NULL)
    return FALSE;
  print_profile (invocation, profile);
  return TRUE;
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdProfile) profile = NULL;
  const char *name;

  if (!qd_invocation_get_argument_text (invocation, 1, &name, error))
    return FALSE;
  if (qd_invocation_has (invocation, "like") || qd_invocation_has (invocation, "set"))
    {
      if (name != NULL)
        return edit (invocation, name, error);
      g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                           _("--like and --set need the NAME of the profile to make or to change."));
      return FALSE;
    }
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  if (name == NULL)
    return print_list (invocation, workspace, error);
  profile = qd_workspace_get_profile (workspace, name, error);
  if (profile == NULL)
    return FALSE;
  print_profile (invocation, profile);
  return TRUE;
}

const QdCommand qd_profiles_command = {
  .name = "profiles",
  .arguments = "WORKSPACE [NAME]",
  .summary = N_ ("Show how figures are defined, or define them differently"),
  .describe = describe,
  .least_arguments = 1,
  .most_arguments = 2,
  .options = options,
  .run = run,
};
