/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-page.h"

#include <glib/gi18n-lib.h>

#include "../../data/metrics/qd-drill.h"
#include "../widgets/qd-actionable.h"
#include "../widgets/qd-template.h"

/* Work that is done sooner than this is not talked about. */
#define BUSY_AFTER_MS 1000

typedef struct
{
  QdSession *session;
  char *detail;
  char *state;             /* to restore after the next show() */

  GtkStack *stack;         /* "content", "message" */
  GtkRevealer *busy;
  GtkSpinner *spinner;
  GtkLabel *busy_label;
  GtkProgressBar *progress;
  AdwStatusPage *message;
  GtkButton *message_button;

  const char *empty_icon, *empty_title, *empty_description, *empty_button, *empty_action;

  gulong changed_handler;
  gboolean stale;
  QdJob *job;
  guint busy_source;
  gpointer result;
  QdSnapshot *snapshot;    /* that of the result */
} QdPagePrivate;

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_DETAIL,
  N_PROPS,
};

enum
{
  TITLE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void qd_page_buildable_init (GtkBuildableIface *iface);
static void start (QdPage *self);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (QdPage, qd_page, ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (QdPage)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, qd_page_buildable_init))

static void
stop (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  g_clear_handle_id (&priv->busy_source, g_source_remove);
  if (priv->job != NULL)
    {
      g_signal_handlers_disconnect_by_data (priv->job, self);
      qd_job_cancel (priv->job);
      g_clear_object (&priv->job);
    }
  gtk_spinner_stop (priv->spinner);
  gtk_revealer_set_reveal_child (priv->busy, FALSE);
}

static void
forget_result (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  if (priv->result != NULL && klass->result_free != NULL)
    klass->result_free (priv->result);
  priv->result = NULL;
  g_clear_pointer (&priv->snapshot, qd_snapshot_unref);
}

static void
say (QdPage     *self,
     const char *icon_name,
     const char *title,
     const char *description,
     const char *button,
     const char *action)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_icon_name (priv->message, icon_name);
  adw_status_page_set_title (priv->message, title);
  adw_status_page_set_description (priv->message, escaped);
  gtk_widget_set_visible (GTK_WIDGET (priv->message_button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (priv->message_button, button);
      qd_actionable_set_action (GTK_ACTIONABLE (priv->message_button), action);
    }
  gtk_stack_set_visible_child_name (priv->stack, "message");
}

static void
say_empty (QdPage   *self,
           gboolean  no_revenue)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  /* Filters choose customers: they leave no trace in pages that need none. */
  if (!no_revenue && QD_PAGE_GET_CLASS (self)->needs_revenue && qd_view_is_filtered (qd_session_get_view (priv->session)))
    say (self, "edit-find-symbolic", _("Nothing Matches the Filter"),
         _("No customer in this workspace fits all of the filters."), _("_Clear Filters"), "win.clear-filters");
  else
    say (self, priv->empty_icon, _(priv->empty_title), _(priv->empty_description),
         priv->empty_button != NULL ? _(priv->empty_button) : NULL, priv->empty_action);
}

/* A result, and the snapshot that it was made from, on their way to the main thread. */
typedef struct
{
  gpointer result;
  GDestroyNotify result_free;
  QdSnapshot *snapshot;
  gboolean no_revenue;
} QdPageAnswer;

typedef struct
{
  QdPageClass *klass;
  char *detail;
} QdPageQuestion;

static void
free_answer (gpointer data)
{
  QdPageAnswer *answer = data;

  if (answer->result != NULL && answer->result_free != NULL)
    answer->result_free (answer->result);
  g_clear_pointer (&answer->snapshot, qd_snapshot_unref);
  g_free (answer);
}

static void
free_question (gpointer data)
{
  QdPageQuestion *question = data;

  g_free (question->detail);
  g_free (question);
}

static gpointer
compute (QdSnapshot *snapshot,
         gpointer    input,
         QdJob      *job,
         GError    **error)
{
  const QdPageQuestion *question = input;
  QdPageAnswer *answer = g_new0 (QdPageAnswer, 1);

  answer->result_free = question->klass->result_free;
  answer->snapshot = qd_snapshot_ref (snapshot);
  if (question->klass->needs_revenue && !qd_snapshot_has_revenue (snapshot))
    {
      answer->no_revenue = TRUE;
      return answer;
    }
  answer->result = question->klass->compute (snapshot, question->detail, job, error);
  if (answer->result == NULL)
    {
      free_answer (answer);
      return NULL;
    }
  return answer;
}

static void
say_title_changed (QdPage *self)
{
  g_signal_emit (self, signals[TITLE_CHANGED], 0);
}

