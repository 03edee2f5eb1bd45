/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-names.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static gboolean
has_label (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
has_name (GtkWidget *widget)
{
  return has_label (widget) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The title of what the widget is in: a page of preferences, an empty page, the window. */
static char *
dup_title_around (GtkWidget *widget)
{
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (above), "title");
      g_autofree char *title = NULL;

      if (pspec == NULL || pspec->value_type != G_TYPE_STRING || !(pspec->flags & G_PARAM_READABLE))
        continue;
      g_object_get (above, "title", &title, NULL);
      if (title != NULL && title[0] != '\0')
        return g_steal_pointer (&title);
    }
  return NULL;
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget))[0] != '\0' ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
name_by_title (GtkWidget *widget)
{
  g_autofree char *title = dup_title_around (widget);

  if (title != NULL)
    set_name (widget, title);
}

/* The words in it; FALSE: there are none. */
static gboolean
name_by_words (GtkWidget *widget)
{
  GtkWidget *label = find_label (widget);

  if (label == NULL)
    return FALSE;
  set_name (widget, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

/* Groups of preferences name their list by their title, which may be empty. */
static void
name_list_box (GtkWidget *list)
{
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  const char *title = group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) : NULL;

  if (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    {
      if (group == NULL || (title != NULL && title[0] != '\0'))
        return;
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
    }
  name_by_title (list);
}

static const char *
find_icon_words (const char *icon)
{
  static const char *const words[][2] = {
    { "go-previous-symbolic", N_ ("Back") },
    { "go-next-symbolic", N_ ("Forward") },
    { "edit-find-symbolic", N_ ("Search") },
    { "open-menu-symbolic", N_ ("Menu") },
    { "adw-external-link-symbolic", N_ ("Open Link") },
  };

  for (gsize i = 0; icon != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i][0], icon) == 0)
      return _(words[i][1]);
  return NULL;
}

static void
name_button (GtkWidget *button)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);
  g_autofree char *icon = NULL;
  const char *words;

  g_object_get (button, "icon-name", &icon, NULL);
  words = find_icon_words (icon);
  /* GTK 4.8 names it by the picture in it, which has no name */
  if (icon == NULL && has_name (button))
    return;
  if (icon != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (tooltip != NULL)
    set_name (button, tooltip);
  else if (words != NULL)
    set_name (button, words);
  else if (!name_by_words (button))
    name_by_title (button);
}

/* GTK 4.8 reads the label of a button with its underscore, and then once more without it. */
static void
drop_mnemonic_cb (GtkButton *button)
{
  if (gtk_button_get_label (button) != NULL && gtk_button_get_use_underline (button))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static const char *
get_words (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                               : gtk_inscription_get_text (GTK_INSCRIPTION (widget));
}

static void
item_words_cb (GtkWidget  *words,
               GParamSpec *pspec,
               GtkWidget  *item)
{
  const char *text = get_words (words);

  set_name (item, text != NULL ? text : "");
}

static void
follow_words (GtkWidget *words,
              GtkWidget *item)
{
  g_signal_connect_object (words, GTK_IS_LABEL (words) ? "notify::label" : "notify::text", G_CALLBACK (item_words_cb),
                           item, 0);
  item_words_cb (words, NULL, item);
}

/* Rows and cells of lists are made once and filled again and again. */
static void
name_list_item (GtkWidget *item)
{
  GtkWidget *words = gtk_widget_get_first_child (item);

  while (words != NULL && !GTK_IS_LABEL (words) && !GTK_IS_INSCRIPTION (words))
    words = gtk_widget_get_first_child (words);
  if (words != NULL)
    follow_words (words, item);
  else if (GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (item)))
    set_name (item, _("Column headings"));
}

/* What the person hears of a row is what it says first. */
static void
name_row (GtkWidget *row)
{
  GtkWidget *label = find_label (row);

  if (label == NULL)
    return;
  follow_words (label, row);
}

/* The pages of a stack are objects of their own around what is in them, which has the name. */
static void
name_stack_page (GtkWidget *child)
{
  GtkStackPage *page = gtk_stack_get_page (GTK_STACK (gtk_widget_get_parent (child)), child);

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL))
    gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

/* In libadwaita 1.2 nobody hears that the text of an entry row has the focus: GTK 4.8 tells it of a part of the row
 * that never has it, unless the text is an object of its own. */
static void
name_entry_row (GtkWidget *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (text)) != GTK_ACCESSIBLE_ROLE_NONE)
    return;
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  if (!has_label (GTK_WIDGET (text)))
    set_name (GTK_WIDGET (text), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static gboolean
realize_cb (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_STACK (gtk_widget_get_parent (widget)))
    name_stack_page (widget);
  if (ADW_IS_ENTRY_ROW (widget) && gtk_get_minor_version () < 10)
    name_entry_row (widget);
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      if (gtk_button_get_use_underline (GTK_BUTTON (widget)) && gtk_get_minor_version () < 10)
        {
          g_signal_connect (widget, "notify::label", G_CALLBACK (drop_mnemonic_cb), NULL);
          drop_mnemonic_cb (GTK_BUTTON (widget));
        }
    }
  else if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    {
      if (!has_label (widget))
        name_button (widget);
    }
  else if (GTK_IS_LIST_BOX (widget))
    {
      if (!has_label (widget))
        name_list_box (widget);
    }
  else if (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LIST_BASE (widget) ||
           GTK_IS_TEXT_VIEW (widget) || ADW_IS_VIEW_SWITCHER (widget))
    {
      if (!has_name (widget))
        name_by_title (widget);
    }
  else if (GTK_IS_SEARCH_ENTRY (widget))
    {
      if (!has_name (widget))
        set_name (widget, _("Search"));
    }
  else if (GTK_IS_LIST_BOX_ROW (widget))
    {
      if (!has_name (widget))
        name_row (widget);
    }
  else if (GTK_IS_LABEL (widget))
    {
      /* nothing yet, and not its class: GTK renames it when words come */
      if (gtk_label_get_text (GTK_LABEL (widget))[0] == '\0' && !has_name (widget))
        set_name (widget, "");
    }
  else if (strcmp (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget") == 0 ||
           strcmp (G_OBJECT_TYPE_NAME (widget), "GtkColumnViewCell") == 0)
    {
      if (!has_name (widget))
        name_list_item (widget);
    }
  return G_SOURCE_CONTINUE;
}

