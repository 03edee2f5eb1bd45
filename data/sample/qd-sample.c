/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-sample.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "qd-sample-private.h"

#define FLUSH (1 << 20)

typedef enum
{
  FILE_ACCOUNTS,
  FILE_PRODUCTS,
  FILE_SUBSCRIPTIONS,
  FILE_FX,
  FILE_MRR,
  FILE_MOVEMENTS,
  N_FILES,
} FileKind;

static const struct
{
  const char *name, *header;
} files[N_FILES] = {
  [FILE_ACCOUNTS] = { "accounts.csv",
                      "account_id,name,parent_id,domain,segment,region,country,industry,csm,touch,stage,signup_date,"
                      "sales_rep,channel,source,discount_band,currency,seats,employees,fit\r\n" },
  [FILE_PRODUCTS] = { "products.csv", "product_id,name\r\n" },
  [FILE_SUBSCRIPTIONS] = { "subscriptions.csv",
                           "line_id,account_id,start,end,product,quantity,unit_price,interval,interval_count,currency,"
                           "trial,canceled_at,auto_renew,term_months\r\n" },
  [FILE_FX] = { "fx.csv", "currency,month,rate\r\n" },
  [FILE_MRR] = { "mrr.csv", "account_id,month,mrr\r\n" },
  [FILE_MOVEMENTS] = { "movements.csv", "event_id,account_id,date,kind,mrr_after\r\n" },
};

/* Rates move from month to month around a level; revenue is converted at that of the first month. */
typedef struct
{
  gint64 level, step;   /* in units of 10^−scale dollars */
  guint8 scale;
} Exchange;

static const Exchange exchange[QD_SAMPLE_N_CURRENCIES] = {
  [QD_SAMPLE_USD] = { 1, 0, 0 },
  [QD_SAMPLE_EUR] = { 10850, 130, 4 },
  [QD_SAMPLE_GBP] = { 12700, 150, 4 },
  [QD_SAMPLE_JPY] = { 67000, 900, 7 },
};

typedef struct
{
  QdSampleCompany company;
  QdDecimal rates[QD_SAMPLE_N_CURRENCIES];   /* of the first month */
  GFileOutputStream *streams[N_FILES];
  GFile *made[N_FILES];                      /* that were not there before */
  GString *buffers[N_FILES];
  guint64 n_lines, n_events;
  int id_width;
} Writer;

static void
clear_writer (Writer *writer)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      if (writer->buffers[i] != NULL)
        g_string_free (writer->buffers[i], TRUE);
      g_clear_object (&writer->streams[i]);
      g_clear_object (&writer->made[i]);
    }
  g_clear_pointer (&writer->company.rng, gsl_rng_free);
  g_clear_pointer (&writer->company.names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, clear_writer)

static gboolean
flush (Writer  *writer,
       guint    file,
       gsize    above,
       GError **error)
{
  GString *buffer = writer->buffers[file];

  if (buffer->len <= above)
    return TRUE;
  if (!g_output_stream_write_all (G_OUTPUT_STREAM (writer->streams[file]), buffer->str, buffer->len, NULL, NULL, error))
    return FALSE;
  g_string_truncate (buffer, 0);
  return TRUE;
}

/* Each file is written beside its place and renamed when it is whole. */
static gboolean
open_files (Writer     *writer,
            const char *directory,
            GError    **error)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      gboolean there = g_file_query_exists (file, NULL);

      writer->streams[i] = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
      if (writer->streams[i] == NULL)
        {
          g_prefix_error (error, _ ("The file “%s” cannot be written: "), path);
          return FALSE;
        }
      if (!there)
        writer->made[i] = g_steal_pointer (&file);
      writer->buffers[i] = g_string_new (files[i].header);
    }
  return TRUE;
}

/* Closing with a cancelled cancellable leaves what was there before; a file that was not there goes. */
static void
abandon_files (Writer *writer)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < N_FILES; i++)
    {
      if (writer->streams[i] != NULL)
        g_output_stream_close (G_OUTPUT_STREAM (writer->streams[i]), cancelled, NULL);
      if (writer->made[i] != NULL)
        g_file_delete (writer->made[i], NULL, NULL);
    }
}

static gboolean
close_files (Writer  *writer,
             GError **error)
{
  for (guint i = 0; i < N_FILES; i++)
    if (!flush (writer, i, 0, error))
      return FALSE;
  for (guint i = 0; i < N_FILES; i++)
    {
      if (!g_output_stream_close (G_OUTPUT_STREAM (writer->streams[i]), NULL, error))
        return FALSE;
      g_clear_object (&writer->streams[i]);
    }
  return TRUE;
}

