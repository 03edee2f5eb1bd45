/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-command.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

#define PROGRESS_INTERVAL_MS 200

enum
{
  STATUS_DONE = 0,
  STATUS_INPUT = 1,
  STATUS_USAGE = 2,
  STATUS_CHECK = 3,
};

static const QdCommand *const commands[] = {
  &qd_new_command,
  &qd_sample_command,
  &qd_import_command,
  &qd_imports_command,
  &qd_mappings_command,
  &qd_history_command,
  &qd_export_command,
  &qd_profiles_command,
  &qd_metrics_command,
  &qd_table_command,
  &qd_explain_command,
  &qd_chart_command,
  &qd_review_command,
  &qd_check_command,
  NULL,
};

static const QdOption scope_options[] = {
  { "as-of", QD_OPTION_VALUE, "YYYY-MM", N_ ("Last month to look at (default: the last month of the data)") },
  { "period", QD_OPTION_VALUE, "PERIOD", N_ ("month, quarter, year, ttm (twelve months) or a number of months") },
  { "profile", QD_OPTION_VALUE, "NAME[@VERSION]", N_ ("Definitions to count by (default: Board)") },
  { "define", QD_OPTION_LIST, "KEY=VALUE", N_ ("Change one definition, this time only; may be repeated") },
  { "where", QD_OPTION_LIST, "DIMENSION=VALUE",
    N_ ("Only these accounts; repeated: or within one dimension, and between several") },
  { NULL },
};

static const QdOption by_options[] = {
  { "by", QD_OPTION_VALUE, "DIMENSION", N_ ("One row for each value of a dimension, such as segment") },
  { NULL },
};

static const QdOption format_options[] = {
  { "format", QD_OPTION_VALUE, "FORMAT", N_ ("text (default), csv or json") },
  { NULL },
};

/**
 * qd_command_list:
 *
 * Returns: (array zero-terminated=1): every verb
 */
const QdCommand *const *
qd_command_list (void)
{
  return commands;
}

/**
 * qd_command_find:
 * @name: a verb
 *
 * Returns: (nullable): its descriptor
 */
const QdCommand *
qd_command_find (const char *name)
{
  for (guint i = 0; commands[i] != NULL; i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

/**
 * qd_command_list_options:
 * @command: a verb
 *
 * Returns: (transfer container) (element-type QdOption): its own options, then those it shares
 */
GPtrArray *
qd_command_list_options (const QdCommand *command)
{
  const QdOption *const tables[] = {
    command->options,
    command->flags & QD_COMMAND_SCOPE ? scope_options : NULL,
    command->flags & QD_COMMAND_BY ? by_options : NULL,
    command->flags & QD_COMMAND_FORMAT ? format_options : NULL,
  };
  GPtrArray *options = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const QdOption *option = tables[i]; option != NULL && option->name != NULL; option++)
      g_ptr_array_add (options, (gpointer) option);
  return options;
}

typedef struct
{
  const QdCommand *command;
  GPtrArray *options;
  QdInvocation *invocation;
} Parser;

static gboolean
option_cb (const char *name,
           const char *value,
           gpointer    data,
           GError    **error)
{
  Parser *parser = data;

  name += strspn (name, "-");
  for (guint i = 0; i < parser->options->len; i++)
    {
      const QdOption *option = parser->options->pdata[i];

      if (strcmp (option->name, name) != 0)
        continue;
      if (option->type == QD_OPTION_VALUE && qd_invocation_has (parser->invocation, name))
        {
          g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("--%s is given twice."), name);
          return FALSE;
        }
    }
  qd_invocation_add_option (parser->invocation, name, value);
  return TRUE;
}

static gboolean
argument_cb (const char *name,
             const char *value,
             gpointer    data,
             GError    **error)
{
  Parser *parser = data;

  qd_invocation_add_argument (parser->invocation, value);
  return TRUE;
}

/* @argv: the verb and what follows it. */
static gboolean
parse (Parser *parser,
       char  **argv,
       GError **error)
{
  const QdCommand *command = parser->command;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_auto (GStrv) arguments = g_strdupv (argv);
  const GOptionEntry fixed[] = {
    { "help", 'h', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, option_cb, NULL, NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, argument_cb, NULL, NULL },
  };
  GOptionGroup *group = g_option_group_new ("main", "", "", parser, NULL);
  guint n;

  for (guint i = 0; i < parser->options->len; i++)
    {
      const QdOption *option = parser->options->pdata[i];
      GOptionEntry entry = { option->name, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, option_cb, NULL, NULL };

      if (option->type == QD_OPTION_FLAG)
        entry.flags = G_OPTION_FLAG_NO_ARG;
      g_array_append_val (entries, entry);
    }
  g_array_append_vals (entries, fixed, G_N_ELEMENTS (fixed));
  g_option_group_add_entries (group, (gpointer) entries->data);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse_strv (context, &arguments, error))
    return FALSE;

  if (qd_invocation_has (parser->invocation, "h") || qd_invocation_has (parser->invocation, "help"))
    return TRUE;
  if (command->alone != NULL && qd_invocation_has (parser->invocation, command->alone))
    return TRUE;
  n = qd_invocation_get_n_arguments (parser->invocation);
  if (n < command->least_arguments)
    {
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("Something is missing: quarterdeck %s %s"),
                   command->name, command->arguments);
      return FALSE;
    }
  if (n > command->most_arguments)
    {
      g_autofree char *extra = qd_invocation_dup_display (parser->invocation, command->most_arguments);

      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("“%s” is too much: quarterdeck %s %s"), extra,
                   command->name, command->arguments);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (*qd_invocation_get_argument (parser->invocation, i) == '\0')
      {
        g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("An argument is empty: quarterdeck %s %s"),
                     command->name, command->arguments);
        return FALSE;
      }
  return TRUE;
}