/**
 * qd_names_init:
 *
 * From now on every widget that GTK or libadwaita made without a name gets one
 * when it comes to a window: its tooltip, the words in it, or the title of what
 * it is in. Names that were given stay.
 */
void
qd_names_init (void)
{
  static gboolean done;

  if (done || g_strcmp0 (g_getenv ("GTK_A11Y"), "none") == 0)
    return;
  done = TRUE;
  g_type_class_ref (GTK_TYPE_WIDGET); /* there are no signals before */
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, realize_cb, NULL, NULL);
}

static void
chosen_cb (GtkDropDown *drop_down,
           GParamSpec  *pspec,
           const char  *label)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  gpointer item = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *name = NULL;

  if (GTK_IS_STRING_OBJECT (item))
    /* Translators: what is chosen, and what was chosen: "Split by: Region" */
    name = g_strdup_printf (_("%s: %s"), label, gtk_string_object_get_string (item));
  while (button != NULL && !GTK_IS_TOGGLE_BUTTON (button))
    button = gtk_widget_get_next_sibling (button);
  if (button != NULL)
    set_name (button, name != NULL ? name : label);
}

/**
 * qd_names_set_drop_down:
 * @drop_down: a drop-down of strings
 * @label: what is chosen with it, translated
 *
 * Names a drop-down and the button in it, which takes the focus.
 */
void
qd_names_set_drop_down (GtkDropDown *drop_down,
                        const char  *label)
{
  set_name (GTK_WIDGET (drop_down), label);
  g_signal_connect_data (drop_down, "notify::selected-item", G_CALLBACK (chosen_cb), g_strdup (label),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  chosen_cb (drop_down, NULL, label);
}

#define DESCRIBED "qd-described"

/**
 * qd_names_set_description:
 * @widget: something that takes the focus
 * @description: what it is, further
 *
 * Describes a widget to screen readers, and remembers it: what happens while it
 * has the focus takes its place for some seconds where GTK cannot announce.
 */
void
qd_names_set_description (GtkWidget  *widget,
                          const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && description != NULL);

  g_object_set_data_full (G_OBJECT (widget), DESCRIBED, g_strdup (description), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

#if !GTK_CHECK_VERSION (4, 14, 0)
#define ANNOUNCED "qd-announced"
#define ANNOUNCED_SECONDS 6

static void
remove_source (gpointer source)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

static gboolean
forget_cb (gpointer data)
{
  GtkWidget *widget = data;
  const char *own = g_object_get_data (G_OBJECT (widget), DESCRIBED);

  if (own == NULL)
    own = gtk_widget_get_tooltip_text (widget);
  g_object_steal_data (G_OBJECT (widget), ANNOUNCED);
  if (own != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, own, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  return G_SOURCE_REMOVE;
}

/* What was said of it by somebody else could not be said again. */
static gboolean
has_own_description (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  g_autofree char *other = NULL;

  if (g_object_get_data (G_OBJECT (widget), ANNOUNCED) != NULL || g_object_get_data (G_OBJECT (widget), DESCRIBED) != NULL ||
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION))
    return FALSE;
  if (tooltip != NULL)
    other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip);
  return tooltip == NULL || other != NULL;
}

static void
describe_focus (GtkWidget  *focus,
                const char *words)
{
  guint source;

  if (focus == NULL || has_own_description (focus))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  source = g_timeout_add_seconds (ANNOUNCED_SECONDS, forget_cb, focus);
  /* goes with the widget, and with the next words */
  g_object_set_data_full (G_OBJECT (focus), ANNOUNCED, GUINT_TO_POINTER (source), remove_source);
}
#endif

/**
 * qd_names_announce:
 * @root: a window
 * @words: what is to be heard
 *
 * Has screen readers say something that happened. GTK 4.8 cannot announce; but
 * readers say it when what has the focus is described anew, so that for some
 * seconds this is its description.
 */
void
qd_names_announce (GtkRoot    *root,
                   const char *words)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") == 0) /* GTK's context for tests has none, and calls it */
    return;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* it is newer than what we need */
  gtk_accessible_announce (GTK_ACCESSIBLE (root), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  describe_focus (gtk_root_get_focus (root), words);
#endif
}

/**
 * qd_names_announces_toasts:
 *
 * Returns: whether libadwaita says a toast that appears; none says one whose
 *   words change while it is there
 */
gboolean
qd_names_announces_toasts (void)
{
  return adw_get_major_version () > 1 || adw_get_minor_version () >= 7;
}
