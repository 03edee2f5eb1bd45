/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first step: a file, how it is read, and its first rows as they are read.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "../../compat/qd-names.h"
#include "qd-import-preview.h"
#include "qd-import-step.h"

#define MAX_HEADER_LINES 10

enum
{
  SHEET,
  DELIMITER,
  ENCODING,
  HEADER,
  DECIMAL,
  ORDER,
  N_CHOICES,
};

typedef struct
{
  QdImportStep parent_instance;

  GtkStack *views;
  AdwStatusPage *drop, *failed;
  GtkButton *run_last, *no_header, *choose;
  GtkLabel *file;
  GtkDropDown *choices[N_CHOICES];
  QdImportPreview *preview;
  gboolean showing;
} QdImportGetStep;

typedef QdImportStepClass QdImportGetStepClass;

G_DEFINE_FINAL_TYPE (QdImportGetStep, qd_import_get_step, QD_TYPE_IMPORT_STEP)

static const char delimiters[] = { 0, ',', ';', '\t', '|' };
static const char *const encodings[] = {
  NULL,         "UTF-8",        "WINDOWS-1252", "ISO-8859-1",   "ISO-8859-15", "WINDOWS-1250", "WINDOWS-1251",
  "MACINTOSH",  "UTF-16LE",     "UTF-16BE",     "SHIFT_JIS",    "GB18030",
};
static const char decimals[] = { 0, '.', ',' };
static const char *const orders[] = { NULL, "ymd", "dmy", "mdy" };

/* The first item says what was found; the rest never changes. */
static void
set_found (QdImportGetStep *self,
           guint            choice,
           const char      *found)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->choices[choice]));
  g_autofree char *text = *found != 0 ? g_strdup_printf (_("Automatic: %s"), found) : g_strdup (_("Automatic"));
  const char *words[] = { text, NULL };

  if (g_strcmp0 (gtk_string_list_get_string (list, 0), text) != 0)
    gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)) > 0, words);
}

static gboolean
has_names (GtkStringList     *list,
           const char *const *names)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < n; i++)
    if (names[i] == NULL || strcmp (gtk_string_list_get_string (list, i), names[i]) != 0)
      return FALSE;
  return names[n] == NULL;
}

/* The sheets of a workbook, and which one is read. */
static guint
show_sheets (QdImportGetStep    *self,
             const QdImportPlan *plan)
{
  static const char *const none[] = { NULL };
  const char *const *names = plan->sheets != NULL ? (const char *const *) plan->sheets : none;
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->choices[SHEET]));
  guint selected = 0;

  if (!has_names (list, names))
    gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), names);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], plan->sheet) == 0)
      selected = i;
  return selected;
}

static guint
find_encoding (const char *name)
{
  for (guint i = 1; name != NULL && i < G_N_ELEMENTS (encodings); i++)
    if (strcmp (encodings[i], name) == 0)
      return i;
  return 0;
}

static void
show_choices (QdImportGetStep        *self,
              const QdImportPlan     *plan,
              const QdImportGetState *state)
{
  guint selected[N_CHOICES] = { 0 };
  const gboolean visible[N_CHOICES] = { state->has_sheets, !state->is_workbook, !state->is_workbook,
                                        TRUE,              state->asks_decimal, TRUE };

  selected[SHEET] = show_sheets (self, plan);
  set_found (self, DELIMITER, state->delimiter);
  set_found (self, ENCODING, state->encoding);
  set_found (self, HEADER, state->header);
  set_found (self, DECIMAL, state->decimal);
  set_found (self, ORDER, state->order);
  for (guint i = 1; i < G_N_ELEMENTS (delimiters); i++)
    if (plan->delimiter == delimiters[i])
      selected[DELIMITER] = i;
  selected[ENCODING] = find_encoding (plan->encoding);
  selected[HEADER] = plan->no_header ? 1 : plan->header_line > 0 ? (guint) plan->header_line + 1 : 0;
  selected[DECIMAL] = plan->decimal == '.' ? 1 : plan->decimal == ',' ? 2 : 0;
  for (guint i = 1; i < G_N_ELEMENTS (orders); i++)
    if (g_strcmp0 (plan->date_order, orders[i]) == 0)
      selected[ORDER] = i;
  for (guint i = 0; i < N_CHOICES; i++)
    {
      gtk_drop_down_set_selected (self->choices[i], selected[i]);
      gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->choices[i]), GTK_TYPE_FLOW_BOX_CHILD), visible[i]);
    }
}

