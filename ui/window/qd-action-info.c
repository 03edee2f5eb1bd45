/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-action-info.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../pages/qd-page.h"

#define GENERAL N_ ("General")
#define GO N_ ("Go")
#define PAGES N_ ("Pages")
#define SCOPE N_ ("Scope")
#define EDIT N_ ("Edit")
#define FILES N_ ("Workspace")
#define CHART N_ ("Chart and Table")
#define IN_CHART N_ ("Move in a Chart")
#define OF_CHART N_ ("Work with a Chart")
#define TABLE N_ ("In a Table")
#define ASSISTANT N_ ("Import Assistant")

static const QdActionInfo actions[] = {
  { "win.palette", GENERAL, N_ ("Command Palette"), "<Control>k" },
  { "win.search", GENERAL, N_ ("Search Customers"), "<Control>f" },
  { "win.explain-page", GENERAL, N_ ("What Is This?"), "F1" },
  { "win.glossary", GENERAL, N_ ("Glossary"), NULL },
  { "win.preferences", GENERAL, N_ ("Preferences"), "<Control>comma" },
  { "win.shortcuts", GENERAL, N_ ("Keyboard Shortcuts"), "<Control>question" },
  { "win.about", GENERAL, N_ ("About Quarterdeck"), NULL },
  { "win.menu", GENERAL, N_ ("Main Menu"), "F10" },
  { "win.close", GENERAL, N_ ("Close Window"), "<Control>w" },
  { "app.quit", GENERAL, N_ ("Quit"), "<Control>q" },
  { "win.back", GO, N_ ("Back"), "<Alt>Left" },
  { "win.forward", GO, N_ ("Forward"), "<Alt>Right" },
  { "win.up", GO, N_ ("Page Above"), "<Alt>Up" },
  { "win.home", GO, N_ ("First Page"), "<Alt>Home" },
  { "win.show-sidebar", GO, N_ ("Show Pages"), "F9" },
  { "win.as-of-menu", SCOPE, N_ ("As-Of Month…"), "<Control>j" },
  { "win.previous-period", SCOPE, N_ ("Previous Month"), "<Control>bracketleft" },
  { "win.next-period", SCOPE, N_ ("Next Month"), "<Control>bracketright" },
  { "win.filter-menu", SCOPE, N_ ("Filter Customers…"), "<Shift><Control>f" },
  { "win.clear-filters", SCOPE, N_ ("Clear Filters"), NULL },
  { "win.save-view", SCOPE, N_ ("Save View…"), "<Control>d" },
  { "win.refresh", SCOPE, N_ ("Compute Again"), "<Control>r" },
  { "win.copy-picture", CHART, N_ ("Copy Picture"), "<Control>c", TRUE },
  { "win.copy-data", CHART, N_ ("Copy Data"), "<Shift><Control>c", TRUE },
  { "win.export-chart::png", CHART, N_ ("Export as PNG…"), "<Control>e" },
  { "win.export-chart::svg", CHART, N_ ("Export as SVG…"), NULL },
  { "win.export-chart::pdf", CHART, N_ ("Export as PDF…"), NULL },
  { "win.export-data", CHART, N_ ("Export Data as CSV…"), NULL },
  { "win.print", CHART, N_ ("Print…"), "<Control>p" },
  { "win.print-preview", CHART, N_ ("Print Preview"), "<Shift><Control>p" },
  { "chart.move-places", IN_CHART, N_ ("Previous or Next Value"), "Left Right", TRUE },
  { "chart.move-series", IN_CHART, N_ ("Other Series"), "Up Down", TRUE },
  { "chart.move-pages", IN_CHART, N_ ("A Year Back or On"), "Page_Up Page_Down", TRUE },
  { "chart.move-ends", IN_CHART, N_ ("First or Last Value"), "Home End", TRUE },
  { "chart.drill", IN_CHART, N_ ("Open Rows Behind It"), "Return", TRUE },
  { "chart.leave", IN_CHART, N_ ("Leave"), "Escape", TRUE },
  { "chart.view-table", OF_CHART, N_ ("View as Table"), "<Shift><Control>t", TRUE },
  { "chart.zoom", OF_CHART, N_ ("Zoom In or Out"), "plus minus", TRUE },
  { "chart.zoom-reset", OF_CHART, N_ ("Reset Zoom"), "0", TRUE },
  { "chart.toggle-series", OF_CHART, N_ ("Hide Series"), "h", TRUE },
  { "chart.isolate-series", OF_CHART, N_ ("This Series Only"), "<Alt>h", TRUE },
  { "chart.menu", OF_CHART, N_ ("Menu"), "Menu <Shift>F10", TRUE },
  { "table.open", TABLE, N_ ("Open Row"), "Return", TRUE },
  { "table.edit", TABLE, N_ ("Edit Cell"), "F2", TRUE },
  { "table.copy", TABLE, N_ ("Copy Rows"), "<Control>c", TRUE },
  { "table.select-all", TABLE, N_ ("Select All Rows"), "<Control>a", TRUE },
  { "table.select-none", TABLE, N_ ("Select No Row"), "<Shift><Control>a", TRUE },
  { "table.sort-menu", TABLE, N_ ("Sort By"), "<Shift><Control>o", TRUE },
  { "table.columns-menu", TABLE, N_ ("Columns"), "<Shift><Control>l", TRUE },
  { "table.menu", TABLE, N_ ("Menu"), "Menu <Shift>F10", TRUE },
  { "win.import", FILES, N_ ("Import…"), "<Control>i" },
  { "win.mappings", FILES, N_ ("Saved Mappings…"), NULL },
  { "win.import-mapping", FILES, N_ ("Take Mapping From File…"), NULL },
  { "app.new", FILES, N_ ("New Workspace…"), "<Control>n" },
  { "app.open", FILES, N_ ("Open…"), "<Control>o" },
  { "app.open-sample", FILES, N_ ("Open Sample Workspace"), NULL },
  { "app.new-window", FILES, N_ ("New Window"), "<Shift><Control>n" },
  { "win.checkpoint", FILES, N_ ("Save a Checkpoint"), "<Control>s" },
  { "win.save-copy", FILES, N_ ("Save a Copy…"), "<Shift><Control>s" },
  { "win.review", FILES, N_ ("Save Board Review…"), "<Control>b" },
  { "win.undo", EDIT, N_ ("Undo"), "<Control>z" },
  { "win.redo", EDIT, N_ ("Redo"), "<Shift><Control>z" },
  { "win.edit-customers", EDIT, N_ ("Edit Customers…"), "<Shift><Control>e" },
  { "import.next", ASSISTANT, N_ ("Next Step"), "<Control>Return", TRUE },
  { "import.back", ASSISTANT, N_ ("Previous Step"), "<Alt>Left", TRUE },
  { "import.choose-file", ASSISTANT, N_ ("Choose File…"), "<Control>o", TRUE },
  { "import.cancel", ASSISTANT, N_ ("Cancel"), "Escape", TRUE },
};

