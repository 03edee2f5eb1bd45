/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * qd_about_present:
 * @parent: the window
 *
 * Shows name, version and licence of the program.
 */
void
qd_about_present (GtkWindow *parent)
{
  const char *developers[] = { "The Quarterdeck developers", NULL };

  adw_show_about_window (parent, "application-name", "Quarterdeck", "application-icon", QD_APP_ID, "version", QD_VERSION,
                         "developer-name", "The Quarterdeck developers", "developers", developers, "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _("Retention, churn and growth of a subscription business, right to the cent, from the exports "
                           "that a company already has. One file, no account, no upload."),
                         /* Translators: your name, one line for each translator */
                         "translator-credits", _("translator-credits"), NULL);
}
