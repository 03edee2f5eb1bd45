/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verbs of the command line: each a descriptor with its options, its help
 * and the function that does it. A verb's file parses, calls data and draw,
 * and prints; the work is theirs.
 */
#pragma once

#include "qd-invocation.h"

G_BEGIN_DECLS

typedef enum
{
  QD_OPTION_FLAG,  /* --dry-run */
  QD_OPTION_VALUE, /* --name TEXT, at most once */
  QD_OPTION_LIST,  /* --map FIELD=HEADER, any number of times */
} QdOptionType;

typedef struct
{
  const char *name;
  QdOptionType type;
  const char *value;   /* what stands for the value in help: "FIELD=HEADER" */
  const char *summary; /* msgid */
} QdOption;

/* Options that several verbs share. */
typedef enum
{
  QD_COMMAND_SCOPE = 1 << 0,  /* --as-of, --period, --profile, --define, --where */
  QD_COMMAND_BY = 1 << 1,
  QD_COMMAND_FORMAT = 1 << 2,
} QdCommandFlags;

typedef struct
{
  const char *name;
  const char *arguments;      /* "WORKSPACE KIND SOURCE" */
  const char *summary;        /* msgid: one line */
  char *(*describe) (void);   /* nullable: more help, translated */
  guint least_arguments, most_arguments;
  const char *alone;          /* nullable: an option that needs no arguments */
  QdCommandFlags flags;
  const QdOption *options;    /* nullable; a NULL name ends */
  gboolean (*run) (QdInvocation *invocation, GError **error);
} QdCommand;

extern const QdCommand qd_new_command;
extern const QdCommand qd_sample_command;
extern const QdCommand qd_import_command;
extern const QdCommand qd_imports_command;
extern const QdCommand qd_mappings_command;
extern const QdCommand qd_history_command;
extern const QdCommand qd_export_command;
extern const QdCommand qd_profiles_command;
extern const QdCommand qd_metrics_command;
extern const QdCommand qd_table_command;
extern const QdCommand qd_explain_command;
extern const QdCommand qd_chart_command;
extern const QdCommand qd_review_command;
extern const QdCommand qd_check_command;

const QdCommand *const *qd_command_list (void); /* NULL ends */
const QdCommand *qd_command_find (const char *name);
GPtrArray *qd_command_list_options (const QdCommand *command);

char *qd_command_dup_help (const QdCommand *command); /* NULL: of the program */

int qd_command_main (int argc, char **argv);

G_END_DECLS
