/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When something happened, in the time of whoever looks at it.
 */
#pragma once

#include "../draw/qd-format.h"

G_BEGIN_DECLS

/* @time: unix seconds. (transfer full) */
char *qd_moment_format (QdFormat *format, gint64 time);       /* 22 Nov 2026, 04:50 */
char *qd_moment_format_clock (gint64 time);                   /* 04:50 */
QdDay qd_moment_get_day (gint64 time);
gint64 qd_moment_parse (const char *iso);                     /* "2026-11-22T04:50:00Z"; 0 when it is none */

char *qd_moment_localize (QdFormat *format, const char *text); /* "2025-12" in a sentence becomes "Dec 2025" */

G_END_DECLS
