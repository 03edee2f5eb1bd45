/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part's bytes on their way to the parser: what is UTF-16 becomes UTF-8, and
 * where tags begin and end is followed, so that those which are too long, or
 * have too many attributes, never get there. Pure functions.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Made of zeros; cleared with qd_xml_scan_clear(). */
typedef struct
{
  gsize run;                      /* bytes since a tag, or what looks like one, ended */
  guint attributes;               /* of a tag: the most so far */

  int place;                      /* where we are: nothing for others, like all that follows */
  char mark;
  guint count, attributes_so_far;
  gboolean begun, wide, big;
  guint odd;                      /* 1 + a byte that its other half comes after */
  gunichar high;                  /* half a letter */
  GString *text;
} QdXmlScan;

void qd_xml_scan_clear (QdXmlScan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdXmlScan, qd_xml_scan_clear)

/* The next piece as UTF-8, to the next call; FALSE: no workbook is written so. */
gboolean qd_xml_scan_take (QdXmlScan *self, const char **bytes, gsize *length);

G_END_DECLS
