/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For people who look: pictures of every page and of the windows above it, at
 * a size, style, contrast and size of text; the language is the environment's.
 */
#include "ui-fixture.h"

#include "ui/dialogs/import/qd-import-step.h"

#include <stdio.h>
#include <stdlib.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "config.h"

static int width = 1280;
static int height = 800;
static double text = 1;
static char *prefix;

/* Words that end in an ellipsis: to standard output, with what a tooltip of theirs or of what holds them says. */
static void
say_cut (GtkWidget  *widget,
         const char *name)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    {
      GtkWidget *told = widget;

      while (told != NULL && !gtk_widget_get_has_tooltip (told))
        told = gtk_widget_get_parent (told);
      printf ("%s%s: “%s” is cut%s\n", prefix, name, gtk_label_get_text (GTK_LABEL (widget)), told == NULL ? ", without a tooltip" : "");
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    say_cut (child, name);
}

static void
shoot (GtkWidget  *window,
       const char *name)
{
  g_autofree char *whole = g_strconcat (prefix, name, NULL);

  for (gint64 end = g_get_monotonic_time () + 300 * 1000; g_get_monotonic_time () < end;)
    qd_ui_iterate ();
  qd_ui_shoot (window, whole);
  say_cut (window, name);
}

/* Each page; those with details in each of them. */
static void
shoot_pages (QdMainWindow *window)
{
  static const struct { const char *page, *detail, *name; } places[] = {
    { "overview", NULL, "overview" },
    { "bridge", NULL, "bridge" },
    { "bridge", "customers", "bridge-customers" },
    { "bridge", "months", "bridge-months" },
    { "retention", NULL, "retention" },
    { "retention", "cohorts-net", "cohorts-net" },
    { "retention", "cohorts-logos", "cohorts-logos" },
    { "imports", NULL, "imports" },
    { "quality", NULL, "quality" },
    { "activity", NULL, "activity" },
  };
  QdSession *session = qd_main_window_get_session (window);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u-%s", (guint) i, places[i].name);

      qd_session_go (session, places[i].page, places[i].detail, NULL);
      qd_ui_settle (window);
      shoot (GTK_WIDGET (window), name);
    }
}

static void
shoot_levels (QdMainWindow *window,
              char        **places,
              const char   *drill,
              const char   *account)
{
  QdSession *session = qd_main_window_get_session (window);

  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (places[i], "?", 2);
      g_autofree char *name = g_strdup_printf ("%02u-%s", i + 10, parts[0]);

      qd_session_go (session, parts[0], parts[1], NULL);
      qd_ui_settle (window);
      shoot (GTK_WIDGET (window), name);
    }
  if (drill != NULL)
    {
      qd_session_go (session, "rows", drill, NULL);
      qd_ui_settle (window);
      shoot (GTK_WIDGET (window), "20-rows");
    }
  if (account != NULL)
    {
      qd_session_go (session, "account", account, NULL);
      qd_ui_settle (window);
      shoot (GTK_WIDGET (window), "21-account");
    }
}

/* What actions open above the window; the window itself where nothing opens. */
static void
shoot_dialogs (QdMainWindow      *window,
               const char *const *actions)
{
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      GListModel *toplevels = gtk_window_get_toplevels ();
      gboolean found = FALSE;

      if (!g_action_parse_detailed_name (actions[i], &action, &target, &error))
        g_error ("%s", error->message);
      name = g_strdup_printf ("%02u-%s", i + 30, action + 4);
      gtk_widget_activate_action_variant (GTK_WIDGET (window), action, target);
      for (gint64 end = g_get_monotonic_time () + 1000 * 1000; g_get_monotonic_time () < end;)
        qd_ui_iterate ();
      for (guint k = 0; k < g_list_model_get_n_items (toplevels); k++)
        {
          g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, k);

          if (other == GTK_WINDOW (window) || !gtk_widget_get_mapped (GTK_WIDGET (other)))
            continue;
          found = TRUE;
          shoot (GTK_WIDGET (other), name);
          gtk_window_destroy (other);
          break;
        }
      if (!found)
        shoot (GTK_WIDGET (window), name);
    }
}

static QdImportAssistant *
find_assistant (void)
{
  return (QdImportAssistant *) qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT);
}

static void
shoot_step (QdImportAssistant *assistant,
            guint              file,
            const char        *more)
{
  g_autofree char *name = g_strdup_printf ("%02u-import-%u%s", file + 50, qd_import_assistant_get_step (assistant) + 1, more);

  for (gint64 end = g_get_monotonic_time () + 400 * 1000; g_get_monotonic_time () < end;)
    qd_ui_iterate ();
  shoot (GTK_WIDGET (assistant), name);
}

/* The first answer to whatever is asked: what matters is how it looks. */
static void
answer (QdImportAssistant *assistant)
{
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);

  for (guint i = 0; i < plan->answers->len; i++)
    {
      const QdPlanAnswer *open = plan->answers->pdata[i];

      if (open->value == NULL)
        qd_import_plan_answer (plan, open->type, g_array_index (open->question->answers, QdAnswer, 0).value);
    }
  if (plan->clash == QD_PLAN_CLASH_OPEN && qd_import_assistant_get_clashing (assistant, NULL) > 0)
    plan->clash = QD_PLAN_CLASH_REPLACE;
  qd_import_assistant_update (assistant);
}

