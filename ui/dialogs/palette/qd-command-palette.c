/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-command-palette.h"

#include <stdlib.h>
#include <string.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "../../../data/metrics/qd-catalogue.h"
#include "../../pages/qd-page.h"
#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-window-size.h"

#define MAX_ROWS 40
#define MAX_CUSTOMERS 12
#define MAX_RECENT 6

#define QD_TYPE_COMMAND_PALETTE (qd_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (QdCommandPalette, qd_command_palette, QD, COMMAND_PALETTE, AdwWindow)

/* One line of the list. */
typedef struct
{
  const char *group;
  char *title;
  char *subtitle;         /* nullable */
  char *accels;           /* nullable */
  char *detailed_action;
  char *folded;           /* what it is found by */
  int section;            /* those of one group stand together: pages, actions, metrics */
  int rank;
} QdLine;

enum
{
  SECTION_PAGES,
  SECTION_ACTIONS,
  SECTION_METRICS,
};

struct _QdCommandPalette
{
  AdwWindow parent_instance;

  QdSession *session;
  QdCommandPaletteMode mode;
  GPtrArray *fixed;       /* QdLine: pages and actions */
  QdSearch *search;       /* NULL until it is made */
  QdJob *job;

  GtkSearchEntry *entry;
  GtkListBox *list;
  GtkStack *stack;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (QdCommandPalette, qd_command_palette, ADW_TYPE_WINDOW)

static void
free_line (gpointer data)
{
  QdLine *line = data;

  g_free (line->title);
  g_free (line->subtitle);
  g_free (line->accels);
  g_free (line->detailed_action);
  g_free (line->folded);
  g_free (line);
}

static QdLine *
make_line (const char *group,
           const char *title,
           const char *subtitle,
           const char *accels,
           char       *detailed_action)
{
  QdLine *line = g_new0 (QdLine, 1);

  line->group = group;
  line->title = g_strdup (title);
  line->subtitle = g_strdup (subtitle);
  line->accels = g_strdup (accels);
  line->detailed_action = detailed_action;
  line->folded = qd_search_fold (title);
  return line;
}

/* The letters of @text in order, anywhere in @name: how far they are apart, −1 when they are not there. */
static int
measure_scattered (const char *name,
                   const char *text)
{
  int gaps = 0;
  const char *at = name;

  for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter))
    {
      const char *found;

      if (*letter == ' ')
        continue;
      found = g_utf8_strchr (at, -1, g_utf8_get_char (letter));
      if (found == NULL)
        return -1;
      if (found != at && at != name)
        gaps += (int) (found - at);
      at = g_utf8_next_char (found);
    }
  return gaps;
}

/**
 * qd_command_palette_rank:
 * @name: what something is called, as qd_search_fold() has it
 * @text: what was typed, likewise
 *
 * Says how well a text names something: its start, the start of a word, a part,
 * its letters in order.
 *
 * Returns: the lower the better; −1: not at all
 */
int
qd_command_palette_rank (const char *name,
                 const char *text)
{
  const char *found = strstr (name, text);
  int scattered;

  if (*text == '\0' || found == name)
    return 0;
  for (const char *word = found; word != NULL; word = strstr (word + 1, text))
    if (word[-1] == ' ')
      return 1;
  if (found != NULL)
    return 2;
  scattered = measure_scattered (name, text);
  return scattered >= 0 && scattered <= 3 * (int) strlen (text) ? 3 + scattered : -1;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const QdLine *first = *(QdLine *const *) a, *second = *(QdLine *const *) b;

  return first->section != second->section ? first->section - second->section : first->rank - second->rank;
}

static char *
dup_account_action (const char *id)
{
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (id));

  return g_action_print_detailed_name ("win.open-account", target);
}

