/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table view with 200,000 rows: what a frame costs while it scrolls, and
 * sorting and searching beside the list models of GTK over the same rows.
 */
#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ui/qd-ui.h"
#include "ui/widgets/qd-table-view-private.h"

#define N_ROWS 200000u
#define N_FRAMES 60
#define N_ROUNDS 5

static const QdColumn columns[] = {
  { "account", "Account", QD_COLUMN_TEXT },  { "name", "Name", QD_COLUMN_TEXT },
  { "segment", "Segment", QD_COLUMN_TEXT },  { "since", "Since", QD_COLUMN_MONTH },
  { "opening", "Opening", QD_COLUMN_MONEY }, { "closing", "Closing", QD_COLUMN_MONEY },
  { "change", "Change", QD_COLUMN_MONEY },   { "nrr", "NRR", QD_COLUMN_RATE },
};

static QdTable *
make_table (const char *id,
            guint       first)
{
  static const char *const segments[] = { "Enterprise", "Mid-Market", "SMB" };
  QdTable *table = qd_table_new (id, "USD", columns, G_N_ELEMENTS (columns));
  guint32 x = 1;

  for (guint r = first; r < N_ROWS; r++)
    {
      g_autofree char *account = g_strdup_printf ("A-%06u", r);
      g_autofree char *name = NULL;
      gint64 opening, closing;

      x = x * 1664525u + 1013904223u;
      name = g_strdup_printf ("Customer %08x Limited", x);
      opening = (gint64) (x >> 8) * 7;
      x = x * 1664525u + 1013904223u;
      closing = (gint64) (x >> 8) * 7;
      qd_table_add_text (table, account);
      qd_table_add_text (table, name);
      qd_table_add_text (table, segments[(x >> 16) % 3]);
      qd_table_add_integer (table, qd_month_from_ym (2018 + (x >> 9) % 8, 1 + (x >> 12) % 12));
      qd_table_add_integer (table, opening);
      qd_table_add_integer (table, closing);
      qd_table_add_integer (table, closing - opening);
      qd_table_add_double (table, (double) closing / MAX (opening, 1));
      qd_table_end_row (table);
    }
  return table;
}

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
quantile (GArray *values,
          double  q)
{
  qsort (values->data, values->len, sizeof (double), compare_doubles);
  return g_array_index (values, double, MIN ((guint) (q * values->len), values->len - 1));
}

/* --- scrolling --- */

static double frame_start, frame_cpu;
static GArray *frames, *cpu_frames;

static double
cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

static void
frame_starts_cb (GdkFrameClock *clock,
                 gpointer       data)
{
  frame_start = now_ms ();
  frame_cpu = cpu_ms ();
}

static void
frame_ends_cb (GdkFrameClock *clock,
               gpointer       data)
{
  double cost = now_ms () - frame_start, cpu = cpu_ms () - frame_cpu;

  g_array_append_val (frames, cost);
  g_array_append_val (cpu_frames, cpu);
}

static void
scroll (QdTableView *view,
        const char  *what,
        double       step,
        gboolean     jump)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  guint32 x = 7;
  double names = 0, p95;

  g_array_set_size (frames, 0);
  g_array_set_size (cpu_frames, 0);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      guint before = frames->len;
      double start;

      x = x * 1664525u + 1013904223u;
      gtk_adjustment_set_value (adjustment, jump ? end * (x >> 8) / (1 << 24)
                                                 : MIN (gtk_adjustment_get_value (adjustment) + step, end));
      while (frames->len == before)
        g_main_context_iteration (NULL, TRUE);
      /* names for screen readers are given in between */
      start = cpu_ms ();
      while (g_main_context_iteration (NULL, FALSE))
        ;
      names += cpu_ms () - start;
    }
  p95 = quantile (frames, 0.95);
  printf ("# scroll by %-12s median %5.1f  p95 %5.1f ms a frame (p95 at most 33: %s); CPU median %5.1f p95 %5.1f; "
          "names between frames %5.1f\n",
          what, quantile (frames, 0.5), p95, p95 <= 33 ? "yes" : "no", quantile (cpu_frames, 0.5),
          quantile (cpu_frames, 0.95), names / N_FRAMES);
}

/* --- what holds up the window --- */

/* What else runs on the machine makes no difference. */
static double
thread_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

static double painted;

/* Frames are drawn by the processor here: what the table does besides them counts. */
static void
paint_starts_cb (GdkFrameClock *clock,
                 gpointer       data)
{
  painted -= thread_ms ();
}

static void
paint_ends_cb (GdkFrameClock *clock,
               gpointer       data)
{
  painted += thread_ms ();
}

typedef struct
{
  const char *what;
  void (*prepare) (QdTableView *view); /* nullable: not measured */
  void (*act) (QdTableView *view);
} Step;

static QdTable *fresh_table;
static QdFormat *used_format;

/* Another table of the same shape: no keys and texts are made yet. */
static void
make_fresh (QdTableView *view)
{
  g_clear_pointer (&fresh_table, qd_table_unref);
  fresh_table = make_table ("bench", 0);
}

