/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-assistant.h"

#include <glib/gi18n-lib.h>

#include "../../compat/qd-file-dialog.h"
#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-ui-state.h"
#include "../../widgets/qd-window-size.h"
#include "qd-import-step.h"
#include "qd-import-values.h"
#include "qd-import-work.h"

#define SHOW_PROGRESS_AFTER 400 /* ms */
#define LAST_IMPORT "last-import"
#define N_LAST 4
#define IMPORT "import"

struct _QdImportAssistant
{
  AdwWindow parent_instance;

  QdSession *session;
  QdImportPlan *plan;
  QdInspection *inspection;
  QdImportResult *result;      /* of the dry run, then of the import */
  QdImportEffect effect;
  GError *error;               /* why the last work failed */
  guint64 clashing;
  GPtrArray *clashing_names;

  QdImportStepId step;
  gboolean going;              /* the work that runs leads to the next step */
  gboolean new_file;           /* it has not been looked at yet */
  gboolean again;              /* the steps that ask nothing are passed */
  gboolean decided;            /* what texts are read as changed since the file was read */
  gboolean passing;            /* the file is read once more, and if that asks nothing new, tried */
  gboolean undone;
  QdJob *job;                  /* of the work that runs */
  QdImportWorkKind work_kind;
  guint serial;                /* of the work whose answer counts */
  guint show_progress;

  AdwWindowTitle *title;
  GtkButton *cancel, *back, *next;
  AdwToastOverlay *toasts;
  GtkStack *stack;             /* the steps, and "failed" */
  GtkWidget *steps[QD_IMPORT_N_STEPS];
  AdwStatusPage *failed;
  GtkWidget *bar, *progress_box;
  GtkProgressBar *progress;
  GtkLabel *status, *hint;
};

G_DEFINE_FINAL_TYPE (QdImportAssistant, qd_import_assistant, ADW_TYPE_WINDOW)

enum
{
  SAVE_REJECTED,
  IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void start (QdImportAssistant *self, QdImportWorkKind kind);
static void show_step (QdImportAssistant *self, QdImportStepId step);

static gboolean
is_committed (QdImportAssistant *self)
{
  return self->step == QD_IMPORT_RESULT;
}

static void
update_title (QdImportAssistant *self)
{
  g_autofree char *base = self->plan != NULL ? g_path_get_basename (self->plan->path) : NULL;
  g_autofree char *shown = base != NULL ? g_filename_display_name (base) : NULL;
  g_autofree char *title = shown != NULL ? g_strdup_printf (_("Import “%s”"), shown) : g_strdup (_("Import"));
  /* Translators: number of the step, number of steps, name of the step */
  g_autofree char *subtitle = g_strdup_printf (_("Step %d of %d: %s"), (int) self->step + 1, (int) QD_IMPORT_N_STEPS,
                                               qd_import_step_title (self->step));

  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Whether a step may be used while work runs: looking again and checking again hold nobody up. */
static gboolean
is_held_up (QdImportAssistant *self)
{
  return self->job != NULL && (self->going || self->work_kind == QD_IMPORT_COMMIT);
}

/**
 * qd_import_assistant_update:
 * @self: an assistant
 *
 * Shows whether one can go on from the present step, and back.
 */
void
qd_import_assistant_update (QdImportAssistant *self)
{
  g_auto (QdImportNext) next = qd_import_step_get_next (QD_IMPORT_STEP (self->steps[self->step]));
  gboolean failed = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0;
  gboolean can_next = next.can_next && !is_held_up (self) && !failed;

  gtk_button_set_label (self->next, next.next_label);
  gtk_button_set_use_underline (self->next, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->next), self->step != QD_IMPORT_GET || self->plan != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", can_next);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back",
                                 self->step > QD_IMPORT_GET && !is_committed (self) && !is_held_up (self));
  gtk_widget_set_visible (GTK_WIDGET (self->back), self->step > QD_IMPORT_GET && !is_committed (self));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), !is_committed (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.choose-file", !is_held_up (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !is_held_up (self));
  gtk_label_set_text (self->hint, next.hint != NULL && !failed ? next.hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), next.hint != NULL && !failed && self->job == NULL);
  gtk_widget_set_visible (self->bar, gtk_widget_get_visible (GTK_WIDGET (self->hint)) ||
                                         gtk_widget_get_visible (self->progress_box));
  update_title (self);
}