static void
append_day (GString *out,
            QdDay    day)
{
  g_autofree char *text = qd_day_to_iso (day);

  g_string_append (out, text);
}

static void
append_month (GString *out,
              QdMonth  month)
{
  g_autofree char *text = qd_month_to_iso (month);

  g_string_append (out, text);
}

static void
append_money (GString *out,
              gint64   minor,
              int      exponent)
{
  g_autofree char *text = qd_money_to_iso (minor, exponent);

  g_string_append (out, text);
}

static void
write_products (Writer *writer)
{
  for (guint i = 0; i < qd_sample_n_products; i++)
    g_string_append_printf (writer->buffers[FILE_PRODUCTS], "%s,%s\r\n", qd_sample_products[i].id,
                            qd_sample_products[i].name);
}

static void
write_rates (Writer *writer)
{
  GString *out = writer->buffers[FILE_FX];
  gint64 rates[QD_SAMPLE_N_CURRENCIES];

  for (guint c = 0; c < QD_SAMPLE_N_CURRENCIES; c++)
    {
      rates[c] = exchange[c].level;
      writer->rates[c] = (QdDecimal){ rates[c], exchange[c].scale };
    }
  for (QdMonth month = writer->company.first; month <= writer->company.last; month++)
    for (guint c = QD_SAMPLE_EUR; c < QD_SAMPLE_N_CURRENCIES; c++)
      {
        g_autofree char *rate = qd_decimal_to_string ((QdDecimal){ rates[c], exchange[c].scale });

        g_string_append_printf (out, "%s,", qd_sample_currency_codes[c]);
        append_month (out, month);
        g_string_append_printf (out, ",%s\r\n", rate);
        rates[c] += (gint64) qd_sample_draw (writer->company.rng, 2 * exchange[c].step + 1) - exchange[c].step +
                    (exchange[c].level - rates[c]) / 10;
      }
}

static void
append_domain (GString    *out,
               const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, g_ascii_tolower (*p));
  g_string_append (out, ".example");
}

static void
write_account (Writer                *writer,
               const QdSampleAccount *account)
{
  static const char *const touches[QD_SAMPLE_N_SEGMENTS] = { "Digital", "Low touch", "High touch" };
  static const guint per_csm[QD_SAMPLE_N_SEGMENTS] = { 400, 60, 20 };
  static const char *const bands[] = { "None", "Up to 10 %", "Up to 10 %", "11 to 20 %", "11 to 20 %" };
  static const char *const fits[] = { "High", "Medium", "Low" };
  GString *out = writer->buffers[FILE_ACCOUNTS];
  gsl_rng *rng = writer->company.rng;
  guint n_csms = MAX (writer->company.n_accounts / per_csm[account->segment], 1);
  guint n_reps = CLAMP (writer->company.n_accounts / 40, 1, 200);
  guint person = qd_sample_draw (rng, n_csms);
  g_autofree char *csm = qd_sample_person_name (account->segment * 7 + 3 * MIN (person, 220));
  g_autofree char *rep = qd_sample_person_name (1 + 3 * qd_sample_draw (rng, n_reps));
  guint fit = qd_sample_draw (rng, 4);

  g_string_append_printf (out, "A-%0*u,%s,", writer->id_width, account->number + 1, account->name);
  if (account->parent > 0)
    g_string_append_printf (out, "A-%0*u", writer->id_width, account->parent);
  g_string_append_c (out, ',');
  append_domain (out, account->name);
  g_string_append_printf (out, ",%s,%s,%s,%s,%s,%s,%s,", qd_sample_segment_names[account->segment],
                          account->country->region, account->country->name, account->industry, csm,
                          touches[account->segment], account->stage);
  append_day (out, account->signup);
  g_string_append_printf (out, ",%s,%s,%s,%s,%s,%u,%u,%s\r\n", g_str_equal (account->channel, "Self-service") ? "" : rep,
                          account->channel, account->source, bands[account->discount / 5],
                          qd_sample_currency_codes[account->country->currency], account->seats, account->employees,
                          fits[MIN (fit, 2)]);
}

typedef struct
{
  QdDay day;
  gint64 change;   /* US cents */
} Step;

static int
compare_steps (const void *a,
               const void *b)
{
  const Step *x = a, *y = b;

  return x->day < y->day ? -1 : x->day > y->day;
}

/* A line's month in US cents, rounded once, as every reader of the lines does it. */
static gint64
line_level (const Writer          *writer,
            const QdSampleAccount *account,
            const QdSampleLine    *line)
{
  QdSampleCurrency currency = account->country->currency;
  int exponent = qd_currency_get_exponent (qd_sample_currency_codes[currency]);
  QdRatio amount;
  gint64 level;

  if (!qd_ratio_make (line->price * line->quantity, account->interval, &amount) ||
      !qd_ratio_convert (amount, writer->rates[currency], exponent, 2, &level))
    g_assert_not_reached ();
  return level;
}