/* Lines that the text names. Customers come in the order of the search. */
static void
collect_customers (QdCommandPalette  *self,
                   const char *text,
                   guint       limit,
                   GPtrArray  *lines)
{
  g_autoptr (GArray) hits = NULL;
  QdBook *book;
  int csm;

  if (self->search == NULL || *text == '\0')
    return;
  hits = qd_search_find (self->search, text, limit);
  book = qd_search_get_book (self->search);
  csm = qd_book_find_dimension (book, "csm");
  for (guint i = 0; i < hits->len; i++)
    {
      const QdSearchHit *hit = &g_array_index (hits, QdSearchHit, i);
      const char *id = qd_book_get_account_id (book, hit->account);
      const char *manager =
          csm >= 0 ? qd_book_get_value (book, (guint) csm, qd_book_get_account_values (book, (guint) csm)[hit->account])
                   : "";
      g_autofree char *subtitle = *manager != '\0' ? g_strdup_printf ("%s · %s", id, manager) : g_strdup (id);
      QdLine *line = make_line (_("Customers"), qd_book_get_account_name (book, hit->account), subtitle, NULL,
                                dup_account_action (id));

      line->rank = (int) i;
      g_ptr_array_add (lines, line);
    }
}

static GtkWidget *
make_row (const QdLine *line)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (line->title);
  g_autofree char *name = NULL;
  g_autofree char *keys = NULL;

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (title, line->title);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  if (line->subtitle != NULL)
    {
      GtkWidget *subtitle = gtk_label_new (line->subtitle);

      gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_box_append (GTK_BOX (box), subtitle);
    }
  if (line->accels != NULL)
    {
      g_auto (GStrv) accels = g_strsplit (line->accels, " ", -1);
      guint key;
      GdkModifierType modifiers;

      if (gtk_accelerator_parse (accels[0], &key, &modifiers))
        {
          GtkWidget *label;

          keys = gtk_accelerator_get_label (key, modifiers);
          label = gtk_label_new (keys);
          gtk_widget_add_css_class (label, "dim-label");
          gtk_widget_add_css_class (label, "caption");
          gtk_box_append (GTK_BOX (box), label);
        }
    }
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  name = g_strjoin (", ", line->title, line->subtitle != NULL ? line->subtitle : line->group, keys, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (line->detailed_action), g_free);
  g_object_set_data_full (G_OBJECT (row), "group", g_strdup (line->group), g_free);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (line->title), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_steal_pointer (&name), g_free);
  return row;
}

