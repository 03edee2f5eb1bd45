/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-record-list.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Columns of a record. */
enum
{
  FIELD,
  TITLE,
  VALUE,
  TYPE,
  CUSTOM,
  REQUIRED,
};

typedef struct
{
  QdRecordList *list;
  char *field;
  char *value;         /* as it is stored; "" when empty */
  GtkWidget *row;
  GtkLabel *fixed;     /* of a row that cannot be edited */
  GtkToggleButton *choices[3]; /* of a yes or no: empty, yes, no */
  char *sent;          /* applied, nullable: what comes back replaces it, not what was typed after it */
  gboolean required;
} Row;

struct _QdRecordList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GPtrArray *rows;     /* Row */
  GtkWidget *error_row;
  Row *error_of;
  gboolean editable;
  gboolean filling;
};

enum
{
  EDITED,
  TURN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QdRecordList, qd_record_list, ADW_TYPE_BIN)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->field);
  g_free (row->value);
  g_free (row->sent);
  g_free (row);
}

static Row *
find_row (QdRecordList *self,
          const char   *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (((Row *) self->rows->pdata[i])->field, field) == 0)
      return self->rows->pdata[i];
  return NULL;
}

static void
clear_error (QdRecordList *self)
{
  if (self->error_row == NULL)
    return;
  gtk_widget_remove_css_class (self->error_of->row, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->error_of->row), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_list_box_remove (self->list, self->error_row);
  self->error_row = NULL;
  self->error_of = NULL;
}

static void
set_text (Row *row)
{
  /* without the button, so that it does not take this for typing */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row->row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row->row), row->value);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row->row), TRUE);
}

static const char *const choice_values[] = { "", "yes", "no" };

static void
set_choice (Row *row)
{
  row->list->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (choice_values); i++)
    if (row->choices[i] != NULL)
      gtk_toggle_button_set_active (row->choices[i], strcmp (choice_values[i], row->value) == 0);
  row->list->filling = FALSE;
}

static void
send_value (Row        *row,
            const char *value)
{
  if (row->list->error_of == row)
    clear_error (row->list);
  g_free (row->sent);
  row->sent = g_strdup (value);
  g_signal_emit (row->list, signals[EDITED], 0, row->field, value);
}

static void
apply_cb (AdwEntryRow *entry,
          Row         *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (strcmp (text, row->value) != 0)
    send_value (row, text);
}

static void
chosen_cb (GtkToggleButton *button,
           Row             *row)
{
  if (row->list->filling || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (choice_values); i++)
    if (row->choices[i] == button && strcmp (choice_values[i], row->value) != 0)
      send_value (row, choice_values[i]);
}

static gboolean
is_typed (const Row *row)
{
  return ADW_IS_ENTRY_ROW (row->row) && strcmp (gtk_editable_get_text (GTK_EDITABLE (row->row)), row->value) != 0;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        Row                   *row)
{
  gboolean is_z = key == GDK_KEY_z || key == GDK_KEY_Z;

  if (is_z && (state & GDK_CONTROL_MASK) != 0 && !is_typed (row))
    {
      g_signal_emit (row->list, signals[TURN], 0, (state & GDK_SHIFT_MASK) != 0);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_Escape || !is_typed (row))
    return GDK_EVENT_PROPAGATE;
  if (row->list->error_of == row)
    clear_error (row->list);
  g_clear_pointer (&row->sent, g_free);
  set_text (row);
  gtk_editable_set_position (GTK_EDITABLE (row->row), -1);
  return GDK_EVENT_STOP;
}

/* The row's own button and pictures have no names for those who do not see them. */
static void
name_parts (GtkWidget  *widget,
            const char *title)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Apply"), -1);
  else if (GTK_IS_IMAGE (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_parts (child, title);
}

static GtkWidget *
make_entry (Row        *row,
            const char *title)
{
  GtkWidget *widget = adw_entry_row_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  row->row = widget;
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (widget), TRUE);
  g_signal_connect (widget, "apply", G_CALLBACK (apply_cb), row);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), row);
  gtk_widget_add_controller (widget, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (widget))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  set_text (row);
  return widget;
}

/* Empty (unless the field is required), yes, no: side by side. */
static GtkWidget *
make_choice (Row        *row,
             const char *title)
{
  const char *const labels[] = { "–", _("Yes"), _("No") };
  const char *const names[] = { _("Empty"), _("Yes"), _("No") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkToggleButton *group = NULL;

  row->row = adw_action_row_new ();
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = row->required ? 1 : 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (labels[i]);
      /* Translators: name of a field, then yes, no or empty */
      g_autofree char *name = g_strdup_printf (_("%s: %s"), title, names[i]);

      row->choices[i] = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_group (row->choices[i], group);
      group = row->choices[i];
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_box_append (GTK_BOX (box), button);
    }
  set_choice (row);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (row->choices[i] != NULL)
      g_signal_connect (row->choices[i], "toggled", G_CALLBACK (chosen_cb), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), box);
  return row->row;
}

static void
set_fixed (Row *row)
{
  gtk_label_set_label (row->fixed, *row->value != '\0' ? row->value : "–");
}

static GtkWidget *
make_fixed (Row *row)
{
  GtkWidget *widget = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  row->row = widget;
  row->fixed = GTK_LABEL (label);
  gtk_label_set_ellipsize (row->fixed, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_selectable (row->fixed, TRUE);
  gtk_label_set_xalign (row->fixed, 1);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), label);
  set_fixed (row);
  return widget;
}