/* Each row stands one higher than it did. */
static void
make_shifted (QdTableView *view)
{
  g_clear_pointer (&fresh_table, qd_table_unref);
  fresh_table = make_table ("bench", 1);
}

/* For GTK these are other columns. */
static void
make_other (QdTableView *view)
{
  g_clear_pointer (&fresh_table, qd_table_unref);
  fresh_table = make_table (g_str_equal (qd_table_get_id (view->table), "bench") ? "other" : "bench", 0);
}

static void
set_fresh (QdTableView *view)
{
  qd_table_view_set_table (view, fresh_table, used_format, NULL);
}

static void
wait (QdTableView *view)
{
  while (qd_table_view_is_busy (view))
    g_main_context_iteration (NULL, TRUE);
}

static void
start_over (QdTableView *view)
{
  qd_table_view_set_sort (view, NULL, FALSE);
  qd_table_view_set_search_text (view, NULL);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (view->model));
  make_fresh (view);
  set_fresh (view);
  wait (view);
}

static void
sort_by_amount (QdTableView *view)
{
  qd_table_view_set_sort (view, "closing", TRUE);
}

static void
sort_by_name (QdTableView *view)
{
  qd_table_view_set_sort (view, "name", FALSE);
}

static void
turn_order (QdTableView *view)
{
  qd_table_view_set_sort (view, "name", !view->descending);
}

static void
search_first (QdTableView *view)
{
  qd_table_view_set_search_text (view, "ff");
}

static void
search_next (QdTableView *view)
{
  qd_table_view_set_search_text (view, view->search[2] == '\0' ? "ffa" : "ff");
}

static void
search_none (QdTableView *view)
{
  qd_table_view_set_search_text (view, "");
}

static void
search_again (QdTableView *view)
{
  search_first (view);
  wait (view);
}

static void
select_all (QdTableView *view)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (view->model));
}

static void
select_and_sort (QdTableView *view)
{
  start_over (view);
  sort_by_name (view);
  wait (view);
  select_all (view);
  make_fresh (view);
}

static void
select_and_shift (QdTableView *view)
{
  start_over (view);
  select_all (view);
  make_shifted (view);
}

static const Step steps[] = {
  { "set", make_fresh, set_fresh },
  { "set, other columns", make_other, set_fresh },
  { "set, shifted, all selected", select_and_shift, set_fresh },
  { "sort by amount, first", start_over, sort_by_amount },
  { "sort by name, first", start_over, sort_by_name },
  { "sort by name, other way", NULL, turn_order },
  { "search, first letter", start_over, search_first },
  { "search, next letter", NULL, search_next },
  { "search, all rows again", search_again, search_none },
  { "select all", start_over, select_all },
  { "set, sorted, all selected", select_and_sort, set_fresh },
};

/* The longest processor time for which the main loop was at one thing, until the table has done what it was asked for. */
static void
bench_block (QdTableView *view,
             const Step  *step)
{
  g_autoptr (GArray) longest = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (double));
  double frame = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      double start, begin, block, all;

      if (step->prepare != NULL)
        step->prepare (view);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      start = now_ms ();
      begin = thread_ms ();
      step->act (view);
      block = thread_ms () - begin;
      do
        {
          double before = thread_ms ();

          painted = 0;
          if (!g_main_context_iteration (NULL, FALSE))
            g_usleep (200);
          block = MAX (block, thread_ms () - before - painted);
          frame = MAX (frame, painted);
        }
      while (qd_table_view_is_busy (view));
      all = now_ms () - start;
      g_array_append_val (longest, block);
      g_array_append_val (whole, all);
    }
  printf ("# %-26s holds up the window for %5.1f ms, at most %5.1f (50 at most: %s), a frame for at most %5.1f; done after %5.1f ms\n",
          step->what, quantile (longest, 0.5), quantile (longest, 1), quantile (longest, 1) <= 50 ? "yes" : "no", frame,
          quantile (whole, 0.5));
}

/* --- peers: the models of GTK --- */

static GListStore *
make_store (void)
{
  GListStore *store = g_list_store_new (QD_TYPE_TABLE_ROW);
  g_autoptr (QdTableModel) model = qd_table_model_new ();
  guint32 *order = g_new (guint32, N_ROWS);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_ROWS; i++)
    order[i] = i;
  qd_table_model_take_table (model, N_ROWS, g_new0 (guint8, N_ROWS), order, N_ROWS);
  qd_table_model_tell (model, G_MAXUINT);
  for (guint i = 0; i < N_ROWS; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (model), i));
  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  return store;
}

static QdTable *peer_table;
static guint peer_column;
static const char *peer_text;

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  guint x = qd_table_row_get_row (QD_TABLE_ROW ((gpointer) a)), y = qd_table_row_get_row (QD_TABLE_ROW ((gpointer) b));

  if (qd_table_get_column (peer_table, peer_column)->type == QD_COLUMN_TEXT)
    return g_utf8_collate (qd_table_get_text (peer_table, x, peer_column), qd_table_get_text (peer_table, y, peer_column));
  else
    {
      gint64 one = qd_table_get_integer (peer_table, x, peer_column), two = qd_table_get_integer (peer_table, y, peer_column);

      return one < two ? -1 : one > two;
    }
}