#define MAX_PAGES 9

/* The table, and the way to the first nine pages with the digits as keys. */
static GArray *
get_actions (void)
{
  static gsize once;
  static GArray *all;
  guint n, digit = 0;
  const QdPageInfo *pages;

  if (!g_once_init_enter (&once))
    return all;
  all = g_array_new (FALSE, FALSE, sizeof (QdActionInfo));
  g_array_append_vals (all, actions, G_N_ELEMENTS (actions));
  pages = qd_pages_list (&n);
  for (guint i = 0; i < n && digit < MAX_PAGES; i++)
    if (!(pages[i].flags & QD_PAGE_LEVEL))
      {
        QdActionInfo info = { .group = PAGES, .title = pages[i].title };

        info.name = g_strconcat ("win.go::", pages[i].id, NULL);
        info.accels = g_strdup_printf ("<Control>%u", ++digit);
        g_array_append_val (all, info);
      }
  g_once_init_leave (&once, 1);
  return all;
}

/**
 * qd_action_info_list:
 * @n_actions: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_actions): every action, by group;
 *   among them the way to each of the first nine pages
 */
const QdActionInfo *
qd_action_info_list (guint *n_actions)
{
  GArray *all = get_actions ();

  *n_actions = all->len;
  return (const QdActionInfo *) (gpointer) all->data;
}

/**
 * qd_action_info_find:
 * @name: a detailed action name
 *
 * Returns: (transfer none) (nullable): the action
 */
const QdActionInfo *
qd_action_info_find (const char *name)
{
  guint n;
  const QdActionInfo *list = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (list[i].name, name) == 0)
      return &list[i];
  return NULL;
}

/**
 * qd_action_info_is_of_widget:
 * @self: an action
 *
 * Some keys are those of the chart, table or dialog that has the focus and stand
 * in the table only to be told: nothing else can do what they do.
 *
 * Returns: whether it is neither an action of the window nor of the program
 */
gboolean
qd_action_info_is_of_widget (const QdActionInfo *self)
{
  return !g_str_has_prefix (self->name, "win.") && !g_str_has_prefix (self->name, "app.");
}
