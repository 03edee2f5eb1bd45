/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One run of a verb: its arguments, options, job and output.
 *
 * A verb runs on a thread of its own, so that the main thread can show
 * progress and hear Ctrl+C. What it prints is collected and written to
 * standard output when it is done; messages go to standard error at once.
 * Arguments and options are bytes as the shell gave them: file names are used
 * as they are, everything else is fetched as text and checked to be UTF-8.
 */
#pragma once

#include "../../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

#define QD_COMMAND_ERROR (qd_command_error_quark ())
GQuark qd_command_error_quark (void);

typedef enum
{
  QD_COMMAND_ERROR_INPUT,  /* status 1: what was given to work on is at fault */
  QD_COMMAND_ERROR_USAGE,  /* status 2: the command line itself is wrong */
  QD_COMMAND_ERROR_CHECK,  /* status 3: a check found a failure */
} QdCommandError;

typedef struct _QdInvocation QdInvocation;

QdInvocation *qd_invocation_new (const char *verb, QdJob *job);
void qd_invocation_free (QdInvocation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdInvocation, qd_invocation_free)

/* Filling, by the parser. */
void qd_invocation_add_argument (QdInvocation *self, const char *argument);
void qd_invocation_add_option (QdInvocation *self, const char *name, const char *value);

QdJob *qd_invocation_get_job (const QdInvocation *self);

guint qd_invocation_get_n_arguments (const QdInvocation *self);
const char *qd_invocation_get_argument (const QdInvocation *self, guint index);
char *qd_invocation_dup_display (const QdInvocation *self, guint index);
gboolean qd_invocation_has (const QdInvocation *self, const char *option);
const char *qd_invocation_get_file (const QdInvocation *self, const char *option);
gboolean qd_invocation_get_text (const QdInvocation *self, const char *option, const char **text, GError **error);
gboolean qd_invocation_get_argument_text (const QdInvocation *self, guint index, const char **text, GError **error);
gboolean qd_invocation_get_integer (const QdInvocation *self, const char *option, gint64 low, gint64 high, gint64 *value,
                                    GError **error);
gboolean qd_invocation_get_id (const QdInvocation *self, const char *option, gint64 *id, GError **error);
gboolean qd_invocation_get_choice (const QdInvocation *self, const char *option, const char *const *choices,
                                   const char **choice, GError **error);
const char *const *qd_invocation_get_list (const QdInvocation *self, const char *option);
gboolean qd_invocation_get_pairs (const QdInvocation *self, const char *option, GHashTable **pairs, GError **error);

GString *qd_invocation_get_output (QdInvocation *self);
void qd_invocation_print (QdInvocation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void qd_invocation_message (QdInvocation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

typedef enum
{
  QD_ACCESS_READ,   /* a workspace that somebody else has open is shown from a copy */
  QD_ACCESS_WRITE,
} QdAccess;

QdWorkspace *qd_invocation_open_workspace (QdInvocation *self, QdAccess access, GError **error);

G_END_DECLS