static void
show (QdImportStep *step)
{
  QdImportGetStep *self = (QdImportGetStep *) step;
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  const QdInspection *inspection = qd_import_assistant_get_inspection (assistant);
  const GError *error = qd_import_assistant_get_error (assistant);
  QdFormat *format = qd_import_assistant_get_format (assistant);
  g_autoptr (QdImportGetState) state =
      qd_import_get_state_from_values (plan, inspection, error, qd_import_assistant_is_busy (assistant), format);
  g_autofree char *last = NULL;

  self->showing = TRUE;
  if (plan != NULL)
    {
      g_autofree char *base = g_filename_display_basename (plan->path);
      g_autofree char *text = *state->file != 0 ? g_strdup_printf ("%s, %s", base, state->file) : g_strdup (base);

      gtk_label_set_text (self->file, text);
      show_choices (self, plan, state);
    }
  switch (state->view)
    {
    case QD_IMPORT_GET_DROP:
      last = qd_import_assistant_dup_last_file (assistant);
      gtk_widget_set_visible (GTK_WIDGET (self->run_last), last != NULL);
      if (last != NULL)
        gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_last), last);
      gtk_stack_set_visible_child_name (self->views, "drop");
      break;
    case QD_IMPORT_GET_FAILED:
      {
        g_autofree char *text = g_markup_escape_text (error->message, -1);

        adw_status_page_set_title (self->failed, state->has_sheets ? _("This Sheet Cannot Be Read")
                                                                   : _("This File Cannot Be Read"));
        adw_status_page_set_description (self->failed, text);
        gtk_widget_set_visible (GTK_WIDGET (self->no_header), state->offers_no_header);
        gtk_stack_set_visible_child_name (self->views, "file");
        qd_import_preview_show_other (self->preview, GTK_WIDGET (self->failed));
      }
      break;
    case QD_IMPORT_GET_PREVIEW:
      gtk_stack_set_visible_child_name (self->views, "file");
      qd_import_preview_show (self->preview, inspection, plan, format);
      break;
    case QD_IMPORT_GET_BUSY:
    default:
      gtk_stack_set_visible_child_name (self->views, "file");
      break;
    }
  self->showing = FALSE;
}

static QdImportNext
get_next (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  g_autoptr (QdImportGetState) state = qd_import_get_state_from_values (
      qd_import_assistant_get_plan (assistant), qd_import_assistant_get_inspection (assistant),
      qd_import_assistant_get_error (assistant), qd_import_assistant_is_busy (assistant),
      qd_import_assistant_get_format (assistant));
  QdImportNext next = state->next;

  state->next = (QdImportNext) { FALSE, NULL, NULL };
  return next;
}

static GtkWidget *
get_focus (QdImportStep *step)
{
  QdImportGetStep *self = (QdImportGetStep *) step;

  if (qd_import_assistant_get_plan (qd_import_step_get_assistant (step)) == NULL)
    return GTK_WIDGET (self->choose);
  for (guint i = 0; i < HEADER; i++)
    if (gtk_widget_get_mapped (GTK_WIDGET (self->choices[i])))
      return GTK_WIDGET (self->choices[i]);
  return GTK_WIDGET (self->choices[HEADER]);
}

static void
selected_cb (GtkDropDown     *choice,
             GParamSpec      *pspec,
             QdImportGetStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  guint selected = gtk_drop_down_get_selected (choice);

  if (self->showing || plan == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (choice == self->choices[SHEET])
    {
      g_free (plan->sheet);
      plan->sheet = g_strdup (plan->sheets[selected]);
      plan->no_header = FALSE;
      plan->header_line = 0;
      plan->decimal = 0; /* its numbers may say it */
    }
  else if (choice == self->choices[DELIMITER])
    plan->delimiter = delimiters[selected];
  else if (choice == self->choices[ENCODING])
    {
      g_free (plan->encoding);
      plan->encoding = g_strdup (encodings[selected]);
    }
  else if (choice == self->choices[HEADER])
    {
      plan->no_header = selected == 1;
      plan->header_line = selected > 1 ? selected - 1 : 0;
    }
  else
    {
      if (choice == self->choices[DECIMAL])
        plan->decimal = decimals[selected];
      else
        {
          g_free (plan->date_order);
          plan->date_order = g_strdup (orders[selected]);
        }
      /* Only what the cells mean is another: nothing is read again for that. */
      g_ptr_array_set_size (plan->answers, 0);
      qd_import_step_show (QD_IMPORT_STEP (self));
      qd_import_assistant_update (assistant);
      return;
    }
  qd_import_assistant_reread (assistant);
}

static GtkWidget *
make_choice (QdImportGetStep   *self,
             guint              choice,
             const char        *title,
             const char *const *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new_with_mnemonic (title);
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  self->choices[choice] = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->choices[choice]));
  qd_names_set_drop_down (self->choices[choice], gtk_label_get_text (GTK_LABEL (label)));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->choices[choice]));
  g_signal_connect (self->choices[choice], "notify::selected", G_CALLBACK (selected_cb), self);
  return box;
}

