/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-action-info.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define GENERAL N_ ("General")
#define GO N_ ("Go")
#define SCOPE N_ ("Scope")
#define EDIT N_ ("Edit")
#define FILES N_ ("Workspace")
#define CHART N_ ("Chart and Table")

static const QdActionInfo actions[] = {
  { "win.back", GO, N_ ("Back"), "<Alt>Left" },
  { "win.forward", GO, N_ ("Forward"), "<Alt>Right" },
  { "win.clear-filters", SCOPE, N_ ("Clear Filters"), NULL },
  { "win.copy-picture", CHART, N_ ("Copy Picture"), "<Control>c", TRUE },
  { "win.copy-data", CHART, N_ ("Copy Data"), "<Shift><Control>c", TRUE },
  { "win.export-chart::png", CHART, N_ ("Export as PNG"), "<Control>e" },
  { "win.export-chart::svg", CHART, N_ ("Export as SVG"), NULL },
  { "win.export-chart::pdf", CHART, N_ ("Export as PDF"), NULL },
  { "win.export-chart::csv", CHART, N_ ("Export as CSV"), NULL },
  { "win.print", CHART, N_ ("Print…"), "<Control>p" },
  { "win.print-preview", CHART, N_ ("Print Preview"), "<Shift><Control>p" },
  { "win.undo", EDIT, N_ ("Undo"), "<Control>z" },
  { "win.redo", EDIT, N_ ("Redo"), "<Shift><Control>z" },
  { "win.palette", GENERAL, N_ ("Command Palette"), "<Control>k" },
  { "win.search", GENERAL, N_ ("Search Customers"), "<Control>f" },
  { "win.explain-page", GENERAL, N_ ("What Is This?"), "F1" },
  { "win.glossary", GENERAL, N_ ("Glossary"), NULL },
  { "win.preferences", GENERAL, N_ ("Preferences"), "<Control>comma" },
  { "win.shortcuts", GENERAL, N_ ("Keyboard Shortcuts"), "<Control>question" },
  { "win.about", GENERAL, N_ ("About Quarterdeck"), NULL },
  { "app.quit", GENERAL, N_ ("Quit"), "<Control>q" },
};

/**
 * qd_action_info_list:
 * @n_actions: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_actions): every action, by group
 */
const QdActionInfo *
qd_action_info_list (guint *n_actions)
{
  *n_actions = G_N_ELEMENTS (actions);
  return actions;
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
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].name, name) == 0)
      return &actions[i];
  return NULL;
}