static void
write_lines (Writer                *writer,
             const QdSampleAccount *account,
             GArray                *steps)
{
  static const char *const intervals[] = { [1] = "month", [3] = "quarter", [12] = "year" };
  GString *out = writer->buffers[FILE_SUBSCRIPTIONS];
  const char *currency = qd_sample_currency_codes[account->country->currency];
  QdDay last = qd_month_last_day (writer->company.last);

  for (guint i = 0; i < account->lines->len; i++)
    {
      const QdSampleLine *line = &g_array_index (account->lines, QdSampleLine, i);

      g_string_append_printf (out, "S-%08" G_GUINT64_FORMAT ",A-%0*u,", ++writer->n_lines, writer->id_width,
                              account->number + 1);
      append_day (out, line->start);
      g_string_append_c (out, ',');
      append_day (out, line->end);
      g_string_append_printf (out, ",%s,%u,", qd_sample_products[line->product].id, line->quantity);
      append_money (out, line->price, qd_currency_get_exponent (currency));
      g_string_append_printf (out, ",%s,1,%s,%s,", intervals[account->interval], currency, line->trial ? "true" : "false");
      append_day (out, line->canceled);
      g_string_append_printf (out, ",%s,%u\r\n", line->trial || line->canceled != QD_DAY_NONE ? "false" : "true",
                              account->interval);

      if (!line->trial)
        {
          gint64 level = line_level (writer, account, line);
          Step start = { line->start, level }, end = { line->end, -level };

          g_array_append_val (steps, start);
          if (line->end <= last)
            g_array_append_val (steps, end);
        }
    }
}

static void
write_event (Writer                *writer,
             const QdSampleAccount *account,
             QdDay                  day,
             gint64                 before,
             gint64                 after,
             gboolean               first)
{
  GString *out = writer->buffers[FILE_MOVEMENTS];
  const char *kind = after == 0       ? "cancel"
                     : before == 0    ? (first ? "new" : "reactivation")
                     : after > before ? "upgrade"
                                      : "downgrade";

  g_string_append_printf (out, "E-%08" G_GUINT64_FORMAT ",A-%0*u,", ++writer->n_events, writer->id_width,
                          account->number + 1);
  append_day (out, day);
  g_string_append_printf (out, ",%s,", kind);
  append_money (out, after, 2);
  g_string_append (out, "\r\n");
}

static void
write_month (Writer                *writer,
             const QdSampleAccount *account,
             QdMonth                month,
             gint64                 level)
{
  GString *out = writer->buffers[FILE_MRR];

  g_string_append_printf (out, "A-%0*u,", writer->id_width, account->number + 1);
  append_month (out, month);
  g_string_append_c (out, ',');
  append_money (out, level, 2);
  g_string_append (out, "\r\n");
}

/* The same revenue as events and as month ends; the month after the last revenue is written as 0. */
static void
write_levels (Writer                *writer,
              const QdSampleAccount *account,
              GArray                *steps)
{
  gint64 level = 0, shown = 0;
  gboolean first = TRUE;
  QdMonth month = QD_MONTH_NONE;

  if (steps->len > 0)
    qsort (steps->data, steps->len, sizeof (Step), compare_steps);
  for (guint i = 0; i < steps->len;)
    {
      QdDay day = g_array_index (steps, Step, i).day;
      gint64 before = level;
      QdMonth now = qd_day_get_month (day);

      if (month == QD_MONTH_NONE)
        month = now;
      for (; month < now; month++)
        {
          if (level > 0 || shown > 0)
            write_month (writer, account, month, level);
          shown = level;
        }
      for (; i < steps->len && g_array_index (steps, Step, i).day == day; i++)
        level += g_array_index (steps, Step, i).change;
      if (level != before)
        {
          write_event (writer, account, day, before, level, first);
          first = FALSE;
        }
    }
  for (; month != QD_MONTH_NONE && month <= writer->company.last; month++)
    {
      if (level > 0 || shown > 0)
        write_month (writer, account, month, level);
      shown = level;
    }
}

/* Running sums of how many customers come in each month: an eighth of them at once, then more each year, and more at
 * the end of a quarter. */
static guint64 *
arrival_sums (guint months)
{
  guint64 *sums = g_new (guint64, months);
  guint64 rest = 0;

  for (guint k = 1; k < months; k++)
    rest += (100 + 2 * (guint64) k) * (k % 3 == 2 ? 130 : 85);
  sums[0] = months > 1 ? rest / 7 + 1 : 1;
  for (guint k = 1; k < months; k++)
    sums[k] = sums[k - 1] + (100 + 2 * (guint64) k) * (k % 3 == 2 ? 130 : 85);
  return sums;
}