/* Each step of the import assistant with a file; the file is imported. */
static void
shoot_import (QdMainWindow *window,
              const char   *path,
              guint         file)
{
  QdImportAssistant *assistant;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-file", "s", path);
  assistant = find_assistant ();
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  while (find_assistant () != NULL)
    {
      QdImportStepId step = qd_import_assistant_get_step (assistant);

      shoot_step (assistant, file, "");
      if (step == QD_IMPORT_ASK)
        answer (assistant);
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
      qd_ui_wait_while (find_assistant () != NULL && qd_import_assistant_is_busy (assistant));
      if (find_assistant () != NULL && qd_import_assistant_get_step (assistant) == step)
        {
          shoot_step (assistant, file, "-stays");
          gtk_window_destroy (GTK_WINDOW (assistant));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  gboolean dark = FALSE, contrast = FALSE, empty = FALSE, dialogs = FALSE;
  g_autofree char *size = NULL;
  g_autofree char *path = NULL;
  g_autofree char *drill = NULL;
  g_autofree char *account = NULL;
  g_auto (GStrv) filters = NULL;
  g_auto (GStrv) places = NULL;
  g_auto (GStrv) imports = NULL;
  g_auto (GStrv) actions = NULL;
  static const char *const usual[] = { "win.preferences", "win.shortcuts", "win.palette", "win.glossary", "win.search",
                                       "win.print-preview", "win.import", "win.about", NULL };
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "size of the window", "WxH" },
    { "text", 0, 0, G_OPTION_ARG_DOUBLE, &text, "size of text, 1 is usual", "FACTOR" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "dark style", NULL },
    { "contrast", 0, 0, G_OPTION_ARG_NONE, &contrast, "high contrast", NULL },
    { "empty", 0, 0, G_OPTION_ARG_NONE, &empty, "a new workspace without data", NULL },
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, &path, "this workspace, not a sample", "FILE" },
    { "filter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filters, "a filter", "DIMENSION=MEMBER" },
    { "place", 0, 0, G_OPTION_ARG_STRING_ARRAY, &places, "a further page", "PAGE?DETAIL" },
    { "rows", 0, 0, G_OPTION_ARG_STRING, &drill, "rows behind a mark", "DRILL" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, "one customer", "ID" },
    { "import", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &imports, "the assistant with this file, instead of the pages", "FILE" },
    { "action", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &actions, "what an action opens, after the rest", "DETAILED-NAME" },
    { "dialogs", 0, 0, G_OPTION_ARG_NONE, &dialogs, "the windows above as well", NULL },
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &prefix, "begin of the pictures' names", "TEXT" },
    { 0 },
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("FOLDER - pictures of the window");
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  QdMainWindow *window;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || argc != 2 ||
      (size != NULL && sscanf (size, "%dx%d", &width, &height) != 2))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "usage: show-pages [OPTION…] FOLDER");
      return EXIT_FAILURE;
    }
  if (prefix == NULL)
    prefix = g_strdup ("");
  g_mkdir_with_parents (argv[1], 0755);
  g_setenv ("QD_UI_SHOTS", argv[1], TRUE);
  g_setenv ("ADW_DEBUG_COLOR_SCHEME", dark ? "prefer-dark" : "prefer-light", TRUE);
  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", contrast ? "1" : "0", TRUE);
  qd_ui_test_init (&argc, &argv);
  if (g_getenv ("QUARTERDECK_LOCALEDIR") != NULL)
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("QUARTERDECK_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (text * 96 * 1024), NULL);

  window = qd_ui_open_sample (0);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (!empty && path == NULL)
    shoot (GTK_WIDGET (window), "00-welcome");
  if (path != NULL)
    workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  else if (empty)
    {
      g_autofree char *file = qd_ui_dup_path ("empty.quarterdeck");

      workspace = qd_workspace_create (file, &(QdStoreSettings) { .currency = "USD", .fiscal_start = 1 }, &error);
    }
  else
    workspace = qd_ui_make_sample (400);
  if (workspace == NULL)
    g_error ("%s", error->message);
  qd_main_window_set_workspace (window, workspace);
  qd_ui_settle (window);
  for (guint i = 0; filters != NULL && filters[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (filters[i], "=", 2);

      gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-filter", "(ss)", parts[0], parts[1]);
      qd_ui_settle (window);
    }
  for (guint i = 0; imports != NULL && imports[i] != NULL; i++)
    shoot_import (window, imports[i], i);
  if (imports == NULL)
    shoot_pages (window);
  shoot_levels (window, places, drill, account);
  if (dialogs)
    {
      qd_session_go (qd_main_window_get_session (window), "bridge", NULL, NULL);
      qd_ui_settle (window);
      shoot_dialogs (window, usual);
    }
  if (actions != NULL)
    shoot_dialogs (window, (const char *const *) actions);
  qd_ui_close (window);
  return EXIT_SUCCESS;
}