static void
add_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       data)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  GtkWidget *label;

  if (before != NULL && g_strcmp0 (group, g_object_get_data (G_OBJECT (before), "group")) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

/* What was done here lately comes first while nothing is typed. */
static GPtrArray *
get_recent (QdCommandPalette *self)
{
  GObject *holder = self->session != NULL ? G_OBJECT (self->session)
                                          : G_OBJECT (gtk_window_get_transient_for (GTK_WINDOW (self)));
  GPtrArray *recent = g_object_get_data (holder, "qd-command-palette-recent");

  if (recent == NULL)
    {
      recent = g_ptr_array_new_with_free_func (g_free);
      g_object_set_data_full (holder, "qd-command-palette-recent", recent, (GDestroyNotify) g_ptr_array_unref);
    }
  return recent;
}

static void
remember (QdCommandPalette  *self,
          const char *action,
          const char *title)
{
  GPtrArray *recent = get_recent (self);
  char *entry = g_strconcat (action, "\n", title, NULL);

  for (guint i = 0; i < recent->len; i++)
    if (strcmp (recent->pdata[i], entry) == 0)
      {
        g_ptr_array_remove_index (recent, i);
        break;
      }
  g_ptr_array_insert (recent, 0, entry);
  if (recent->len > MAX_RECENT)
    g_ptr_array_set_size (recent, MAX_RECENT);
}

static void
collect_recent (QdCommandPalette *self,
                GPtrArray *lines)
{
  GPtrArray *recent = get_recent (self);

  for (guint i = 0; i < recent->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (recent->pdata[i], "\n", 2);

      if (self->mode == QD_COMMAND_PALETTE_ALL || g_str_has_prefix (parts[0], "win.open-account"))
        g_ptr_array_add (lines, make_line (_("Recent"), parts[1], NULL, NULL, g_strdup (parts[0])));
    }
}

/* The focus stays with the text: what Return would open is heard of the entry, after @before. */
static void
say_chosen (QdCommandPalette *self,
            const char       *before)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *name = row != NULL ? g_object_get_data (G_OBJECT (row), "name") : NULL;
  g_autofree char *words = name == NULL      ? g_strdup (before)
                           : *before != '\0' ? g_strdup_printf ("%s, %s", before, name)
                                             : g_strdup (name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
say_count (QdCommandPalette  *self,
           guint       n,
           const char *text)
{
  g_autofree char *count = NULL;

  if (n > 0)
    {
      /* Without a workspace there are only actions: not many. */
      g_autofree char *number = self->session != NULL ? qd_format_count (qd_session_get_format (self->session), n)
                                                      : g_strdup_printf ("%u", n);

      count = g_strdup_printf (ngettext ("%s result", "%s results", n), number);
    }
  else if (*text != '\0')
    count = g_strdup (_("No results"));
  gtk_label_set_label (self->status, count != NULL ? count : "");
  say_chosen (self, count != NULL ? count : "");
}

static void
refill (QdCommandPalette *self)
{
  g_autofree char *text = qd_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GPtrArray) matching = g_ptr_array_new ();
  GtkWidget *child;
  guint n = 0;

  g_strstrip (text);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (*text == '\0')
    collect_recent (self, lines);
  if (self->mode == QD_COMMAND_PALETTE_ALL)
    {
      for (guint i = 0; i < self->fixed->len; i++)
        {
          QdLine *line = self->fixed->pdata[i];

          line->rank = qd_command_palette_rank (line->folded, text);
          if (line->rank >= 0)
            g_ptr_array_add (matching, line);
        }
      /* by group; within one, the better first */
      if (*text != '\0' && matching->len > 1)
        qsort (matching->pdata, matching->len, sizeof (gpointer), compare_lines);
    }
  collect_customers (self, text, self->mode == QD_COMMAND_PALETTE_ALL ? MAX_CUSTOMERS : MAX_ROWS, lines);
  for (guint i = 0; i < lines->len && n < MAX_ROWS; i++, n++)
    gtk_list_box_append (self->list, make_row (lines->pdata[i]));
  for (guint i = 0; i < matching->len; i++, n++)
    gtk_list_box_append (self->list, make_row (matching->pdata[i]));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : *text != '\0' ? "none" : "hint");
  say_count (self, n, text);
}

static void
run_row (QdCommandPalette     *self,
         GtkListBoxRow *row)
{
  g_autofree char *detailed = g_strdup (g_object_get_data (G_OBJECT (row), "action"));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GtkWindow) parent = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  parent = g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self)));
  remember (self, detailed, g_object_get_data (G_OBJECT (row), "title"));
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (parent), name, target);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  QdCommandPalette     *self)
{
  run_row (self, row);
}

static void
activate_cb (GtkSearchEntry *entry,
             QdCommandPalette      *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    run_row (self, row);
}

static void
stop_cb (GtkSearchEntry *entry,
         QdCommandPalette      *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Up and Down move through the list while the text keeps the focus. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                QdCommandPalette             *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : key == GDK_KEY_Page_Down ? 8 : key == GDK_KEY_Page_Up ? -8 : 0;
  GtkListBoxRow *next;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (step == 0)
    return GDK_EVENT_PROPAGATE;
  next = gtk_list_box_get_row_at_index (self->list, MAX (index + step, 0));
  if (next == NULL)
    return GDK_EVENT_STOP;
  gtk_list_box_select_row (self->list, next);
  say_chosen (self, "");
  adjustment = gtk_list_box_get_adjustment (self->list);
  if (adjustment != NULL && gtk_widget_compute_bounds (GTK_WIDGET (next), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double) bounds.origin.y,
                               (double) bounds.origin.y + (double) bounds.size.height);
  return GDK_EVENT_STOP;
}