static void
show_failed (QdImportAssistant *self)
{
  g_autofree char *text = g_markup_escape_text (self->error->message, -1);

  adw_status_page_set_title (self->failed, self->work_kind == QD_IMPORT_COMMIT ? _("Nothing Was Imported")
                                                                               : _("This File Cannot Be Imported"));
  adw_status_page_set_description (self->failed, text);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_step (QdImportAssistant *self,
           QdImportStepId     step)
{
  GtkWidget *focus;
  gboolean moved = self->step != step || gtk_stack_get_visible_child (self->stack) != self->steps[step];

  self->step = step;
  qd_import_step_show (QD_IMPORT_STEP (self->steps[step]));
  gtk_stack_set_visible_child (self->stack, self->steps[step]);
  qd_import_assistant_update (self);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  /* while work held it up, nothing could take it */
  if (!moved && focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus))
    return;
  focus = qd_import_step_get_focus (QD_IMPORT_STEP (self->steps[step]));
  gtk_widget_grab_focus (focus != NULL ? focus : GTK_WIDGET (self->next));
}

static void
progress_cb (QdJob             *job,
             GParamSpec        *pspec,
             QdImportAssistant *self)
{
  g_autofree char *status = qd_job_dup_status (job);
  double fraction = qd_job_get_fraction (job);

  if (job != self->job)
    return;
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_label_set_text (self->status, status != NULL ? status : qd_job_get_title (job));
}

static gboolean
show_progress_cb (gpointer data)
{
  QdImportAssistant *self = data;

  self->show_progress = 0;
  if (self->job == NULL)
    return G_SOURCE_REMOVE;
  gtk_widget_set_visible (self->progress_box, TRUE);
  progress_cb (self->job, NULL, self);
  qd_import_assistant_update (self);
  return G_SOURCE_REMOVE;
}

static void
forget_job (QdImportAssistant *self)
{
  g_clear_handle_id (&self->show_progress, g_source_remove);
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  gtk_widget_set_visible (self->progress_box, FALSE);
}

static void
cancel_job (QdImportAssistant *self)
{
  if (self->job == NULL)
    return;
  qd_job_cancel (self->job);
  self->serial++;
  forget_job (self);
}

static void
remember_import (QdImportAssistant *self)
{
  const char *workspace = qd_workspace_get_path (qd_session_get_workspace (self->session));
  g_autofree char *key = g_filename_display_name (workspace);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n%s", self->plan->kind->name, self->plan->path,
                                           self->plan->source != NULL ? self->plan->source : "",
                                           self->plan->sheet != NULL ? self->plan->sheet : "");

  if (g_utf8_validate (text, -1, NULL))
    qd_ui_state_set_text (LAST_IMPORT, key, text);
}

static void
take_work (QdImportAssistant *self,
           QdImportWork      *work)
{
  if (work->inspection != NULL)
    {
      g_clear_pointer (&self->inspection, qd_inspection_free);
      self->inspection = g_steal_pointer (&work->inspection);
      if (work->kind == QD_IMPORT_LOOK)
        {
          /* The sheet of the last time is not there any more: somebody has to look which one it is now. */
          if (self->plan->sheet != NULL && self->inspection->sheets != NULL && self->inspection->sheets[1] != NULL &&
              g_strcmp0 (self->plan->sheet, self->inspection->sheet) != 0)
            self->again = FALSE;
          qd_import_plan_take_columns (self->plan, self->inspection);
        }
      else
        {
          qd_import_plan_take_questions (self->plan, self->inspection->questions);
          g_free (self->plan->digest);
          self->plan->digest = g_strdup (self->inspection->digest);
        }
    }
  if (work->result == NULL)
    return;
  if (work->result->clashing > 0)
    {
      self->clashing = work->result->clashing;
      g_ptr_array_set_size (self->clashing_names, 0);
    }
  for (guint i = 0; i < work->result->clashing_names->len; i++)
    g_ptr_array_add (self->clashing_names, g_strdup (work->result->clashing_names->pdata[i]));
  g_clear_pointer (&self->result, qd_import_result_free);
  self->result = g_steal_pointer (&work->result);
  self->effect = work->effect;
}