/* That the data are the sample's is said once, by the window; while that says something else, by the chart. */
static void
show_content (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);
  QdChartView *chart = klass->get_chart != NULL ? klass->get_chart (self) : NULL;
  QdStore *store = qd_workspace_get_store (qd_snapshot_get_workspace (priv->snapshot));

  if (chart != NULL)
    qd_chart_view_set_source_visible (chart, !qd_book_is_sample (qd_snapshot_get_book (priv->snapshot)) ||
                                                 qd_store_is_read_only (store));
  klass->show (self, priv->snapshot, priv->result);
}

static void
show_answer (QdPage       *self,
             QdPageAnswer *answer)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);
  gpointer old = priv->result;
  QdSnapshot *old_snapshot = priv->snapshot;

  priv->result = g_steal_pointer (&answer->result);
  priv->snapshot = g_steal_pointer (&answer->snapshot);
  if (answer->no_revenue || (klass->is_empty != NULL && klass->is_empty (self, priv->result)))
    {
      say_empty (self, answer->no_revenue);
    }
  else
    {
      show_content (self);
      gtk_stack_set_visible_child_name (priv->stack, "content");
      if (priv->state != NULL)
        {
          g_autofree char *state = g_steal_pointer (&priv->state);

          if (klass->restore_state != NULL)
            klass->restore_state (self, state);
        }
    }
  if (old != NULL && klass->result_free != NULL)
    klass->result_free (old);
  g_clear_pointer (&old_snapshot, qd_snapshot_unref);
  say_title_changed (self);
}

/* Who asked. A page that goes away meanwhile is not kept for it. */
typedef struct
{
  GWeakRef page;
  QdJob *job;
} QdPageAsker;

static QdPageAsker *
make_asker (QdPage *self,
            QdJob  *job)
{
  QdPageAsker *asker = g_new0 (QdPageAsker, 1);

  g_weak_ref_init (&asker->page, self);
  asker->job = g_object_ref (job);
  return asker;
}

static void
free_asker (QdPageAsker *asker)
{
  g_weak_ref_clear (&asker->page);
  g_object_unref (asker->job);
  g_free (asker);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdPageAsker, free_asker)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdPageAnswer, free_answer)

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (QdPageAsker) asker = data;
  g_autoptr (QdPage) self = g_weak_ref_get (&asker->page);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdPageAnswer) answer = qd_session_compute_finish (QD_SESSION (source), result, &error);

  /* a newer question has taken the place of this one */
  if (self == NULL || ((QdPagePrivate *) qd_page_get_instance_private (self))->job != asker->job)
    return;
  stop (self);
  if (answer != NULL)
    show_answer (self, answer);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, "process-stop-symbolic", _("Stopped"), _("The figures of this page were not computed."),
         _("_Compute Again"), "page.refresh");
  else
    say (self, "dialog-error-symbolic", _("This Page Cannot Be Shown"), error->message, _("_Try Again"), "page.refresh");
}

