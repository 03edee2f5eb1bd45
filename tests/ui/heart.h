/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A heartbeat in the main loop: it never stops for long, whatever runs meanwhile.
 *
 * What other programs take from the processor is not counted: Linux says how
 * long a thread waited for its turn.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint source;
  gint64 last;
  double last_wait;
  double longest;
  double last_cpu, most_work; /* of this thread */
  guint beats;
} QdHeart;

void qd_heart_start (QdHeart *heart);
void qd_heart_stop (QdHeart *heart, const char *what); /* fails when it stood still */

G_END_DECLS
