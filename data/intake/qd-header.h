/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the header of a column says besides its name: currency, cents.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean qd_header_says_minor (const char *header);
gboolean qd_header_get_currency (const char *header, char code[4]);
gboolean qd_header_is_of_rejects (const char *header);

/* The words of a header joined by "_", without what stands in brackets; and of those the ones that are no unit, joined.
 * (transfer full) */
char *qd_header_dup_words (const char *header);
char *qd_header_dup_amount (const char *words);

G_END_DECLS
