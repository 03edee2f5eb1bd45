/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-activity-page.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../widgets/qd-wrap-layout.h"
#include "../imports/qd-import-words.h"
#include "qd-activity-row.h"

/* Fields of one change that are listed; an edit of many accounts can have more. */
#define MAX_CHANGES 20000

struct _QdActivityPage
{
  QdPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkLabel *summary, *none;
  GtkButton *import, *turn;
  GtkStack *details;         /* "changes", "none" */
  QdTableView *changes;

  GListStore *entries;
  GtkSingleSelection *selection;
  QdFormat *format;
  QdJob *job;                /* reading the changes of the selected entry */
  gint64 selected;           /* its id */
  GFileMonitor *monitor;     /* nullable: of the folder that checkpoints come into */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (QdActivityPage, qd_activity_page, QD_TYPE_PAGE)

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  QdWorkspace *workspace = qd_snapshot_get_workspace (snapshot);
  g_autoptr (GPtrArray) checkpoints = NULL;
  GPtrArray *items = qd_activity_list (workspace, error);

  if (items == NULL)
    return NULL;
  checkpoints = qd_store_list_checkpoints (qd_workspace_get_store (workspace));
  qd_activity_add_checkpoints (items, checkpoints);
  return items;
}

static gboolean
is_empty (QdPage  *page,
          gpointer result)
{
  return ((GPtrArray *) result)->len == 0 && qd_session_get_notes (qd_page_get_session (page))->len == 0;
}

/* --- what a change changed --- */

static gpointer
read_changes (QdSnapshot *snapshot,
              gpointer    input,
              QdJob      *job,
              GError    **error)
{
  g_autoptr (QdTable) table =
      qd_workspace_get_changes (qd_snapshot_get_workspace (snapshot), *(gint64 *) input, MAX_CHANGES, error);

  return table != NULL ? qd_import_describe_changes (table) : NULL;
}

static void
say (QdActivityPage *self,
     const char     *text)
{
  gtk_label_set_label (self->none, text);
  gtk_stack_set_visible_child_name (self->details, "none");
}

static void
changes_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (QdActivityPage) self = data;
  g_autoptr (GError) error = NULL;
  QdTable *table = qd_session_compute_finish (QD_SESSION (source), result, &error);
  QdActivityEntry *entry;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->job);
  entry = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  if (table == NULL)
    say (self, error->message);
  else if (qd_table_get_n_rows (table) > 0)
    {
      qd_table_view_set_table (self->changes, table, self->format, NULL);
      gtk_stack_set_visible_child_name (self->details, "changes");
    }
  else if (entry != NULL && qd_activity_entry_get (entry)->batch != 0)
    say (self, _("This import only added rows. The import itself lists what became of each."));
  else
    say (self, _("Nothing but what the line above says."));
  g_clear_pointer (&table, qd_table_unref);
}

static void
stop (QdActivityPage *self)
{
  if (self->job != NULL)
    qd_job_cancel (self->job);
  g_clear_object (&self->job);
}

static void
free_table (gpointer table)
{
  qd_table_unref (table);
}

/* Of what is no change of the data. */
static void
say_other (QdActivityPage     *self,
           const QdCheckpoint *checkpoint)
{
  g_autofree char *path = checkpoint != NULL ? g_filename_display_name (checkpoint->path) : NULL;
  g_autofree char *text = NULL;

  if (checkpoint == NULL)
    {
      say (self, _("The data did not change."));
      return;
    }
  /* Translators: path of a file */
  text = g_strdup_printf (_("A whole copy of the workspace as it was then: %s\nOpen it to look at it, or to go on from there. "
                            "The workspace that is open stays as it is."),
                          path);
  say (self, text);
}

static void
show_details (QdActivityPage *self)
{
  QdActivityEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  const QdHistoryEntry *change;
  g_autofree char *place = NULL;
  gint64 *id;

  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self->import), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->turn), FALSE);
  gtk_label_set_label (self->summary, "");
  if (entry == NULL)
    {
      self->selected = 0;
      say (self, _("Select a change to see what it changed."));
      return;
    }
  change = qd_activity_entry_get (entry);
  self->selected = change->id;
  gtk_label_set_label (self->summary, change->summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), change->summary);
  gtk_widget_set_visible (GTK_WIDGET (self->import), change->batch != 0);
  place = g_strdup_printf ("imports?%" PRId64, change->batch);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->import), "s", place);
  qd_activity_row_set_button (self->turn, entry);
  if (change->id < 0)
    {
      say_other (self, qd_activity_entry_get_checkpoint (entry));
      return;
    }
  id = g_new (gint64, 1);
  *id = change->id;
  self->job = qd_job_new (_("Reading changes"), NULL);
  qd_session_compute_async (qd_page_get_session (QD_PAGE (self)), read_changes, id, g_free, free_table, self->job,
                            changes_read_cb, g_object_ref (self));
}