static QdMonth
arrival_month (Writer        *writer,
               const guint64 *sums,
               guint          months,
               guint          number)
{
  guint64 total = sums[months - 1];
  guint64 within = gsl_rng_uniform_int (writer->company.rng, 1 << 16);
  guint64 at = (number * total + total * within / (1 << 16)) / writer->company.n_accounts;
  guint k = 0;

  /* The last one comes in the last month, so that the data reach it. */
  if (number > 0 && number + 1 == writer->company.n_accounts)
    return writer->company.last;
  while (k + 1 < months && at >= sums[k])
    k++;
  return writer->company.first + k;
}

static gboolean
write_all (Writer                *writer,
           const QdSampleOptions *options,
           QdJob                 *job,
           GError               **error)
{
  g_autofree guint64 *sums = arrival_sums (options->months);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  QdSampleAccount parent = { 0 };
  guint children = 0;
  gboolean good = TRUE;

  write_products (writer);
  write_rates (writer);
  for (guint i = 0; i < options->accounts && good; i++)
    {
      QdSampleAccount account;
      QdMonth month = arrival_month (writer, sums, options->months, i);
      gboolean is_child = children > 0;

      qd_sample_account_init (&account, &writer->company, i, month, is_child ? &parent : NULL);
      qd_sample_account_live (&account, &writer->company, month);
      write_account (writer, &account);
      g_array_set_size (steps, 0);
      write_lines (writer, &account, steps);
      write_levels (writer, &account, steps);

      if (is_child)
        children--;
      if (!is_child && account.segment == QD_SAMPLE_ENTERPRISE && qd_sample_draw (writer->company.rng, 6) == 0)
        {
          qd_sample_account_clear (&parent);
          parent = account;
          children = 1 + qd_sample_draw (writer->company.rng, 3);
        }
      else
        qd_sample_account_clear (&account);

      for (guint f = 0; f < N_FILES && good; f++)
        good = flush (writer, f, FLUSH, error);
      if (good && i % 256 == 0)
        {
          qd_job_report (job, (double) i / options->accounts, NULL);
          good = qd_job_check (job, error);
        }
    }
  qd_sample_account_clear (&parent);
  return good;
}

/**
 * qd_sample_write:
 * @directory: where the files go; made when missing
 * @options: size, seed and last month
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Writes the sample company as export files: accounts.csv, products.csv,
 * fx.csv, subscriptions.csv, and the same revenue once more as mrr.csv and
 * movements.csv, in US dollars and rounded line by line as a ledger in dollars
 * rounds it. Files of these names are replaced, each when it is whole.
 *
 * The same options give the same bytes on every machine. Cost is linear in
 * accounts × months.
 *
 * Returns: `FALSE` with `G_IO_ERROR_CANCELLED`, `G_IO_ERROR_INVALID_ARGUMENT`
 *   when a size is out of range, or an error of the file system
 */
gboolean
qd_sample_write (const char            *directory,
                 const QdSampleOptions *options,
                 QdJob                 *job,
                 GError               **error)
{
  g_auto (Writer) writer = { 0 };
  guint64 mixed;

  g_return_val_if_fail (directory != NULL && options != NULL, FALSE);

  if (options->accounts < 1 || options->accounts > 1000000 || options->months < 1 || options->months > 240 ||
      options->last < qd_month_from_ym (1990, 1) || options->last > qd_month_from_ym (2100, 12))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("A sample has 1 to 1,000,000 accounts, 1 to 240 months, and a last month from 1990 to "
                              "2100."));
      return FALSE;
    }
  if (g_mkdir_with_parents (directory, 0777) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("The folder “%s” cannot be made: %s"), directory,
                   g_strerror (code));
      return FALSE;
    }

  /* The generator takes 32 bits of seed; all 64 shall matter. */
  mixed = (options->seed + 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
  mixed ^= mixed >> 32;
  writer.company.rng = gsl_rng_alloc (gsl_rng_mt19937);
  gsl_rng_set (writer.company.rng, mixed & 0xFFFFFFFFu);
  writer.company.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writer.company.last = options->last;
  writer.company.first = options->last - (QdMonth) options->months + 1;
  writer.company.n_accounts = options->accounts;
  writer.id_width = options->accounts > 999999 ? 7 : 6;

  if (!open_files (&writer, directory, error) || !write_all (&writer, options, job, error) ||
      !close_files (&writer, error))
    {
      abandon_files (&writer);
      return FALSE;
    }
  qd_job_report (job, 1.0, NULL);
  return TRUE;
}