static void
show_progress (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  g_autofree char *status = qd_job_dup_status (priv->job);
  double fraction = qd_job_get_fraction (priv->job);

  gtk_label_set_label (priv->busy_label, status != NULL && *status != '\0' ? status : _("Computing…"));
  gtk_widget_set_visible (GTK_WIDGET (priv->progress), fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (priv->progress, fraction);
}

static gboolean
busy_cb (gpointer data)
{
  QdPage *self = data;
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  priv->busy_source = 0;
  show_progress (self);
  gtk_spinner_start (priv->spinner);
  gtk_revealer_set_reveal_child (priv->busy, TRUE);
  return G_SOURCE_REMOVE;
}

static void
start (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageQuestion *question;

  priv->stale = FALSE;
  stop (self);
  question = g_new0 (QdPageQuestion, 1);
  question->klass = QD_PAGE_GET_CLASS (self);
  question->detail = g_strdup (priv->detail);
  priv->job = qd_job_new (_("Computing"), NULL);
  g_signal_connect_swapped (priv->job, "notify::status", G_CALLBACK (show_progress), self);
  priv->busy_source = g_timeout_add (BUSY_AFTER_MS, busy_cb, self);
  qd_session_compute_async (priv->session, compute, question, free_question, free_answer, priv->job, computed_cb,
                            make_asker (self, priv->job));
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  start (QD_PAGE (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  QdPagePrivate *priv = qd_page_get_instance_private (QD_PAGE (widget));

  if (priv->job != NULL)
    qd_job_cancel (priv->job);
}

static void
qd_page_map (GtkWidget *widget)
{
  QdPagePrivate *priv = qd_page_get_instance_private (QD_PAGE (widget));

  GTK_WIDGET_CLASS (qd_page_parent_class)->map (widget);
  if (priv->stale)
    start (QD_PAGE (widget));
}

static void
qd_page_add_child (GtkBuildable *buildable,
                   GtkBuilder   *builder,
                   GObject      *child,
                   const char   *type)
{
  QdPagePrivate *priv = qd_page_get_instance_private (QD_PAGE (buildable));

  if (type == NULL && GTK_IS_WIDGET (child))
    gtk_stack_add_named (priv->stack, GTK_WIDGET (child), "content");
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
qd_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = qd_page_add_child;
}

/* What a screen reader says of the whole page. */
static void
name_page (QdPage *self)
{
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  for (guint i = 0; i < n; i++)
    if (pages[i].get_type () == G_OBJECT_TYPE (self))
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(pages[i].title), -1);
}

static void
qd_page_constructed (GObject *object)
{
  QdPage *self = QD_PAGE (object);
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  G_OBJECT_CLASS (qd_page_parent_class)->constructed (object);
  g_return_if_fail (priv->session != NULL);
  name_page (self);
  priv->changed_handler = g_signal_connect_swapped (priv->session, "changed", G_CALLBACK (qd_page_refresh), self);
}

static void
qd_page_dispose (GObject *object)
{
  QdPage *self = QD_PAGE (object);
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  if (priv->changed_handler != 0)
    {
      stop (self);
      g_clear_signal_handler (&priv->changed_handler, priv->session);
    }
  if (QD_PAGE_GET_CLASS (self)->has_template)
    gtk_widget_dispose_template (GTK_WIDGET (self), G_OBJECT_TYPE (self));
  G_OBJECT_CLASS (qd_page_parent_class)->dispose (object);
}

static void
qd_page_finalize (GObject *object)
{
  QdPage *self = QD_PAGE (object);
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  forget_result (self);
  g_free (priv->detail);
  g_free (priv->state);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (qd_page_parent_class)->finalize (object);
}

static void
qd_page_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  QdPagePrivate *priv = qd_page_get_instance_private (QD_PAGE (object));

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, priv->detail);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_page_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  QdPagePrivate *priv = qd_page_get_instance_private (QD_PAGE (object));

  switch (prop_id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_DETAIL:
      qd_page_set_detail (QD_PAGE (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_page_class_init (QdPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qd_page_constructed;
  object_class->dispose = qd_page_dispose;
  object_class->finalize = qd_page_finalize;
  object_class->get_property = qd_page_get_property;
  object_class->set_property = qd_page_set_property;
  widget_class->map = qd_page_map;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  klass->needs_revenue = TRUE;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, QD_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, "",
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY |
                                                     G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TITLE_CHANGED] =
      g_signal_new ("title-changed", QD_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.cancel", NULL, cancel_action);
}

static void
qd_page_init (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  priv->stale = TRUE;
  priv->empty_icon = "document-open-symbolic";
  priv->empty_title = N_("No Revenue Yet");
  priv->empty_description = N_("This page fills once subscriptions, monthly revenue or movements are imported.");
  priv->empty_button = N_("_Import…");
  priv->empty_action = "win.import";

  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (priv->stack, FALSE);
  gtk_stack_set_vhomogeneous (priv->stack, FALSE);
  priv->message = ADW_STATUS_PAGE (adw_status_page_new ());
  priv->message_button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (priv->message_button, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (priv->message_button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (priv->message_button), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (priv->message_button), "suggested-action");
  adw_status_page_set_child (priv->message, GTK_WIDGET (priv->message_button));
  gtk_stack_add_named (priv->stack, adw_bin_new (), "blank");
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->message), "message");

  priv->spinner = GTK_SPINNER (gtk_spinner_new ());
  priv->busy_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Computing"), -1);
  priv->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_widget_set_valign (GTK_WIDGET (priv->progress), GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "page.cancel");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->spinner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->busy_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->progress));
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_widget_add_css_class (box, "osd");
  gtk_widget_add_css_class (box, "busy-box");
  priv->busy = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (priv->busy, box);
  gtk_widget_set_halign (GTK_WIDGET (priv->busy), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (priv->busy), GTK_ALIGN_START);

  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (priv->stack));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (priv->busy));
  adw_bin_set_child (ADW_BIN (self), overlay);
}

QdSession *
qd_page_get_session (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return priv->session;
}

const char *
qd_page_get_detail (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return priv->detail;
}

/**
 * qd_page_set_detail:
 * @self: a page
 * @detail: (nullable): its tab, mode or drill; `NULL`: none
 *
 * Shows another detail, computing it anew.
 */
void
qd_page_set_detail (QdPage     *self,
                    const char *detail)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  if (detail == NULL)
    detail = "";
  if (g_strcmp0 (priv->detail, detail) == 0)
    return;
  g_free (priv->detail);
  priv->detail = g_strdup (detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  qd_page_refresh (self);
  say_title_changed (self);
}

