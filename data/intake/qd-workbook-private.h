/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What reading a sheet's rows takes from its workbook.
 */
#pragma once

#include "qd-sheet-value.h"
#include "qd-workbook.h"
#include "qd-zip.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *part;        /* of the archive */
} QdSheet;

struct _QdWorkbook
{
  QdZip *zip;
  gsize length;      /* of the file */
  gboolean from_1904;
  char *strings_part, *styles_part; /* nullable */
  GPtrArray *sheets; /* QdSheet: not hidden, with a value */
  GPtrArray *names;  /* theirs, and a NULL */

  GError *problem;   /* (nullable): why what follows is not there */
  gboolean loaded;   /* it is */
  GString *strings;  /* the shared ones, one after the other */
  GArray *ends;      /* gsize: where each ends */
  GByteArray *forms; /* QdSheetForm by the number of a style */
};

gsize qd_workbook_get_limit (const QdWorkbook *self); /* bytes that texts may come to */
gboolean qd_workbook_load (QdWorkbook *self, QdJob *job, GError **error);
gboolean qd_sheet_has_value (QdZip *zip, const char *part, gboolean *has, QdJob *job, GError **error);

G_END_DECLS