static gpointer
make_search (QdSnapshot *snapshot,
             gpointer    input,
             QdJob      *job,
             GError    **error)
{
  return qd_workspace_get_search (qd_snapshot_get_workspace (snapshot), job, error);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (QdCommandPalette) self = data;
  g_autoptr (GError) error = NULL;
  QdSearch *search = qd_session_compute_finish (QD_SESSION (source), result, &error);

  /* Without the customers, pages and actions are still there. */
  if (search == NULL)
    return;
  self->search = search;
  if (self->list != NULL)
    refill (self);
}

static void
qd_command_palette_dispose (GObject *object)
{
  QdCommandPalette *self = QD_COMMAND_PALETTE (object);

  if (self->job != NULL)
    qd_job_cancel (self->job);
  g_clear_object (&self->job);
  self->list = NULL;
  G_OBJECT_CLASS (qd_command_palette_parent_class)->dispose (object);
}

static void
qd_command_palette_finalize (GObject *object)
{
  QdCommandPalette *self = QD_COMMAND_PALETTE (object);

  g_clear_pointer (&self->search, qd_search_unref);
  g_clear_object (&self->session);
  g_ptr_array_unref (self->fixed);
  G_OBJECT_CLASS (qd_command_palette_parent_class)->finalize (object);
}

static void
qd_command_palette_class_init (QdCommandPaletteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qd_command_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_command_palette_finalize;
}

static void
qd_command_palette_init (QdCommandPalette *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *none = adw_status_page_new (), *hint = adw_status_page_new (), *head = gtk_window_handle_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->fixed = g_ptr_array_new_with_free_func (free_line);
  qd_dialog_add_quit_key (GTK_WINDOW (self));
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = GTK_LABEL (gtk_label_new (""));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_header_func (self->list, add_header, NULL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Results"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Results"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("One slip of the finger is forgiven; try fewer letters."));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "edit-find-symbolic");
  gtk_widget_add_css_class (none, "compact");
  adw_status_page_set_title (ADW_STATUS_PAGE (hint), _("Search Customers"));
  adw_status_page_set_description (ADW_STATUS_PAGE (hint), _("By name, domain, id or customer success manager."));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (hint), "edit-find-symbolic");
  gtk_widget_add_css_class (hint, "compact");
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, none, "none");
  gtk_stack_add_named (self->stack, hint, "hint");
  gtk_widget_set_margin_top (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->entry), 6);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (head), GTK_WIDGET (self->entry));
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim-label");
  gtk_widget_set_margin_top (GTK_WIDGET (self->status), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->status), 6);
  gtk_box_append (GTK_BOX (outer), head);
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->status));
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (refill), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->entry, "stop-search", G_CALLBACK (stop_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_object_set (self->entry, "search-delay", 0, NULL);
}

#define GO_TO_PAGE "win.go::"

/* The keys of an action among those given. */
static const char *
find_accels (const QdCommandPaletteEntry *entries,
             guint                        n_entries,
             const char                  *action)
{
  for (guint i = 0; i < n_entries; i++)
    if (strcmp (entries[i].detailed_action, action) == 0)
      return entries[i].accels;
  return NULL;
}

static void
add_fixed (QdCommandPalette *self,
           int               section,
           QdLine           *line)
{
  line->section = section;
  g_ptr_array_add (self->fixed, line);
}