static void
selected_cb (GtkSingleSelection *selection,
             GParamSpec         *pspec,
             QdActivityPage     *self)
{
  if (!self->showing)
    show_details (self);
}

/* --- the list --- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          QdActivityPage           *self)
{
  gtk_list_item_set_child (item, qd_activity_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         QdActivityPage           *self)
{
  qd_activity_row_set_entry (QD_ACTIVITY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                             self->format);
}

static guint
find_entry (QdActivityPage *self,
            gint64          id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdActivityEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (qd_activity_entry_get (entry)->id == id)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  QdActivityPage *self = QD_ACTIVITY_PAGE (page);
  g_autoptr (GPtrArray) items = qd_activity_with_notes (result, qd_session_get_notes (qd_page_get_session (page)));
  QdFormat *format = qd_format_ref (qd_snapshot_get_format (snapshot));
  guint position;

  g_clear_pointer (&self->format, qd_format_unref);
  self->format = format;
  self->showing = TRUE;
  g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)), items->pdata,
                       items->len);
  position = self->selected != 0 ? find_entry (self, self->selected) : 0;
  gtk_single_selection_set_selected (self->selection, position != GTK_INVALID_LIST_POSITION ? position : 0);
  self->showing = FALSE;
  show_details (self);
}

static char *
save_state (QdPage *page)
{
  return g_strdup_printf ("%" PRId64, QD_ACTIVITY_PAGE (page)->selected);
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  QdActivityPage *self = QD_ACTIVITY_PAGE (page);
  guint position = find_entry (self, g_ascii_strtoll (state, NULL, 10));

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static QdTableView *
get_table (QdPage *page)
{
  return QD_ACTIVITY_PAGE (page)->changes;
}

/* A checkpoint came or went; what is written to the workspace itself, the data tells. */
static void
folder_changed_cb (QdActivityPage   *self,
                   GFile            *file,
                   GFile            *other,
                   GFileMonitorEvent event)
{
  const char *own = qd_workspace_get_path (qd_session_get_workspace (qd_page_get_session (QD_PAGE (self))));
  /* What is made whole under another name first gets its own by this. */
  g_autofree char *path = g_file_get_path (event == G_FILE_MONITOR_EVENT_RENAMED ? other : file);

  if (path != NULL && g_str_has_suffix (path, ".quarterdeck") && strcmp (path, own) != 0 &&
      event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    qd_page_refresh (QD_PAGE (self));
}

static void
qd_activity_page_constructed (GObject *object)
{
  QdActivityPage *self = QD_ACTIVITY_PAGE (object);
  QdSession *session = qd_page_get_session (QD_PAGE (self));
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;

  G_OBJECT_CLASS (qd_activity_page_parent_class)->constructed (object);
  folder = g_path_get_dirname (qd_workspace_get_path (qd_session_get_workspace (session)));
  file = g_file_new_for_path (folder);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "noted", G_CALLBACK (qd_page_refresh), self, G_CONNECT_SWAPPED);
}

static void
qd_activity_page_dispose (GObject *object)
{
  QdActivityPage *self = QD_ACTIVITY_PAGE (object);

  stop (self);
  g_clear_object (&self->monitor);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (qd_activity_page_parent_class)->dispose (object);
}

static void
qd_activity_page_finalize (GObject *object)
{
  g_clear_pointer (&QD_ACTIVITY_PAGE (object)->format, qd_format_unref);
  G_OBJECT_CLASS (qd_activity_page_parent_class)->finalize (object);
}

static void
free_items (gpointer items)
{
  g_ptr_array_unref (items);
}

static void
qd_activity_page_class_init (QdActivityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  object_class->constructed = qd_activity_page_constructed;
  object_class->dispose = qd_activity_page_dispose;
  object_class->finalize = qd_activity_page_finalize;
  page_class->compute = compute;
  page_class->result_free = free_items;
  page_class->needs_revenue = FALSE;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_table = get_table;
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  qd_page_class_set_template (page_class, "qd-activity-page");
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, list);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, summary);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, none);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, import);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, turn);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, details);
  gtk_widget_class_bind_template_child (widget_class, QdActivityPage, changes);
}

static void
qd_activity_page_init (QdActivityPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (QD_TYPE_ACTIVITY_ENTRY);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->entries)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  qd_table_view_set_title (self->changes, _("What the change changed"));
  qd_page_set_empty (QD_PAGE (self), "document-open-recent-symbolic", N_ ("Nothing Has Happened Yet"),
                     N_ ("Every import, edit, setting and checkpoint is listed here, each with the way back."), N_ ("_Import…"),
                     "win.import");
}