/* On from the present step, when it asks nothing. */
static void
pass (QdImportAssistant *self)
{
  g_auto (QdImportNext) next = qd_import_step_get_next (QD_IMPORT_STEP (self->steps[self->step]));

  self->passing = FALSE;
  if (next.can_next)
    gtk_widget_activate_action (GTK_WIDGET (self), "import.next", NULL);
}

static gboolean
asks (QdImportAssistant *self)
{
  QdSnapshot *snapshot = qd_session_get_snapshot (self->session);
  gboolean in_doubt = FALSE;

  for (guint i = 0; i < self->inspection->values->len; i++)
    in_doubt = in_doubt || qd_import_values_in_doubt (self->inspection->values->pdata[i]);
  return qd_import_ask_has_questions (self->plan, in_doubt, self->clashing,
                                      snapshot != NULL ? qd_snapshot_get_imports (snapshot) : NULL);
}

/* Where what was found leads to. */
static void
go_on (QdImportAssistant *self,
       QdImportWorkKind   kind)
{
  gboolean going = self->going;

  self->going = FALSE;
  switch (kind)
    {
    case QD_IMPORT_LOOK:
      show_step (self, self->step);
      if (self->new_file) /* Return goes on; later the focus stays on the way of reading that the person tries */
        gtk_widget_grab_focus (GTK_WIDGET (self->next));
      self->new_file = FALSE;
      break;
    case QD_IMPORT_READ:
      self->decided = FALSE;
      show_step (self, going ? QD_IMPORT_ASK : self->step);
      if (self->passing || (going && !self->again && !asks (self)))
        pass (self);
      break;
    case QD_IMPORT_TRY:
      if (going)
        show_step (self, self->result->rejected > 0 ? QD_IMPORT_CHECK : QD_IMPORT_EFFECT);
      else
        show_step (self, self->step);
      break;
    case QD_IMPORT_COMMIT:
    default:
      self->again = FALSE;
      if (self->result->batch > 0)
        remember_import (self);
      show_step (self, QD_IMPORT_RESULT);
      break;
    }
  if (self->again && self->step < QD_IMPORT_EFFECT)
    {
      g_auto (QdImportNext) next = qd_import_step_get_next (QD_IMPORT_STEP (self->steps[self->step]));

      self->again = next.can_next && self->step != QD_IMPORT_CHECK;
      if (self->again)
        gtk_widget_activate_action (GTK_WIDGET (self), "import.next", NULL);
    }
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdImportWork) work = qd_import_work_finish (result, &error);

  if (GPOINTER_TO_UINT (data) != self->serial)
    return;
  forget_job (self);
  take_work (self, work);
  if (error == NULL)
    {
      go_on (self, work->kind);
      return;
    }
  self->going = FALSE;
  self->again = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (work->kind == QD_IMPORT_COMMIT)
        qd_import_assistant_tell (self, _("Import stopped: nothing was imported"));
      show_step (self, self->step);
      return;
    }
  if (g_error_matches (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORM))
    {
      g_clear_pointer (&self->result, qd_import_result_free);
      self->plan->clash = QD_PLAN_CLASH_OPEN;
      show_step (self, QD_IMPORT_ASK);
      return;
    }
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (work->kind != QD_IMPORT_LOOK)
    show_failed (self);
  else
    {
      g_clear_pointer (&self->inspection, qd_inspection_free);
      qd_import_step_show (QD_IMPORT_STEP (self->steps[self->step]));
    }
  qd_import_assistant_update (self);
}

static const char *
get_job_title (QdImportWorkKind kind)
{
  return kind == QD_IMPORT_COMMIT ? _("Importing") : kind == QD_IMPORT_TRY ? _("Checking the rows") : _("Reading the file");
}

static void
start (QdImportAssistant *self,
       QdImportWorkKind   kind)
{
  cancel_job (self);
  g_clear_error (&self->error);
  self->work_kind = kind;
  self->job = qd_job_new (get_job_title (kind), NULL);
  g_signal_connect (self->job, "notify", G_CALLBACK (progress_cb), self);
  self->show_progress = g_timeout_add (SHOW_PROGRESS_AFTER, show_progress_cb, self);
  qd_import_work_async (G_OBJECT (self), qd_session_get_workspace (self->session), kind, self->plan, self->job, worked_cb,
                        GUINT_TO_POINTER (self->serial));
  qd_import_assistant_update (self);
}