static gboolean
match_item (gpointer item,
            gpointer data)
{
  return strstr (qd_table_get_text (peer_table, qd_table_row_get_row (item), 1), peer_text) != NULL;
}

static double
sort_with_gtk (GListStore *store,
               guint       column)
{
  g_autoptr (GtkSortListModel) model = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (store)), NULL);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, NULL, NULL));
  double start;

  peer_column = column;
  start = now_ms ();
  gtk_sort_list_model_set_sorter (model, sorter);
  return now_ms () - start;
}

static double
sort_with_index (QdTableIndex *index,
                 QdTableModel *model,
                 guint         column,
                 gboolean      descending)
{
  double start = now_ms ();
  guint n;
  guint32 *order = qd_table_index_order (index, (int) column, descending, NULL, NULL, &n);

  qd_table_model_take_order (model, order, n);
  qd_table_model_tell (model, G_MAXUINT);
  return now_ms () - start;
}

static void
compare (const char *what,
         GArray     *own,
         GArray     *peer)
{
  double a = quantile (own, 0.5), b = quantile (peer, 0.5);

  printf ("# %-28s own %7.1f ms, GTK's model %7.1f ms, ratio %.3f\n", what, a, b, a / b);
}

static void
bench_models (QdTable  *table,
              QdFormat *format)
{
  g_autoptr (GListStore) store = make_store ();
  g_autoptr (QdTableModel) model = qd_table_model_new ();
  g_autoptr (QdTableIndex) warm = qd_table_index_new (table, format);
  const char *const names[] = { "sort by amount, first", "sort by amount, again", "sort by name, first",
                                "sort by name, again", "search, first letter", "search, next letter" };
  GArray *own[6], *peer[6];

  peer_table = table;
  for (guint i = 0; i < 6; i++)
    {
      own[i] = g_array_new (FALSE, FALSE, sizeof (double));
      peer[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  qd_table_model_take_table (model, N_ROWS, g_new0 (guint8, N_ROWS), NULL, 0);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (QdTableIndex) index = qd_table_index_new (table, format);
      double a, b;

      for (guint i = 0; i < 4; i++)
        {
          guint column = i < 2 ? 5 : 1;

          a = sort_with_index (index, model, column, i % 2);
          b = sort_with_gtk (store, column);
          g_array_append_val (own[i], a);
          g_array_append_val (peer[i], b);
        }
      for (guint i = 4; i < 6; i++)
        {
          g_autoptr (GtkFilterListModel) filtered = NULL;
          guint n;
          double start = now_ms ();
          g_autofree guint32 *order = qd_table_index_order (index, -1, FALSE, i == 4 ? "ff" : "ffa", NULL, &n);

          a = now_ms () - start;
          peer_text = i == 4 ? "ff" : "ffa";
          filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (store)), NULL);
          start = now_ms ();
          {
            g_autoptr (GtkFilter) filter = GTK_FILTER (gtk_custom_filter_new (match_item, NULL, NULL));

            gtk_filter_list_model_set_filter (filtered, filter);
          }
          b = now_ms () - start;
          g_array_append_val (own[i], a);
          g_array_append_val (peer[i], b);
        }
    }
  for (guint i = 0; i < 6; i++)
    {
      compare (names[i], own[i], peer[i]);
      g_array_unref (own[i]);
      g_array_unref (peer[i]);
    }
}

int
main (void)
{
  g_autoptr (QdTable) table = make_table ("bench", 0);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  QdTableView *view;
  GtkWidget *window;
  GdkFrameClock *clock;
  double start;

  gtk_init ();
  qd_ui_init ();
  printf ("1..1\n");
  frames = g_array_new (FALSE, FALSE, sizeof (double));
  cpu_frames = g_array_new (FALSE, FALSE, sizeof (double));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  view = QD_TABLE_VIEW (qd_table_view_new ());
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  start = now_ms ();
  qd_table_view_set_table (view, table, format, NULL);
  printf ("# %u rows set in %.1f ms\n", N_ROWS, now_ms () - start);
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (frame_starts_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (frame_ends_cb), NULL);
  while (frames->len < 5)
    {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
    }
  scroll (view, "rows", 80, FALSE);
  scroll (view, "pages", 700, FALSE);
  scroll (view, "random jumps", 0, TRUE);

  start = now_ms ();
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (view->model));
  printf ("# select all and sum %.1f ms\n", now_ms () - start);
  used_format = format;
  g_signal_connect (clock, "before-paint", G_CALLBACK (paint_starts_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (paint_ends_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    bench_block (view, &steps[i]);
  bench_models (table, format);
  printf ("ok 1 table\n");
  gtk_window_destroy (GTK_WINDOW (window));
  qd_table_unref (fresh_table);
  g_array_unref (frames);
  g_array_unref (cpu_frames);
  return 0;
}