static void
add_row (QdRecordList *self,
         QdTable      *record,
         guint         i)
{
  Row *row = g_new0 (Row, 1);
  const char *type = qd_table_get_text (record, i, TYPE);
  const char *title = qd_table_get_text (record, i, TITLE);

  row->list = self;
  row->field = g_strdup (qd_table_get_text (record, i, FIELD));
  row->value = g_strdup (qd_table_is_missing (record, i, VALUE) ? "" : qd_table_get_text (record, i, VALUE));
  row->required = strcmp (qd_table_get_text (record, i, REQUIRED), "yes") == 0;
  g_ptr_array_add (self->rows, row);
  if (!self->editable || strcmp (type, "fixed") == 0)
    make_fixed (row);
  else if (strcmp (type, "boolean") == 0)
    make_choice (row, title);
  else
    make_entry (row, title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  if (ADW_IS_ENTRY_ROW (row->row))
    name_parts (row->row, title);
  gtk_list_box_append (self->list, row->row);
}

/* Whether the rows that are there are of these fields, in this order. */
static gboolean
fits (QdRecordList *self,
      QdTable      *record,
      guint         first,
      guint         n)
{
  if (self->rows->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (((Row *) self->rows->pdata[i])->field, qd_table_get_text (record, first + i, FIELD)) != 0)
      return FALSE;
  return TRUE;
}

static void
update_row (Row     *row,
            QdTable *record,
            guint    i)
{
  const char *value = qd_table_is_missing (record, i, VALUE) ? "" : qd_table_get_text (record, i, VALUE);
  gboolean typed = is_typed (row) && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row->row)), row->sent) != 0;

  g_free (row->value);
  row->value = g_strdup (value);
  g_clear_pointer (&row->sent, g_free);
  if (typed)
    return;
  if (row->fixed != NULL)
    set_fixed (row);
  else if (!ADW_IS_ENTRY_ROW (row->row))
    set_choice (row);
  else if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row->row)), value) != 0)
    set_text (row);
}

/**
 * qd_record_list_set_record:
 * @self: a record list
 * @record: a record
 * @first: its first row to show
 * @n: how many
 *
 * Shows fields of a record. When they are the ones that are shown already,
 * their rows stay: focus, and what is being typed.
 */
void
qd_record_list_set_record (QdRecordList *self,
                           QdTable      *record,
                           guint         first,
                           guint         n)
{
  g_return_if_fail (QD_IS_RECORD_LIST (self) && record != NULL && first + n <= qd_table_get_n_rows (record));

  if (fits (self, record, first, n))
    {
      for (guint i = 0; i < n; i++)
        update_row (self->rows->pdata[i], record, first + i);
      return;
    }
  clear_error (self);
  while (self->rows->len > 0)
    {
      Row *row = g_ptr_array_steal_index (self->rows, 0);

      gtk_list_box_remove (self->list, row->row);
      row_free (row);
    }
  for (guint i = 0; i < n; i++)
    add_row (self, record, first + i);
}

void
qd_record_list_set_editable (QdRecordList *self,
                             gboolean      editable)
{
  g_return_if_fail (QD_IS_RECORD_LIST (self));
  self->editable = editable;
}

void
qd_record_list_set_title (QdRecordList *self,
                          const char   *title)
{
  g_return_if_fail (QD_IS_RECORD_LIST (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/**
 * qd_record_list_set_error:
 * @self: a record list
 * @field: a field
 * @message: (nullable): what was wrong with the value that was applied, and what would be right
 *
 * Says under a field that its value was refused. What was typed stays, to be
 * mended; Esc brings the stored value back.
 *
 * Returns: `FALSE` when the list has no such field
 */
gboolean
qd_record_list_set_error (QdRecordList *self,
                          const char   *field,
                          const char   *message)
{
  Row *row;
  GtkWidget *label;

  g_return_val_if_fail (QD_IS_RECORD_LIST (self) && field != NULL, FALSE);

  row = find_row (self, field);
  if (row == NULL)
    return FALSE;
  clear_error (self);
  g_clear_pointer (&row->sent, g_free);
  if (message == NULL)
    return TRUE;
  if (!ADW_IS_ENTRY_ROW (row->row) && row->fixed == NULL)
    set_choice (row);
  label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24); /* no wider than the rows around it */
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "record-error");
  self->error_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->error_row), FALSE);
  gtk_widget_set_focusable (self->error_row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->error_row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->error_row), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
  gtk_list_box_insert (self->list, self->error_row, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row->row)) + 1);
  gtk_widget_add_css_class (row->row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  self->error_of = row;
  gtk_widget_grab_focus (row->row);
  return TRUE;
}

gboolean
qd_record_list_is_typing (QdRecordList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (QD_IS_RECORD_LIST (self), FALSE);
  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      if (focus == row->row || gtk_widget_is_ancestor (focus, row->row))
        return is_typed (row);
    }
  return FALSE;
}

static void
qd_record_list_finalize (GObject *object)
{
  QdRecordList *self = QD_RECORD_LIST (object);

  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (qd_record_list_parent_class)->finalize (object);
}

static void
qd_record_list_class_init (QdRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_record_list_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[EDITED] = g_signal_new ("edited", QD_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[TURN] = g_signal_new ("turn", QD_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_BOOLEAN);
}

static void
qd_record_list_init (QdRecordList *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->editable = TRUE;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

GtkWidget *
qd_record_list_new (void)
{
  return g_object_new (QD_TYPE_RECORD_LIST, NULL);
}