static void
open_path (QdImportAssistant *self,
           const char        *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  qd_ui_state_set_text (IMPORT, "folder", folder);
  cancel_job (self);
  g_clear_pointer (&self->plan, qd_import_plan_free);
  g_clear_pointer (&self->inspection, qd_inspection_free);
  g_clear_pointer (&self->result, qd_import_result_free);
  self->clashing = 0;
  self->going = FALSE;
  self->again = FALSE;
  self->undone = FALSE;
  self->plan = qd_import_plan_new (path);
  self->new_file = TRUE;
  start (self, QD_IMPORT_LOOK);
  show_step (self, QD_IMPORT_GET);
}

/**
 * qd_import_assistant_reread:
 * @self: an assistant with a file
 *
 * The file is to be read in another way: everything that was found and decided
 * about its columns is gone.
 */
void
qd_import_assistant_reread (QdImportAssistant *self)
{
  qd_import_plan_forget_columns (self->plan);
  self->plan->kind = NULL;
  self->clashing = 0;
  start (self, QD_IMPORT_LOOK);
}

/**
 * qd_import_assistant_choose_kind:
 * @self: an assistant with a file
 * @kind: the kind of data
 *
 * The rows are of another kind, or their columns are to be matched again.
 */
void
qd_import_assistant_choose_kind (QdImportAssistant *self,
                                 const QdKind      *kind)
{
  qd_import_plan_forget_columns (self->plan);
  self->plan->kind = kind;
  self->clashing = 0;
  start (self, QD_IMPORT_LOOK);
}

/**
 * qd_import_assistant_decide_values:
 * @self: an assistant at the step that asks
 *
 * What texts are read as has changed: the file is read once more before its
 * rows are tried.
 */
void
qd_import_assistant_decide_values (QdImportAssistant *self)
{
  self->decided = TRUE;
  qd_import_assistant_update (self);
}

/**
 * qd_import_assistant_recheck:
 * @self: an assistant at the step of checking
 *
 * Cells were corrected: checks the rows once more, while the person goes on.
 */
void
qd_import_assistant_recheck (QdImportAssistant *self)
{
  if (self->step == QD_IMPORT_CHECK && self->plan != NULL) /* else they are checked on the way here */
    start (self, QD_IMPORT_TRY);
}

/* Actions */

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);
  g_autoptr (QdImportEffectState) state = NULL;

  switch (self->step)
    {
    case QD_IMPORT_GET:
    case QD_IMPORT_KIND:
      /* What the columns say by themselves is not asked; the step Columns names it, and Back leads to it. */
      show_step (self, self->step == QD_IMPORT_KIND || (self->job == NULL && self->inspection != NULL &&
                                                          qd_import_kind_is_certain (self->inspection))
                           ? QD_IMPORT_MAP
                           : QD_IMPORT_KIND);
      if (self->again && self->job == NULL)
        gtk_widget_activate_action (widget, "import.next", NULL);
      break;
    case QD_IMPORT_MAP:
      self->going = TRUE;
      self->passing = FALSE;
      start (self, QD_IMPORT_READ);
      break;
    case QD_IMPORT_ASK:
      self->going = TRUE;
      /* What a word means may decide what was open, and leave open what was not. */
      self->passing = self->decided;
      start (self, self->decided ? QD_IMPORT_READ : QD_IMPORT_TRY);
      break;
    case QD_IMPORT_CHECK:
      show_step (self, QD_IMPORT_EFFECT);
      break;
    case QD_IMPORT_EFFECT:
      state = qd_import_effect_state_from_values (self->result, &self->effect, FALSE,
                                                  qd_import_assistant_get_format (self));
      if (state->nothing_changes)
        gtk_window_close (GTK_WINDOW (self));
      else
        start (self, QD_IMPORT_COMMIT);
      break;
    case QD_IMPORT_RESULT:
    case QD_IMPORT_N_STEPS:
    default:
      gtk_window_close (GTK_WINDOW (self));
      break;
    }
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);
  gboolean failed = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0;
  QdImportStepId step = self->step;

  if (self->step == QD_IMPORT_GET || is_committed (self) || is_held_up (self))
    return;
  cancel_job (self);
  g_clear_error (&self->error);
  if (!failed)
    {
      step--;
      if (step == QD_IMPORT_CHECK && (self->result == NULL || self->result->rejected == 0) &&
          qd_fixes_get_n_cells (self->plan->fixes) + qd_fixes_get_n_rules (self->plan->fixes) == 0)
        step--;
    }
  show_step (self, step);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);

  /* The first Cancel of an import that runs stops it; there is still something to look at. */
  if (self->job != NULL && (self->work_kind == QD_IMPORT_COMMIT || self->going))
    qd_job_cancel (self->job);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdImportAssistant) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    open_path (self, path);
}

