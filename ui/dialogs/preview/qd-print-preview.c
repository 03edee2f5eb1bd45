/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-print-preview.h"

#include <glib/gi18n-lib.h>

#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-window-size.h"


typedef struct
{
  guint n_pages, page;
  double width, height;
  QdPreviewFunc draw;
  QdPreviewName name;
  gpointer data;
  GDestroyNotify destroy;
  char *action;
  GtkWindow *window;
  GtkWidget *area, *back, *next;
  AdwWindowTitle *title;
} QdPreview;

static void
free_preview (gpointer data)
{
  QdPreview *preview = data;

  if (preview->destroy != NULL)
    preview->destroy (preview->data);
  g_free (preview->action);
  g_free (preview);
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        data)
{
  QdPreview *preview = data;
  double scale = MIN ((width - 2 * QD_PRINT_PREVIEW_MARGIN) / preview->width, (height - 2 * QD_PRINT_PREVIEW_MARGIN) / preview->height);

  if (scale <= 0)
    return;
  cairo_translate (cr, (width - preview->width * scale) / 2, (height - preview->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.25);
  cairo_rectangle (cr, 2, 3, preview->width, preview->height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, preview->width, preview->height);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  cairo_translate (cr, QD_PRINT_PREVIEW_MARGIN, QD_PRINT_PREVIEW_MARGIN);
  preview->draw (preview->page, cr, preview->width - 2 * QD_PRINT_PREVIEW_MARGIN, preview->height - 2 * QD_PRINT_PREVIEW_MARGIN, preview->data);
}

static void
show_page (QdPreview *preview)
{
  g_autofree char *number = preview->name (preview->page, preview->data);
  /* Translators: "12 of 1,234" */
  g_autofree char *text = g_strdup_printf (_("Page %s"), number);

  adw_window_title_set_subtitle (preview->title, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (preview->area), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_sensitive (preview->back, preview->page > 0);
  gtk_widget_set_sensitive (preview->next, preview->page + 1 < preview->n_pages);
  gtk_widget_queue_draw (preview->area);
}

static void
back_cb (GtkButton *button,
         QdPreview *preview)
{
  if (preview->page > 0)
    preview->page--;
  show_page (preview);
}

static void
next_cb (GtkButton *button,
         QdPreview *preview)
{
  if (preview->page + 1 < preview->n_pages)
    preview->page++;
  show_page (preview);
}

static void
print_cb (GtkButton *button,
          QdPreview *preview)
{
  g_autoptr (GtkWindow) parent = g_object_ref (gtk_window_get_transient_for (preview->window));
  g_autofree char *action = g_strdup (preview->action);

  gtk_window_close (preview->window);
  gtk_widget_activate_action (GTK_WIDGET (parent), action, NULL);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        QdPreview             *preview)
{
  switch (key)
    {
    case GDK_KEY_Page_Up:
      back_cb (NULL, preview);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      next_cb (NULL, preview);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static GtkWidget *
make_button (const char *icon,
             const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/**
 * qd_print_preview_present:
 * @parent: the window
 * @n_pages: at least 1
 * @width: of the paper, points
 * @height: of the paper, points
 * @draw: draws what stands within the margins
 * @name: says which page it is of how many
 * @data: for both
 * @destroy: (nullable): frees @data
 * @action: what prints; activated on @parent
 *
 * Shows pages before they are printed.
 *
 * Returns: (transfer none): the preview
 */
GtkWindow *
qd_print_preview_present (GtkWindow     *parent,
                          guint          n_pages,
                          double         width,
                          double         height,
                          QdPreviewFunc  draw,
                          QdPreviewName  name,
                          gpointer       data,
                          GDestroyNotify destroy,
                          const char    *action)
{
  QdPreview *preview = g_new0 (QdPreview, 1);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *print = gtk_button_new_with_mnemonic (_("_Print…"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  preview->n_pages = n_pages;
  preview->width = width;
  preview->height = height;
  preview->draw = draw;
  preview->name = name;
  preview->data = data;
  preview->destroy = destroy;
  preview->action = g_strdup (action);
  preview->window = g_object_new (QD_TYPE_DIALOG, "transient-for", parent, "modal", TRUE, "title", _("Print Preview"),
                                  NULL);
  qd_window_set_size (preview->window, 900, 700);
  preview->title = ADW_WINDOW_TITLE (adw_window_title_new (_("Print Preview"), ""));
  preview->back = make_button ("go-previous-symbolic", _("Previous Page"));
  preview->next = make_button ("go-next-symbolic", _("Next Page"));
  preview->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (preview->area), draw_cb, preview, NULL);
  gtk_widget_set_vexpand (preview->area, TRUE);
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (preview->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), preview->back);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), preview->next);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  g_signal_connect (preview->back, "clicked", G_CALLBACK (back_cb), preview);
  g_signal_connect (preview->next, "clicked", G_CALLBACK (next_cb), preview);
  g_signal_connect (print, "clicked", G_CALLBACK (print_cb), preview);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), preview);
  gtk_widget_add_controller (GTK_WIDGET (preview->window), keys);
  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), preview->area);
  adw_window_set_content (ADW_WINDOW (preview->window), outer);
  g_object_set_data_full (G_OBJECT (preview->window), "preview", preview, free_preview);
  show_page (preview);
  gtk_window_present (preview->window);
  return preview->window;
}
