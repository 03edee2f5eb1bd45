/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "account/qd-account-page.h"
#include "activity/qd-activity-page.h"
#include "bridge/qd-bridge-page.h"
#include "imports/qd-imports-page.h"
#include "overview/qd-overview-page.h"
#include "qd-page.h"
#include "quality/qd-findings-page.h"
#include "quality/qd-quality-page.h"
#include "retention/qd-retention-page.h"
#include "rows/qd-rows-page.h"

#define REVENUE N_ ("Revenue")
#define DATA N_ ("Data")

static const QdPageInfo pages[] = {
  { "overview", NULL, N_ ("Overview"), "go-home-symbolic", qd_overview_page_get_type, QD_PAGE_SCOPED },
  { "bridge", REVENUE, N_ ("ARR Bridge"), "qd-bridge-symbolic", qd_bridge_page_get_type, QD_PAGE_SCOPED },
  { "retention", REVENUE, N_ ("Retention"), "qd-retention-symbolic", qd_retention_page_get_type, QD_PAGE_SCOPED },
  { "account", NULL, N_ ("Customer"), "avatar-default-symbolic", qd_account_page_get_type, QD_PAGE_SCOPED | QD_PAGE_LEVEL | QD_PAGE_LEAF },
  { "imports", DATA, N_ ("Imports"), "document-open-symbolic", qd_imports_page_get_type, 0 },
  { "quality", DATA, N_ ("Data Quality"), "security-high-symbolic", qd_quality_page_get_type, 0 },
  { "activity", DATA, N_ ("Activity"), "document-open-recent-symbolic", qd_activity_page_get_type, 0 },
  { "rows", NULL, N_ ("Customers"), "view-list-symbolic", qd_rows_page_get_type, QD_PAGE_SCOPED | QD_PAGE_LEVEL },
  { "findings", NULL, N_ ("Records of a Check"), "view-list-symbolic", qd_findings_page_get_type, QD_PAGE_LEVEL },
};

/**
 * qd_pages_list:
 * @n_pages: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_pages): the pages in the order of the sidebar
 */
const QdPageInfo *
qd_pages_list (guint *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}

/**
 * qd_pages_find:
 * @id: id of a page
 *
 * Returns: (transfer none) (nullable): the page
 */
const QdPageInfo *
qd_pages_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (pages[i].id, id) == 0)
      return &pages[i];
  return NULL;
}