static void
choose_file_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);
  g_autofree char *folder = qd_ui_state_dup_text (IMPORT, "folder"); /* exports come in one folder, one after the other */
  const QdFileDialog dialog = {
    .title = _("Choose a File to Import"),
    .accept = _("_Open"),
    .folder = folder,
    .filter_name = _("Tables (Excel, CSV, TSV)"),
    .patterns = "*.xlsx *.xlsm *.csv *.tsv *.txt *.tab *.XLSX *.XLSM *.CSV *.TSV *.TXT",
  };

  qd_file_dialog_open_async (&dialog, GTK_WINDOW (self), chosen_cb, g_object_ref (self));
}

static void
open_file_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  if (!is_held_up (QD_IMPORT_ASSISTANT (widget)))
    open_path (QD_IMPORT_ASSISTANT (widget), g_variant_get_string (parameter, NULL));
}

/* What remember_import() has written: kind, path, source, sheet. */
static char **
get_last (QdImportAssistant *self)
{
  g_autofree char *key = g_filename_display_name (qd_workspace_get_path (qd_session_get_workspace (self->session)));
  g_autofree char *text = qd_ui_state_dup_text (LAST_IMPORT, key);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "\n", N_LAST) : NULL;

  if (parts == NULL || g_strv_length (parts) < N_LAST - 1 || /* of the sheet older ones know nothing */
      !g_file_test (parts[1], G_FILE_TEST_IS_REGULAR) ||
      qd_kind_find (parts[0], NULL) == NULL)
    return NULL;
  return g_steal_pointer (&parts);
}

static void
run_last_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);
  g_auto (GStrv) last = get_last (self);

  if (last == NULL)
    return;
  open_path (self, last[1]);
  self->plan->source = *last[2] != 0 ? g_strdup (last[2]) : NULL;
  self->plan->sheet = last[3] != NULL && *last[3] != 0 ? g_strdup (last[3]) : NULL;
  self->again = TRUE;
  qd_import_assistant_choose_kind (self, qd_kind_find (last[0], NULL));
}

static void
no_header_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);

  if (self->plan == NULL)
    return;
  self->plan->no_header = TRUE;
  qd_import_assistant_reread (self);
}

static void
save_rejected_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  g_signal_emit (widget, signals[SAVE_REJECTED], 0);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gint64 batch = is_committed (self) && self->result != NULL ? self->result->batch : 0;

  if (batch == 0 || parent == NULL)
    return;
  self->undone = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.undo-import", "x", batch);
  gtk_window_close (GTK_WINDOW (self));
}

static void
overview_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (widget);

  qd_session_go (self->session, "overview", NULL, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
qd_import_assistant_close_request (GtkWindow *window)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (window);

  /* An import that runs is stopped first; what it did until then is nothing. */
  if (qd_import_assistant_get_import (self) != NULL)
    {
      qd_job_cancel (self->job);
      return TRUE;
    }
  cancel_job (self);
  if (is_committed (self) && self->result != NULL && self->result->batch > 0 && !self->undone)
    g_signal_emit (self, signals[IMPORTED], 0, self->result->batch, self->result->imported + self->result->merged);
  return GTK_WINDOW_CLASS (qd_import_assistant_parent_class)->close_request (window);
}

/* Work may hold it longer than its parent lives, which GTK 4.8 would then ask. */
static void
qd_import_assistant_unrealize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (qd_import_assistant_parent_class)->unrealize (widget);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);
}

