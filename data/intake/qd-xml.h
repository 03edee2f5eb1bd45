/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One part of a workbook as XML, told element by element while it is
 * unpacked: no tree is kept. Document types, and with them entities, are
 * refused; nothing outside of the part is ever opened.
 */
#pragma once

#include "qd-zip.h"

G_BEGIN_DECLS

typedef struct _QdXml QdXml;

/* Elements have their local names; those of another namespace than the first one's are passed over. */
typedef struct
{
  void (*start) (QdXml *xml, const char *name, gpointer data);
  void (*end) (QdXml *xml, const char *name, gpointer data);                   /* nullable */
  void (*text) (QdXml *xml, const char *text, gsize length, gpointer data);    /* nullable */
} QdXmlHandler;

/* QD_INTAKE_ERROR_FORMAT; what a handler said with qd_xml_fail() goes before it. */
gboolean qd_xml_parse (QdZip *zip, const char *part, const QdXmlHandler *handler, gpointer data, QdJob *job,
                       GError **error);

/* In a handler. */
const char *qd_xml_get (QdXml *self, const char *attribute, gsize *length); /* in start: not terminated; NULL: none */
char *qd_xml_dup (QdXml *self, const char *attribute);                      /* likewise (nullable) */
void qd_xml_stop (QdXml *self);                                             /* enough was seen */
void qd_xml_fail (QdXml *self, const char *format, ...) G_GNUC_PRINTF (2, 3); /* QD_INTAKE_ERROR_FORMAT */
guint64 qd_xml_get_done (QdXml *self);                                      /* bytes that were read */

G_END_DECLS
