/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "qd-import.h"
#include "qd-xml-scan.h"

#define MAX_RUN ((gsize) 512 << 10) /* of a text or a tag */
/* The parser compares names of attributes each with each, and a prefix with all that are declared around it. */
#define MAX_ATTRIBUTES 256
#define MAX_DEPTH 256

struct _QdXml
{
  xmlParserCtxtPtr parser;
  const QdXmlHandler *handler;
  gpointer data;
  const char *part;
  const xmlChar *root;         /* namespace of the first element, nullable */
  gboolean begun, stopped;
  const xmlChar **attributes;  /* of the element that begins: name, prefix, namespace, text, its end */
  int n_attributes;
  guint depth;
  guint namespaces;            /* that are declared here and around */
  guint16 declared[MAX_DEPTH]; /* how many by each of the elements that we are in */
  guint64 done;
  QdXmlScan scan;
  gboolean foreign;            /* no part of a workbook is encoded so */
  GError *error;
};

/**
 * qd_xml_stop:
 * @self: a part that is read
 *
 * Ends the reading; that is no error.
 */
void
qd_xml_stop (QdXml *self)
{
  self->stopped = TRUE;
  xmlStopParser (self->parser);
}

/**
 * qd_xml_fail:
 * @self: a part that is read
 * @format: what is wrong with it, translated
 *
 * Ends the reading with an error, unless there is one already.
 */
void
qd_xml_fail (QdXml      *self,
             const char *format,
             ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (self->error == NULL)
    self->error = g_error_new_valist (QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT, format, arguments);
  va_end (arguments);
  qd_xml_stop (self);
}

guint64
qd_xml_get_done (QdXml *self)
{
  return self->done;
}

/**
 * qd_xml_get:
 * @self: a part that is read
 * @attribute: local name of an attribute of the element that begins
 * @length: (out): its bytes
 *
 * Returns: (transfer none) (nullable): its text, which is not terminated
 */
const char *
qd_xml_get (QdXml      *self,
            const char *attribute,
            gsize      *length)
{
  for (int i = 0; i < self->n_attributes; i++)
    if (strcmp ((const char *) self->attributes[5 * i], attribute) == 0)
      {
        *length = self->attributes[5 * i + 4] - self->attributes[5 * i + 3];
        return (const char *) self->attributes[5 * i + 3];
      }
  return NULL;
}

/**
 * qd_xml_dup:
 * @self: a part that is read
 * @attribute: local name of an attribute of the element that begins
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
qd_xml_dup (QdXml      *self,
            const char *attribute)
{
  gsize length;
  const char *text = qd_xml_get (self, attribute, &length);

  return text != NULL ? g_strndup (text, length) : NULL;
}

static void
fail_crowded (QdXml *self)
{
  qd_xml_fail (self, _("An element of the workbook’s part “%s” has more than %d attributes or namespaces, which no program "
                       "writes; it was not read."), self->part, MAX_ATTRIBUTES);
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  QdXml *self = data;

  if (!self->begun)
    self->root = uri;
  self->begun = TRUE;
  if (self->depth == MAX_DEPTH)
    {
      qd_xml_fail (self, _("The elements of the workbook’s part “%s” stand inside one another too deeply; it was not read."),
                   self->part);
      return;
    }
  self->namespaces += (guint) n_namespaces;
  self->declared[self->depth++] = (guint16) n_namespaces;
  if (self->namespaces > MAX_ATTRIBUTES)
    fail_crowded (self);
  /* The parser keeps each name once. */
  if (uri != self->root || self->stopped)
    return;
  self->attributes = attributes;
  self->n_attributes = n_attributes;
  self->handler->start (self, (const char *) name, self->data);
  self->n_attributes = 0;
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  QdXml *self = data;

  if (self->stopped)
    return;
  self->namespaces -= self->declared[--self->depth];
  if (uri == self->root && self->handler->end != NULL)
    self->handler->end (self, (const char *) name, self->data);
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  QdXml *self = data;

  if (!self->stopped && self->handler->text != NULL)
    self->handler->text (self, (const char *) text, length, self->data);
}

static void
document_type_cb (void          *data,
                  const xmlChar *name,
                  const xmlChar *public_id,
                  const xmlChar *system_id)
{
  QdXml *self = data;

  qd_xml_fail (self, _("The workbook’s part “%s” declares a document type, which no workbook does; it was not read."), self->part);
}

/* Errors come as return values; nothing is printed. */
#if LIBXML_VERSION >= 21200
static void
error_cb (void           *data,
          const xmlError *error)
#else
static void
error_cb (void        *data,
          xmlErrorPtr  error)
#endif
{
}

static gboolean
take_cb (const char *bytes,
         gsize       length,
         gpointer    data)
{
  QdXml *self = data;

  self->done += length;
  self->foreign = !qd_xml_scan_take (&self->scan, &bytes, &length);
  if (self->scan.run > MAX_RUN)
    qd_xml_fail (self, _("The workbook’s part “%s” holds a text or an element of more than 512 KiB; it was not read."),
                 self->part);
  else if (self->scan.attributes > MAX_ATTRIBUTES)
    fail_crowded (self);
  return self->error == NULL && !self->foreign && xmlParseChunk (self->parser, bytes, (int) length, 0) == XML_ERR_OK &&
         !self->stopped;
}

static void
clear (QdXml *self)
{
  if (self->parser != NULL)
    {
      if (self->parser->myDoc != NULL)
        xmlFreeDoc (self->parser->myDoc);
      xmlFreeParserCtxt (self->parser);
    }
  qd_xml_scan_clear (&self->scan);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdXml, clear)

/**
 * qd_xml_parse:
 * @zip: an archive
 * @part: the entry
 * @handler: what is told
 * @data: for the handler
 * @job: (nullable): cancels
 * @error: return location
 *
 * Reads a part from its beginning. May be called from any thread.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_FORMAT` when it is missing, damaged
 *   or no XML, or when the handler said that something is wrong
 */
gboolean
qd_xml_parse (QdZip              *zip,
              const char         *part,
              const QdXmlHandler *handler,
              gpointer            data,
              QdJob              *job,
              GError            **error)
{
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = start_cb, .endElementNs = end_cb,
                        .characters = text_cb, .ignorableWhitespace = text_cb, .cdataBlock = text_cb,
                        .internalSubset = document_type_cb, .serror = error_cb };
  g_auto (QdXml) self = { .handler = handler, .data = data, .part = part };
  static gsize initialized;
  int line;

  if (g_once_init_enter (&initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&initialized, 1);
    }
  self.parser = xmlCreatePushParserCtxt (&sax, &self, NULL, 0, NULL);
  if (self.parser == NULL)
    g_error ("out of memory");
  /* With NOENT "&amp;" comes as "&"; there are no other entities. What comes is UTF-8, whatever it says that it was. */
  xmlCtxtUseOptions (self.parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
  if (!qd_zip_unpack (zip, part, take_cb, &self, job, error))
    return FALSE;
  if (!self.stopped)
    xmlParseChunk (self.parser, NULL, 0, 1);
  if (self.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.error));
      return FALSE;
    }
  if (self.stopped || (self.parser->wellFormed && !self.foreign))
    return TRUE;
  line = self.parser->input != NULL ? self.parser->input->line : 0;
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
               _("The workbook is damaged: line %d of its part “%s” is no XML. Save or export it again."), line, part);
  return FALSE;
}