static GtkWidget *
make_choices (QdImportGetStep *self)
{
  const char *const no_words[] = { NULL };
  const char *const delimiter_words[] = { _("Automatic"), _("Comma"), _("Semicolon"), _("Tab"), _("Vertical Bar"), NULL };
  const char *encoding_words[G_N_ELEMENTS (encodings) + 1] = { _("Automatic") };
  const char *const decimal_words[] = { _("Automatic"), _("Point: 1,234.56"), _("Comma: 1.234,56"), NULL };
  const char *const order_words[] = { _("Automatic"), _("Year, Month, Day"), _("Day, Month, Year"), _("Month, Day, Year"), NULL };
  g_autoptr (GPtrArray) header_words = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *boxes[N_CHOICES];

  for (guint i = 1; i < G_N_ELEMENTS (encodings); i++)
    encoding_words[i] = encodings[i];
  g_ptr_array_add (header_words, g_strdup (_("Automatic")));
  g_ptr_array_add (header_words, g_strdup (_("None")));
  for (guint i = 1; i <= MAX_HEADER_LINES; i++)
    g_ptr_array_add (header_words, g_strdup_printf (_("Line %u"), i));
  g_ptr_array_add (header_words, NULL);

  boxes[SHEET] = make_choice (self, SHEET, _("_Sheet"), no_words);
  boxes[DELIMITER] = make_choice (self, DELIMITER, _("Cells Parted _By"), delimiter_words);
  boxes[ENCODING] = make_choice (self, ENCODING, _("_Encoding"), encoding_words);
  boxes[HEADER] = make_choice (self, HEADER, _("Names of _Columns"), (const char *const *) header_words->pdata);
  boxes[DECIMAL] = make_choice (self, DECIMAL, _("Decimal _Sign"), decimal_words);
  boxes[ORDER] = make_choice (self, ORDER, _("_Dates"), order_words);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), N_CHOICES);
  for (guint i = 0; i < N_CHOICES; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), boxes[i]);
      gtk_widget_set_focusable (child, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How the file is read"), -1);
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), child, -1);
    }
  return flow;
}

static GtkWidget *
make_drop (QdImportGetStep *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->drop = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->drop, "document-open-symbolic");
  adw_status_page_set_title (self->drop, _("Drop a File Here"));
  adw_status_page_set_description (self->drop, _("An export of accounts, subscriptions, monthly revenue, movements, products "
                                                 "or exchange rates, as an Excel workbook, CSV or TSV. Nothing changes before you have seen "
                                                 "what the import will do."));
  self->choose = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Choose File…")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->choose), "import.choose-file");
  gtk_widget_add_css_class (GTK_WIDGET (self->choose), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->choose), "pill");
  self->run_last = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Run Last Import Again")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->run_last), "import.run-last");
  gtk_widget_add_css_class (GTK_WIDGET (self->run_last), "pill");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->choose));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->run_last));
  adw_status_page_set_child (self->drop, buttons);
  return GTK_WIDGET (self->drop);
}

static GtkWidget *
make_failed (QdImportGetStep *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *other = gtk_button_new_with_mnemonic (_("_Choose Another File…"));

  self->failed = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->failed, "dialog-warning-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (other), "import.choose-file");
  gtk_widget_add_css_class (other, "pill");
  self->no_header = GTK_BUTTON (gtk_button_new_with_mnemonic (_("Columns Have _No Names")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->no_header), "import.no-header");
  gtk_widget_add_css_class (GTK_WIDGET (self->no_header), "pill");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), other);
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->no_header));
  adw_status_page_set_child (self->failed, buttons);
  return GTK_WIDGET (self->failed);
}

static GtkWidget *
make_file (QdImportGetStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *other = gtk_button_new_with_mnemonic (_("Choose _Another…"));

  self->file = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_ellipsize (self->file, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->file, 0);
  gtk_label_set_selectable (self->file, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->file), "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->file), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (other), "import.choose-file");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->file));
  gtk_box_append (GTK_BOX (line), other);
  self->preview = qd_import_preview_new ();
  make_failed (self);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), make_choices (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  gtk_widget_add_css_class (box, "import-page");
  return box;
}

static void
qd_import_get_step_class_init (QdImportGetStepClass *klass)
{
  klass->show = show;
  klass->get_next = get_next;
  klass->get_focus = get_focus;
}

static void
qd_import_get_step_init (QdImportGetStep *self)
{
  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, make_drop (self), "drop");
  gtk_stack_add_named (self->views, make_file (self), "file");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->views));
}
