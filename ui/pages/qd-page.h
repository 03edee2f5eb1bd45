/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page of the window: what it shows is computed on a worker from a snapshot
 * and handed over whole, so that it never shows half of one view and half of
 * another. The base class starts and restarts the computation, shows that it
 * takes long, what went wrong, and what belongs on an empty page.
 *
 * A page has one .ui with <template class="QdXPage" parent="QdPage">, whose
 * child is the content; its class_init fills the vfuncs below.
 */
#pragma once

#include <adwaita.h>

#include "../widgets/qd-chart-view.h"
#include "../widgets/qd-table-view.h"
#include "qd-session.h"

G_BEGIN_DECLS

#define QD_TYPE_PAGE (qd_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (QdPage, qd_page, QD, PAGE, AdwBin)

struct _QdPageClass
{
  AdwBinClass parent_class;

  /* Worker. @detail: the page's, "" for none. Everything that the page shows, in one value of its own; never NULL
   * without @error. Not called without revenue, unless @needs_revenue is FALSE. */
  gpointer (*compute) (QdSnapshot *snapshot, const char *detail, QdJob *job, GError **error);
  GDestroyNotify result_free;
  gboolean needs_revenue;                                          /* TRUE unless the class says otherwise */

  /* Main thread. @result stays the base's, until the next one was shown. */
  void (*show) (QdPage *self, QdSnapshot *snapshot, gpointer result);
  /* (nullable) TRUE: nothing to show in this view; the base then offers to clear filters, or says what belongs here. */
  gboolean (*is_empty) (QdPage *self, gpointer result);
  /* (nullable) Selection, scroll and the like, to come back to. (transfer full) */
  char *(*save_state) (QdPage *self);
  void (*restore_state) (QdPage *self, const char *state);         /* after show() */
  /* (nullable) What the header says instead of the page's title. (transfer full) */
  char *(*dup_title) (QdPage *self);
  /* (nullable) Which months it shows, where they are not those of the view. (transfer full) (nullable) */
  char *(*dup_period) (QdPage *self);
  /* (nullable) The chart and the table that Copy, Export and Print mean when the page is there. (transfer none) */
  QdChartView *(*get_chart) (QdPage *self);
  QdTableView *(*get_table) (QdPage *self);
  /* (nullable) What it shows, as a table, for a page that has none on screen. (transfer full) (nullable) */
  QdTable *(*dup_table) (QdPage *self);
  /* (nullable) What the page is about, for What Is This?: ids of metrics, separated by spaces; else its chart's. */
  const char *(*get_metrics) (QdPage *self);

  gboolean has_template;
};

/* @name: of the template's file, without ".ui": taken apart by the base when the page goes. */
void qd_page_class_set_template (QdPageClass *klass, const char *name);

/* Construct properties: "session" (QdSession), "detail" (string). */
QdSession *qd_page_get_session (QdPage *self);
const char *qd_page_get_detail (QdPage *self);
void qd_page_set_detail (QdPage *self, const char *detail);        /* the window does this; pages go by qd_session_go() */
char *qd_page_dup_title (QdPage *self);                            /* nullable */
char *qd_page_dup_period (QdPage *self);                           /* nullable */
char *qd_page_save_state (QdPage *self);                           /* nullable */
void qd_page_restore_state (QdPage *self, const char *state);      /* now, or after the next show() */
QdChartView *qd_page_get_chart (QdPage *self);                     /* nullable: the focused one, else the class's */
QdTableView *qd_page_get_table (QdPage *self);
QdTable *qd_page_dup_table (QdPage *self);                         /* nullable: of a page without a table on screen */
const char *qd_page_get_metrics (QdPage *self);                    /* nullable: what has the focus, else the page's own */
gpointer qd_page_get_result (QdPage *self);                        /* nullable: what is shown */
QdSnapshot *qd_page_get_snapshot (QdPage *self);                   /* nullable: that of the result; the session may be ahead */
void qd_page_refresh (QdPage *self);                               /* computes again, now or when it is next seen */
gboolean qd_page_is_busy (QdPage *self);
/* What an empty page says: where its content would come from and the action that brings it. msgids. */
void qd_page_set_empty (QdPage *self, const char *icon_name, const char *title, const char *description,
                        const char *button, const char *action_name);
/* "title-changed": dup_title() or dup_period() answers otherwise. */

/* The pages there are: one table for sidebar, palette, keys, tests. */
typedef enum
{
  QD_PAGE_SCOPED = 1 << 0, /* the scope bar is about it */
  QD_PAGE_LEVEL = 1 << 1,  /* one level below others: not in the sidebar */
  QD_PAGE_LEAF = 1 << 2,   /* nothing lies below it: other levels may lie above */
} QdPageFlags;

typedef struct
{
  const char *id;          /* "bridge" */
  const char *group;       /* nullable msgid: heading in the sidebar */
  const char *title;       /* msgid, header capitals */
  const char *icon_name;
  GType (*get_type) (void);
  QdPageFlags flags;
} QdPageInfo;

const QdPageInfo *qd_pages_list (guint *n_pages);
const QdPageInfo *qd_pages_find (const char *id);                  /* nullable */

G_END_DECLS
