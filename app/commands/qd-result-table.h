/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables that the command line promises, by name: one list for the verb
 * "table", for folders of CSV files, for help.
 */
#pragma once

#include "qd-scope-options.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *summary;        /* msgid */
  const char *default_period;
  QdSpan span;                /* what its last row stands for */
  gboolean takes_by;
  const char *const *hidden;  /* nullable, NULL ends: columns that only programs need */
  QdTable *(*make) (const QdSubject *subject, const char *by, QdJob *job, GError **error);
} QdResultTable;

const QdResultTable *qd_result_table_list (guint *n_tables);
const QdResultTable *qd_result_table_find (const char *name);

G_END_DECLS