static void
qd_import_assistant_dispose (GObject *object)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (object);

  if (self->job != NULL)
    {
      qd_job_cancel (self->job);
      self->serial++;
      g_signal_handlers_disconnect_by_data (self->job, self);
      g_clear_object (&self->job);
    }
  g_clear_handle_id (&self->show_progress, g_source_remove);
  G_OBJECT_CLASS (qd_import_assistant_parent_class)->dispose (object);
}

static void
qd_import_assistant_finalize (GObject *object)
{
  QdImportAssistant *self = QD_IMPORT_ASSISTANT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->plan, qd_import_plan_free);
  g_clear_pointer (&self->inspection, qd_inspection_free);
  g_clear_pointer (&self->result, qd_import_result_free);
  g_clear_pointer (&self->clashing_names, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (qd_import_assistant_parent_class)->finalize (object);
}

static void
qd_import_assistant_class_init (QdImportAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_import_assistant_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_import_assistant_finalize;
  widget_class->unrealize = qd_import_assistant_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = qd_import_assistant_close_request;
  signals[SAVE_REJECTED] = g_signal_new ("save-rejected", QD_TYPE_IMPORT_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[IMPORTED] = g_signal_new ("imported", QD_TYPE_IMPORT_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_UINT64);

  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.choose-file", NULL, choose_file_action);
  gtk_widget_class_install_action (widget_class, "import.open-file", "s", open_file_action);
  gtk_widget_class_install_action (widget_class, "import.run-last", NULL, run_last_action);
  gtk_widget_class_install_action (widget_class, "import.no-header", NULL, no_header_action);
  gtk_widget_class_install_action (widget_class, "import.save-rejected", NULL, save_rejected_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.overview", NULL, overview_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "import.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "import.choose-file", NULL);
}

static gboolean
drop_cb (GtkDropTarget     *target,
         const GValue      *value,
         double             x,
         double             y,
         QdImportAssistant *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path == NULL || is_held_up (self) || is_committed (self))
    return FALSE;
  open_path (self, path);
  if (files->next != NULL)
    qd_import_assistant_tell (self, _("One file at a time: drop the others after this import."));
  return TRUE;
}

static GtkWidget *
make_header (QdImportAssistant *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->cancel = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Cancel")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "import.cancel");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cancel), _("Close without importing (Escape)"));
  self->back = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Back")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "import.back");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->back), _("Previous step (Alt+Left)"));
  self->next = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Next")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "import.next");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next), _("Next step (Ctrl+Enter)"));
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->cancel));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->back));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->next));
  return header;
}

/* Below: what is missing, or how far the work is. */
static GtkWidget *
make_bar (QdImportAssistant *self)
{
  GtkWidget *stop = gtk_button_new_with_mnemonic (_("_Stop"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->bar, "import-bar");
  self->hint = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_xalign (self->hint, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->hint), TRUE);
  self->progress_box = box;
  gtk_widget_set_hexpand (box, TRUE);
  self->status = GTK_LABEL (gtk_label_new (""));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (stop), "import.cancel");
  gtk_widget_set_visible (box, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), stop);
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (self->bar), box);
  return self->bar;
}

static void
qd_import_assistant_init (QdImportAssistant *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->clashing_names = g_ptr_array_new_with_free_func (g_free);
  self->effect.as_of_before = self->effect.as_of_after = QD_MONTH_NONE;
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  qd_dialog_add_quit_key (GTK_WINDOW (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 400);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->failed = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->failed, "dialog-warning-symbolic");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed), "failed");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (outer), make_header (self));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->toasts));
  gtk_box_append (GTK_BOX (outer), make_bar (self));
  adw_window_set_content (ADW_WINDOW (self), outer);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static void
make_steps (QdImportAssistant *self)
{
  const struct
  {
    GType (*get_type) (void);
    const char *name;
  } types[QD_IMPORT_N_STEPS] = {
    { qd_import_get_step_get_type, "get" },       { qd_import_kind_step_get_type, "kind" },
    { qd_import_map_step_get_type, "map" },       { qd_import_ask_step_get_type, "ask" },
    { qd_import_check_step_get_type, "check" },   { qd_import_effect_step_get_type, "effect" },
    { qd_import_result_step_get_type, "result" },
  };

  for (guint i = 0; i < QD_IMPORT_N_STEPS; i++)
    {
      self->steps[i] = g_object_new (types[i].get_type (), "assistant", self, "name", types[i].name, NULL);
      gtk_stack_add_named (self->stack, self->steps[i], types[i].name);
    }
}

