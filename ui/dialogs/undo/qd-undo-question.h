/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The question before an undo that later changes stand on: what they are, and
 * whether they go back as well.
 */
#pragma once

#include "../../../data/store/qd-history.h"
#include "../../compat/qd-confirm.h"
#include "../../draw/qd-format.h"

G_BEGIN_DECLS

/* Answered by qd_confirm_finish(): QD_CONFIRM_ACCEPT undoes it alone where that is possible, else with the later ones;
 * QD_CONFIRM_OTHER with the later ones. */
void qd_undo_question_async (const QdHistoryPreview *preview, QdFormat *format, GtkWindow *parent,
                             GAsyncReadyCallback callback, gpointer user_data);
/* "• " and one line for each, after @heading; where there are many, how many more. (transfer full) */
char *qd_undo_question_list_kept (const char *heading, const GPtrArray *kept, QdFormat *format);

G_END_DECLS