void
qd_page_class_set_template (QdPageClass *klass,
                            const char  *name)
{
  qd_template_set (GTK_WIDGET_CLASS (klass), name);
  klass->has_template = TRUE;
}

char *
qd_page_dup_title (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  return klass->dup_title != NULL ? klass->dup_title (self) : NULL;
}

char *
qd_page_dup_period (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  return klass->dup_period != NULL ? klass->dup_period (self) : NULL;
}

char *
qd_page_save_state (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  return klass->save_state != NULL && priv->result != NULL ? klass->save_state (self) : NULL;
}

/**
 * qd_page_restore_state:
 * @self: a page
 * @state: what qd_page_save_state() gave
 *
 * Brings selection and scroll back, once what the page is to show is there.
 */
void
qd_page_restore_state (QdPage     *self,
                       const char *state)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  g_clear_pointer (&priv->state, g_free);
  if (klass->restore_state == NULL || state == NULL)
    return;
  if (priv->result != NULL && !priv->stale && priv->job == NULL)
    klass->restore_state (self, state);
  else
    priv->state = g_strdup (state);
}

static QdChartView *
find_focused_chart (QdPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (widget == NULL || !gtk_widget_is_ancestor (widget, GTK_WIDGET (self)))
    return NULL;
  return QD_CHART_VIEW (QD_IS_CHART_VIEW (widget) ? widget : gtk_widget_get_ancestor (widget, QD_TYPE_CHART_VIEW));
}

/* Behind a message is what was there before it. */
static gboolean
shows_content (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "content") == 0;
}

/**
 * qd_page_get_chart:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the chart that has the focus, else the
 *   page's main one; `NULL` also when a message is seen instead
 */
QdChartView *
qd_page_get_chart (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);
  QdChartView *chart = find_focused_chart (self);

  if (!shows_content (self))
    return NULL;
  if (chart != NULL)
    return chart;
  return klass->get_chart != NULL ? klass->get_chart (self) : NULL;
}

QdTableView *
qd_page_get_table (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);

  return klass->get_table != NULL && shows_content (self) ? klass->get_table (self) : NULL;
}

/* The metric of the mark with the keyboard's cursor. */
static const char *
find_mark_metric (QdChartView *chart)
{
  QdChartSpec *spec = qd_chart_view_get_spec (chart);
  const QdDrill *drill = NULL;
  const QdMetric *metric;
  int series, place;

  if (spec != NULL && qd_chart_view_get_cursor (chart, &series, &place) && series >= 0 && place >= 0)
    drill = qd_chart_spec_get_drill (spec, (guint) series, (guint) place);
  metric = drill != NULL ? qd_drill_get_metric (drill) : NULL;
  return metric != NULL ? metric->id : NULL;
}

/**
 * qd_page_get_metrics:
 * @self: a page
 *
 * Returns: (nullable): ids of metrics, separated by spaces: that of the chart's
 *   mark with the cursor, those of the chart with the focus, else those that
 *   the page is about
 */
const char *
qd_page_get_metrics (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);
  QdChartView *chart = find_focused_chart (self);
  const char *metrics = chart != NULL ? find_mark_metric (chart) : NULL;

  if (metrics == NULL && chart == NULL && klass->get_metrics != NULL)
    metrics = klass->get_metrics (self);
  chart = qd_page_get_chart (self);
  return metrics == NULL && chart != NULL ? qd_chart_view_get_metrics (chart) : metrics;
}

QdSnapshot *
qd_page_get_snapshot (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return priv->snapshot;
}

QdTable *
qd_page_dup_table (QdPage *self)
{
  QdPageClass *klass = QD_PAGE_GET_CLASS (self);
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return klass->dup_table != NULL && priv->result != NULL ? klass->dup_table (self) : NULL;
}

gpointer
qd_page_get_result (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return priv->result;
}

/**
 * qd_page_refresh:
 * @self: a page
 *
 * Computes the page again: at once when it is seen, else when it is next.
 */
void
qd_page_refresh (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  priv->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start (self);
}

gboolean
qd_page_is_busy (QdPage *self)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  return priv->job != NULL || priv->stale;
}

void
qd_page_set_empty (QdPage     *self,
                   const char *icon_name,
                   const char *title,
                   const char *description,
                   const char *button,
                   const char *action_name)
{
  QdPagePrivate *priv = qd_page_get_instance_private (self);

  priv->empty_icon = icon_name;
  priv->empty_title = title;
  priv->empty_description = description;
  priv->empty_button = button;
  priv->empty_action = action_name;
}

