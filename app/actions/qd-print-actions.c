/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Printing what is seen, and its preview.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../ui/dialogs/preview/qd-print-preview.h"
#include "../export/qd-printout.h"
#include "qd-actions.h"
#include "qd-shown.h"

static GtkPageSetup *
make_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  return setup;
}

static QdPrintout *
make_printout (QdMainWindow *window)
{
  g_auto (QdShown) shown = { NULL };
  QdSnapshot *snapshot;
  QdFigureContext context;
  g_autofree char *footer = NULL;
  g_autofree char *title = NULL;

  if (!qd_shown_find (&shown, window, QD_SHOWN_PAGES))
    return NULL;
  snapshot = shown.snapshot;
  context = snapshot != NULL && qd_snapshot_get_context (snapshot) != NULL ? *qd_snapshot_get_context (snapshot)
                                                                           : (QdFigureContext) { .format = shown.format };
  title = qd_page_dup_title (qd_main_window_get_page (window));
  if (shown.scope != NULL)
    footer = g_strdup_printf ("%s · %s", qd_book_get_name (qd_snapshot_get_book (snapshot)), shown.scope);
  else
    {
      context.scope = context.definition = NULL;
    }
  if (footer == NULL && snapshot != NULL && qd_book_get_name (qd_snapshot_get_book (snapshot)) != NULL)
    {
      footer = g_strdup (qd_book_get_name (qd_snapshot_get_book (snapshot)));
    }
  return qd_printout_new (shown.spec, shown.table, title, footer != NULL ? footer : "Quarterdeck", &context,
                          gtk_widget_get_pango_context (GTK_WIDGET (window)));
}

typedef struct
{
  QdPrintout *printout;
  QdMainWindow *window;
  QdJob *job;        /* nullable: while pages are made */
} Print;

static void
free_print (gpointer data)
{
  Print *print = data;

  qd_printout_free (print->printout);
  g_clear_object (&print->job);
  g_object_unref (print->window);
  g_free (print);
}

/* The dialog was answered. Pages are drawn one by one, the window goes on in between. */
static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          Print             *print)
{
  QdSession *session = qd_main_window_get_session (print->window);

  gtk_print_operation_set_n_pages (operation, (int) qd_printout_paginate (print->printout, gtk_print_context_get_width (context),
                                                                     gtk_print_context_get_height (context)));
  if (session == NULL)
    return;
  print->job = qd_job_new (_("Printing"), NULL);
  g_signal_connect_object (qd_job_get_cancellable (print->job), "cancelled", G_CALLBACK (gtk_print_operation_cancel),
                           operation, G_CONNECT_SWAPPED);
  qd_session_add_job (session, print->job);
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         Print             *print)
{
  guint n = qd_printout_get_n_pages (print->printout);
  g_autofree char *number = qd_printout_dup_number (print->printout, (guint) page);
  /* Translators: "12 of 1,234" */
  g_autofree char *status = g_strdup_printf (_("Page %s"), number);

  if (print->job != NULL)
    qd_job_report (print->job, (double) page / n, status);
  qd_printout_draw (print->printout, (guint) page, gtk_print_context_get_cairo_context (context),
                    gtk_print_context_get_width (context), gtk_print_context_get_height (context));
}

/* Once the dialog is closed and the pages are at the printer. */
static void
done_cb (GtkPrintOperation      *operation,
         GtkPrintOperationResult result,
         Print                  *print)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (print->job != NULL)
    {
      g_autoptr (GError) cancelled = NULL;

      qd_job_check (print->job, &cancelled);
      qd_job_finish (print->job, error != NULL ? error : cancelled);
    }
  if (error != NULL)
    qd_main_window_show_error (print->window, _("Printing Failed"), error);
}

static void
print_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  QdPrintout *printout = make_printout (data);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GtkPageSetup) setup = NULL;
  Print *print;

  if (printout == NULL)
    return;
  print = g_new0 (Print, 1);
  print->printout = printout;
  print->window = g_object_ref (data);
  operation = gtk_print_operation_new ();
  setup = make_page_setup ();
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, "Quarterdeck");
  g_object_set_data_full (G_OBJECT (operation), "print", print, free_print);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), print);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, data, NULL);
}

static char *
name_page (guint    page,
           gpointer data)
{
  return qd_printout_dup_number (data, page);
}

static void
draw_preview (guint    page,
              cairo_t *cr,
              double   width,
              double   height,
              gpointer data)
{
  qd_printout_draw (data, page, cr, width, height);
}

static void
preview_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  QdPrintout *printout = make_printout (data);
  g_autoptr (GtkPageSetup) setup = make_page_setup ();
  double width = gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS);
  double height = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);

  if (printout == NULL)
    return;
  qd_printout_paginate (printout, width - 2 * QD_PRINT_PREVIEW_MARGIN, height - 2 * QD_PRINT_PREVIEW_MARGIN);
  qd_print_preview_present (data, qd_printout_get_n_pages (printout), width, height, draw_preview, name_page, printout,
                            (GDestroyNotify) qd_printout_free, "win.print");
}

/**
 * qd_print_actions_install:
 * @window: a window
 *
 * Adds printing and its preview.
 */
void
qd_print_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "print", .activate = print_cb },
    { .name = "print-preview", .activate = preview_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
