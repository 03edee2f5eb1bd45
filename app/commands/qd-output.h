/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result table on standard output: text for people, CSV and JSON for
 * programs.
 */
#pragma once

#include "../../data/base/qd-table.h"
#include "qd-invocation.h"

G_BEGIN_DECLS

typedef enum
{
  QD_OUTPUT_TEXT,
  QD_OUTPUT_CSV,
  QD_OUTPUT_JSON,
} QdOutputFormat;

gboolean qd_output_get_format (const QdInvocation *invocation, QdOutputFormat *format, GError **error);
void qd_output_print_table (QdInvocation *invocation, const QdTable *table, QdOutputFormat format,
                            const char *const *hidden, const char *by);
char *qd_output_dup_cell (const QdTable *table, guint row, guint column);

/* A small table made of words, for listings that are not results. */
typedef struct _QdListing QdListing;
/* Headings; a column whose heading starts with ">" stands right. */
QdListing *qd_listing_new (const char *first, ...) G_GNUC_NULL_TERMINATED;
void qd_listing_free (QdListing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdListing, qd_listing_free)
void qd_listing_take (QdListing *self, char *cell);
void qd_listing_add (QdListing *self, const char *cell);
void qd_listing_print (const QdListing *self, GString *out);

G_END_DECLS