/* The work on its own thread, progress and signals on this one. */
typedef struct
{
  const QdCommand *command;
  QdInvocation *invocation;
  QdJob *job;
  GMainLoop *loop;
  gboolean done;
  GError *error;
  gboolean progress_shown;
  char *status_shown;
  guint n_signals;
} Run;

static gboolean
ended_cb (gpointer data)
{
  Run *run = data;

  run->done = TRUE;
  g_main_loop_quit (run->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;

  if (!run->command->run (run->invocation, &run->error) && run->error == NULL)
    g_error ("%s failed without saying why", run->command->name);
  g_idle_add (ended_cb, run);
  return NULL;
}

static gboolean
progress_cb (gpointer data)
{
  Run *run = data;
  g_autofree char *status = qd_job_dup_status (run->job);
  double fraction = qd_job_get_fraction (run->job);
  g_autofree char *safe = NULL;
  g_autofree char *cut = NULL;

  if (status == NULL)
    return G_SOURCE_CONTINUE;
  safe = qd_terminal_dup_safe (status);
  cut = qd_terminal_dup_cut (safe, 68);
  if (fraction >= 0)
    fprintf (stderr, "\r\033[K%s %d%%", cut, (int) (fraction * 100));
  else
    fprintf (stderr, "\r\033[K%s", cut);
  fflush (stderr);
  run->progress_shown = TRUE;
  return G_SOURCE_CONTINUE;
}

/* The first signal asks the work to stop, the third ends the process: the journal then takes back what was begun. */
static gboolean
signal_cb (gpointer data)
{
  Run *run = data;

  qd_job_cancel (run->job);
  if (++run->n_signals >= 3)
    _exit (STATUS_INPUT);
  return G_SOURCE_CONTINUE;
}

static void
run_command (Run *run)
{
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint sources[G_N_ELEMENTS (signals)];
  guint progress = 0;
  GThread *thread;

  run->loop = g_main_loop_new (NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sources[i] = g_unix_signal_add (signals[i], signal_cb, run);
  if (isatty (STDERR_FILENO))
    progress = g_timeout_add (PROGRESS_INTERVAL_MS, progress_cb, run);
  thread = g_thread_new (run->command->name, run_thread, run);
  if (!run->done)
    g_main_loop_run (run->loop);
  g_thread_join (thread);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (sources[i]);
  if (progress != 0)
    g_source_remove (progress);
  if (run->progress_shown)
    fputs ("\r\033[K", stderr);
  g_main_loop_unref (run->loop);
}

/* Returns 0, or errno, which has been told unless the reader has closed the pipe. */
static int
write_output (const char *text,
              gsize       length)
{
  int saved = 0;

  errno = 0;
  if (length > 0 && fwrite (text, 1, length, stdout) != length)
    saved = errno;
  if (saved == 0 && (fflush (stdout) != 0 || ferror (stdout)))
    saved = errno != 0 ? errno : EIO;
  if (saved == 0 || saved == EPIPE)
    return saved;
  fprintf (stderr, "quarterdeck: ");
  fprintf (stderr, _("Cannot write to standard output: %s"), g_strerror (saved));
  fputc ('\n', stderr);
  return saved;
}

/* All work is done. A reader that has closed the pipe has read what it wanted: quietly, and by the signal, as other
 * programs end then. */
static int
end_after_output (int number)
{
  if (number == EPIPE)
    {
      signal (SIGPIPE, SIG_DFL);
      raise (SIGPIPE);
    }
  return number == 0 ? STATUS_DONE : STATUS_INPUT;
}

static int
get_status (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return STATUS_USAGE;
  if (error->domain == QD_COMMAND_ERROR)
    return error->code == QD_COMMAND_ERROR_USAGE   ? STATUS_USAGE
           : error->code == QD_COMMAND_ERROR_CHECK ? STATUS_CHECK
                                                   : STATUS_INPUT;
  if (g_error_matches (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN) ||
      g_error_matches (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE) ||
      g_error_matches (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_KIND))
    return STATUS_USAGE;
  return STATUS_INPUT;
}

/* One line for each line of the message: a list of rejects or dependants stays readable. */
static int
report (const GError *error,
        const char   *verb)
{
  g_auto (GStrv) lines = NULL;
  int status = get_status (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fprintf (stderr, "quarterdeck: %s\n", _("Stopped before the end; nothing was changed."));
      return STATUS_INPUT;
    }
  lines = g_strsplit (error->message, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      {
        g_autofree char *safe = qd_terminal_dup_safe (lines[i]);

        fprintf (stderr, "quarterdeck: %s\n", safe);
      }
  if (status == STATUS_USAGE && verb != NULL)
    {
      fprintf (stderr, "quarterdeck: ");
      fprintf (stderr, _("“quarterdeck %s --help” shows what it takes."), verb);
      fputc ('\n', stderr);
    }
  return status;
}

static int
print_help (const QdCommand *command)
{
  g_autofree char *help = qd_command_dup_help (command);

  return end_after_output (write_output (help, strlen (help)));
}

static int
run_verb (const QdCommand *command,
          char           **argv)
{
  g_autoptr (QdJob) job = qd_job_new (command->name, NULL);
  g_autoptr (QdInvocation) invocation = qd_invocation_new (command->name, job);
  g_autoptr (GPtrArray) options = qd_command_list_options (command);
  g_autoptr (GError) error = NULL;
  Parser parser = { command, options, invocation };
  Run run = { .command = command, .invocation = invocation, .job = job };
  GString *output;
  int written;

  if (!parse (&parser, argv, &error))
    return report (error, command->name);
  if (qd_invocation_has (invocation, "h") || qd_invocation_has (invocation, "help"))
    return print_help (command);

  run_command (&run);
  output = qd_invocation_get_output (invocation);
  written = write_output (output->str, output->len);
  if (run.error != NULL)
    {
      error = g_steal_pointer (&run.error);
      return report (error, command->name);
    }
  return end_after_output (written);
}

/* Without a verb: the window, when there is no display to show it on. */
static int
explain_window (const char *workspace)
{
  g_autofree char *name = workspace != NULL ? qd_terminal_dup_file_name (workspace) : g_strdup ("WORKSPACE");

  fprintf (stderr, "quarterdeck: %s\n", _("There is no display to show the window on. Without one, for example:"));
  if (workspace != NULL)
    fprintf (stderr,
             "quarterdeck:   quarterdeck metrics %s\n"
             "quarterdeck:   quarterdeck chart %s bridge bridge.png\n"
             "quarterdeck:   quarterdeck review %s review.pdf\n",
             name, name, name);
  else
    fprintf (stderr, "quarterdeck:   quarterdeck sample sample.quarterdeck\n"
                     "quarterdeck:   quarterdeck metrics sample.quarterdeck\n");
  fprintf (stderr, "quarterdeck: %s\n", _("“quarterdeck --help” lists everything."));
  return STATUS_USAGE;
}

static int
report_unknown (const char *word)
{
  g_autofree char *shown = qd_terminal_dup_file_name (word);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *nearest;

  for (guint i = 0; commands[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) commands[i]->name);
  g_ptr_array_add (names, NULL);
  nearest = qd_terminal_nearest (word, (const char *const *) names->pdata);
  fprintf (stderr, "quarterdeck: ");
  if (nearest != NULL)
    fprintf (stderr, _("“%s” is neither a verb nor a file; did you mean “%s”?"), shown, nearest);
  else
    fprintf (stderr, _("“%s” is neither a verb nor a file."), shown);
  fprintf (stderr, "\nquarterdeck: %s\n", _("“quarterdeck --help” lists everything."));
  return STATUS_USAGE;
}

/**
 * qd_command_main:
 * @argc: number of arguments
 * @argv: the process's arguments
 *
 * Runs the command line.
 *
 * Returns: the exit status: 0 done, 1 the input is at fault, 2 wrong usage, 3 a check failed
 */
int
qd_command_main (int    argc,
                 char **argv)
{
  const QdCommand *command;
  const char *word = argc > 1 ? argv[1] : NULL;

  if (word == NULL)
    return explain_window (NULL);
  if (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0)
    return print_help (NULL);
  if (strcmp (word, "--version") == 0)
    {
      const char *text = "quarterdeck " QD_VERSION "\n";

      return end_after_output (write_output (text, strlen (text)));
    }
  command = qd_command_find (word);
  if (command != NULL)
    return run_verb (command, argv + 1);
  if (strcmp (word, "help") == 0)
    {
      command = argc > 2 ? qd_command_find (argv[2]) : NULL;
      return argc > 2 && command == NULL ? report_unknown (argv[2]) : print_help (command);
    }
  if (strcmp (word, "--") == 0 && argc > 2)
    return explain_window (argv[2]);
  if (word[0] != '-' && (g_str_has_suffix (word, ".quarterdeck") || g_file_test (word, G_FILE_TEST_EXISTS)))
    return explain_window (word);
  return report_unknown (word);
}
