/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an entry of the history says: kept as the sentence and its arguments,
 * so that it is shown in the language of whoever reads it. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sentence whose number decides its form; the first argument of type n is that number. */
#define QD_N_PLURAL(one, many) one "\x1e" many

/* @types: a letter for each argument: s text as it is, t text that is translated too, n gint64. In @msgid each is %s. */
char *qd_history_message (const char *msgid, const char *types, ...);
char *qd_history_message_english (const char *message);   /* for other programs, and for "Undo: …" */
char *qd_history_message_translate (const char *message); /* a plain text stays as it is */

G_END_DECLS