/**
 * qd_import_assistant_new:
 * @parent: the window of the workspace
 * @session: its session
 * @path: (nullable): the file; `NULL`: the person chooses one
 *
 * Returns: (transfer none): an assistant; present it. It belongs to GTK, as
 *   windows do
 */
QdImportAssistant *
qd_import_assistant_new (GtkWindow  *parent,
                         QdSession  *session,
                         const char *path)
{
  QdImportAssistant *self = g_object_new (QD_TYPE_IMPORT_ASSISTANT, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  qd_window_set_size (GTK_WINDOW (self), 940, 640);
  make_steps (self);
  if (path != NULL)
    open_path (self, path);
  else
    show_step (self, QD_IMPORT_GET);
  return self;
}

/**
 * qd_import_assistant_get_step:
 * @self: an assistant
 *
 * Returns: the step that is seen
 */
QdImportStepId
qd_import_assistant_get_step (QdImportAssistant *self)
{
  return self->step;
}

/**
 * qd_import_assistant_is_busy:
 * @self: an assistant
 *
 * Returns: whether a worker is at it
 */
gboolean
qd_import_assistant_is_busy (QdImportAssistant *self)
{
  return self->job != NULL;
}

/**
 * qd_import_assistant_get_import:
 * @self: an assistant
 *
 * Returns: (transfer none) (nullable): what brings the rows into the workspace, as long as it runs
 */
QdJob *
qd_import_assistant_get_import (QdImportAssistant *self)
{
  return self->work_kind == QD_IMPORT_COMMIT && self->job != NULL && qd_job_get_state (self->job) == QD_JOB_RUNNING
             ? self->job
             : NULL;
}

/**
 * qd_import_assistant_get_session:
 * @self: an assistant
 *
 * Returns: (transfer none): the session that it imports into
 */
QdSession *
qd_import_assistant_get_session (QdImportAssistant *self)
{
  return self->session;
}

/**
 * qd_import_assistant_dup_plan:
 * @self: an assistant
 *
 * Returns: (transfer full) (nullable): a copy of what is decided
 */
QdImportPlan *
qd_import_assistant_dup_plan (QdImportAssistant *self)
{
  return self->plan != NULL ? qd_import_plan_copy (self->plan) : NULL;
}

/**
 * qd_import_assistant_tell:
 * @self: an assistant
 * @text: what happened; not markup
 *
 * Says that something happened.
 *
 * Returns: `FALSE`: the assistant was closed, nobody reads it there
 */
gboolean
qd_import_assistant_tell (QdImportAssistant *self,
                          const char        *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
  return TRUE;
}

/* For the steps */

QdImportPlan *
qd_import_assistant_get_plan (QdImportAssistant *self)
{
  return self->plan;
}

const QdInspection *
qd_import_assistant_get_inspection (QdImportAssistant *self)
{
  return self->inspection;
}

const GError *
qd_import_assistant_get_error (QdImportAssistant *self)
{
  return self->error;
}

const QdImportResult *
qd_import_assistant_get_result (QdImportAssistant *self)
{
  return self->result;
}

const QdImportEffect *
qd_import_assistant_get_effect (QdImportAssistant *self)
{
  return &self->effect;
}

guint64
qd_import_assistant_get_clashing (QdImportAssistant *self,
                                  const GPtrArray  **names)
{
  if (names != NULL)
    *names = self->clashing_names;
  return self->clashing;
}

QdFormat *
qd_import_assistant_get_format (QdImportAssistant *self)
{
  return qd_session_get_format (self->session);
}

/**
 * qd_import_assistant_dup_last_file:
 * @self: an assistant
 *
 * Returns: (transfer full) (nullable): name of the file that was imported last
 *   into this workspace, if it is still there
 */
char *
qd_import_assistant_dup_last_file (QdImportAssistant *self)
{
  g_auto (GStrv) last = get_last (self);

  return last != NULL ? g_filename_display_basename (last[1]) : NULL;
}