/* What pages show besides what they begin with. */
static void
add_views (QdCommandPalette *self,
           const QdPageInfo *page)
{
  static const struct
  {
    const char *page, *detail, *title;
  } views[] = {
    { "bridge", "customers", N_("Starting Customers") },
    { "bridge", "months", N_("By Month") },
    { "retention", "trend", N_("Trend") },
    { "retention", "cohorts-logos", N_("Cohorts: Customers") },
    { "retention", "cohorts-net", N_("Cohorts: Net Revenue") },
    { "retention", "cohorts-gross", N_("Cohorts: Gross Revenue") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (strcmp (views[i].page, page->id) == 0)
      {
        /* Translators: a page, and one of its views: “Retention – Trend” */
        g_autofree char *title = g_strdup_printf (_("%s – %s"), _(page->title), _(views[i].title));

        add_fixed (self, SECTION_PAGES,
                   make_line (_("Pages"), title, page->group != NULL ? _(page->group) : NULL, NULL,
                              g_strdup_printf (GO_TO_PAGE "%s?%s", page->id, views[i].detail)));
      }
}

static void
add_pages (QdCommandPalette            *self,
           const QdCommandPaletteEntry *entries,
           guint                        n_entries)
{
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strconcat (GO_TO_PAGE, pages[i].id, NULL);
      const char *accels = find_accels (entries, n_entries, action);

      if ((pages[i].flags & QD_PAGE_LEVEL) != 0)
        continue;
      add_fixed (self, SECTION_PAGES, make_line (_("Pages"), _(pages[i].title),
                                                 pages[i].group != NULL ? _(pages[i].group) : NULL, accels,
                                                 g_steal_pointer (&action)));
      add_views (self, &pages[i]);
    }
}

/* What is this? Found by the short name, the long one and what it is called in files. */
static void
add_metrics (QdCommandPalette *self)
{
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    {
      const QdMetric *metric = qd_catalogue_get_metric (i);
      const char *name = _(metric->name), *short_name = _(metric->short_name);
      g_autofree char *words = g_strjoin (" ", short_name, name, metric->id, NULL);
      QdLine *line = make_line (_("What Is This?"), name, strcmp (name, short_name) != 0 ? short_name : NULL, NULL,
                                g_strconcat ("win.explain::", metric->id, NULL));

      g_free (line->folded);
      line->folded = qd_search_fold (words);
      add_fixed (self, SECTION_METRICS, line);
    }
}

static void
fill_fixed (QdCommandPalette            *self,
            const QdCommandPaletteEntry *entries,
            guint                        n_entries)
{
  if (self->session != NULL)
    add_pages (self, entries, n_entries);
  for (guint i = 0; i < n_entries; i++)
    if (!g_str_has_prefix (entries[i].detailed_action, GO_TO_PAGE)) /* the pages are above, each once */
      add_fixed (self, SECTION_ACTIONS, make_line (_("Actions"), entries[i].title, entries[i].group, entries[i].accels,
                                                   g_strdup (entries[i].detailed_action)));
  add_metrics (self);
}

/**
 * qd_command_palette_present:
 * @parent: the window, on which actions are activated
 * @session: (nullable): its session
 * @mode: everything, or customers only
 * @entries: (array length=n_entries): the actions
 * @n_entries: how many
 *
 * Opens the palette over its window.
 *
 * Returns: (transfer none): the palette
 */
GtkWindow *
qd_command_palette_present (GtkWindow            *parent,
                    QdSession            *session,
                    QdCommandPaletteMode         mode,
                    const QdCommandPaletteEntry *entries,
                    guint                 n_entries)
{
  QdCommandPalette *self = g_object_new (QD_TYPE_COMMAND_PALETTE, "transient-for", parent, NULL);
  const char *title = mode == QD_COMMAND_PALETTE_ALL ? _("Command Palette") : _("Search");

  self->mode = mode;
  if (session != NULL)
    self->session = g_object_ref (session);
  gtk_window_set_title (GTK_WINDOW (self), title);
  qd_window_set_size (GTK_WINDOW (self), 560, 480);
  g_object_set (self->entry, "placeholder-text",
                mode == QD_COMMAND_PALETTE_ALL ? _("Page, customer or action") : _("Customer, id or manager"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  fill_fixed (self, entries, n_entries);
  if (session != NULL)
    {
      self->job = qd_job_new (_("Reading customers"), NULL);
      qd_session_compute_async (session, make_search, NULL, NULL, (GDestroyNotify) qd_search_unref, self->job, searched_cb,
                                g_object_ref (self));
    }
  refill (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WINDOW (self);
}
