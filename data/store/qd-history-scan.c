/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quick look over a changeset: which tables, how many changes of each kind.
 * SQLite's iterator makes an object of each value; this only steps over them.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-private.h"

#include <string.h>

typedef struct
{
  const guchar *at;
  const guchar *end;
} Cursor;

static gboolean
skip (Cursor *cursor,
      guint64 n)
{
  if (n > (guint64) (cursor->end - cursor->at))
    return FALSE;
  cursor->at += n;
  return TRUE;
}

static gboolean
get_length (Cursor  *cursor,
            guint64 *value)
{
  *value = 0;
  for (int i = 0; i < 8 && cursor->at < cursor->end; i++)
    {
      guchar byte = *cursor->at++;

      *value = *value << 7 | (byte & 0x7f);
      if ((byte & 0x80) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
skip_values (Cursor *cursor,
             guint64 n)
{
  for (; n > 0; n--)
    {
      guint64 length = 0;
      guchar type;

      if (cursor->at >= cursor->end)
        return FALSE;
      type = *cursor->at++;
      switch (type)
        {
        case 0: /* not part of the change */
        case SQLITE_NULL:
          break;
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
          if (!skip (cursor, 8))
            return FALSE;
          break;
        case SQLITE_TEXT:
        case SQLITE_BLOB:
          if (!get_length (cursor, &length) || !skip (cursor, length))
            return FALSE;
          break;
        default:
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
qd_history_scan (gconstpointer      changes,
                 int                length,
                 QdHistoryScanTable table,
                 gpointer           data,
                 QdHistoryCounts   *counts,
                 GError           **error)
{
  Cursor cursor = { changes, (const guchar *) changes + length };
  guint64 n_columns = 0;
  gboolean ok = TRUE;

  memset (counts, 0, sizeof *counts);
  while (ok && cursor.at < cursor.end)
    {
      guchar what = *cursor.at++;

      switch (what)
        {
        case 'T':
          {
            const char *name;

            ok = get_length (&cursor, &n_columns) && n_columns > 0 && skip (&cursor, n_columns);
            name = (const char *) cursor.at;
            ok = ok && memchr (name, '\0', (gsize) (cursor.end - cursor.at)) != NULL &&
                 skip (&cursor, strlen (name) + 1);
            if (ok && table != NULL && !table (name, (int) n_columns, data, error))
              return FALSE;
          }
          break;
        case SQLITE_INSERT:
          counts->insertions++;
          ok = skip (&cursor, 1) && skip_values (&cursor, n_columns);
          break;
        case SQLITE_DELETE:
          counts->deletions++;
          ok = skip (&cursor, 1) && skip_values (&cursor, n_columns);
          break;
        case SQLITE_UPDATE:
          counts->updates++;
          ok = skip (&cursor, 1) && skip_values (&cursor, 2 * n_columns);
          break;
        default:
          ok = FALSE;
        }
      ok = ok && n_columns > 0;
    }
  return ok || qd_sqlite_throw (NULL, SQLITE_CORRUPT, error);
}
