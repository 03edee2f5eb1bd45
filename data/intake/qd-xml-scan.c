/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only as much of XML as it takes to tell tags from what else has their signs:
 * where this is not strict the parser is, and gives up.
 */
#include "config.h"

#include "qd-xml-scan.h"

#include <string.h>

#define REPLACEMENT 0xfffd

typedef enum
{
  IN_TEXT,
  IN_OPENING,     /* after "<" */
  IN_DECLARATION, /* after "<!" */
  IN_OTHER,       /* a comment, CDATA or an instruction */
  IN_TAG,
  IN_VALUE,       /* of an attribute */
} Place;

static void
begin_other (QdXmlScan *self,
             char       mark)
{
  self->place = IN_OTHER;
  self->mark = mark;
  self->count = 0;
}

/* "-->", "]]>", "?>" end it, and any ">" what has no mark. */
static gboolean
ends_other (QdXmlScan *self,
            char       c)
{
  guint needed = self->mark == 0 ? 0 : self->mark == '?' ? 1 : 2;

  if (c == '>' && self->count >= needed)
    return TRUE;
  self->count = c == self->mark ? self->count + 1 : 0;
  return FALSE;
}

static void
step (QdXmlScan *self,
      char       c)
{
  switch ((Place) self->place)
    {
    case IN_OPENING:
      self->attributes_so_far = 0;
      if (c == '?')
        begin_other (self, '?');
      else
        self->place = c == '!' ? IN_DECLARATION : c == '>' ? IN_TEXT : IN_TAG;
      break;
    case IN_DECLARATION:
      if (c == '-' && self->count++ == 0) /* the second one is no mark yet: "<!-->" is not closed */
        break;
      begin_other (self, c == '-' ? '-' : c == '[' ? ']' : 0);
      self->place = c == '>' ? IN_TEXT : IN_OTHER;
      break;
    case IN_OTHER:
      if (ends_other (self, c))
        self->place = IN_TEXT;
      break;
    case IN_TAG:
      if (c == '>')
        self->place = IN_TEXT;
      else if (c == '"' || c == '\'')
        {
          self->place = IN_VALUE;
          self->mark = c;
          self->attributes_so_far++;
          self->attributes = MAX (self->attributes, self->attributes_so_far);
        }
      break;
    case IN_VALUE:
      if (c == self->mark)
        self->place = IN_TAG;
      break;
    case IN_TEXT:
    default:
      if (c == '<')
        self->place = IN_OPENING;
      self->count = 0;
      break;
    }
}

static void
follow (QdXmlScan  *self,
        const char *bytes,
        gsize       length)
{
  const char *end = bytes + length;

  self->run += length;
  for (const char *p = bytes; p < end; p++)
    {
      int before = self->place;

      /* Most of what is long is one of these. */
      if (before == IN_TEXT || before == IN_VALUE)
        p = memchr (p, before == IN_TEXT ? '<' : self->mark, end - p);
      if (p == NULL)
        return;
      step (self, *p);
      if (self->place == IN_TEXT && before != IN_TEXT)
        self->run = (gsize) (end - p) - 1;
    }
}

/* Half a letter without its other half is none. */
static void
append_unit (QdXmlScan *self,
             gunichar   unit)
{
  if (unit >= 0xdc00 && unit <= 0xdfff)
    {
      g_string_append_unichar (self->text, self->high != 0 ? 0x10000 + (self->high - 0xd800) * 0x400 + (unit - 0xdc00) : REPLACEMENT);
      self->high = 0;
      return;
    }
  if (self->high != 0)
    g_string_append_unichar (self->text, REPLACEMENT);
  self->high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
  if (self->high == 0)
    g_string_append_unichar (self->text, unit);
}

static void
decode (QdXmlScan  *self,
        const char *bytes,
        gsize       length)
{
  g_string_truncate (self->text, 0);
  for (gsize i = 0; i < length; i++)
    {
      guint byte = (guchar) bytes[i], other = self->odd - 1;

      if (self->odd == 0)
        {
          self->odd = byte + 1;
          continue;
        }
      append_unit (self, self->big ? other << 8 | byte : byte << 8 | other);
      self->odd = 0;
    }
}

/* FALSE: it begins as no part does in UTF-8 or UTF-16, the only ones that there are. */
static gboolean
begin (QdXmlScan  *self,
       const char *bytes,
       gsize       length)
{
  self->begun = TRUE;
  self->text = g_string_new (NULL);
  self->big = length >= 2 && (memcmp (bytes, "\xfe\xff", 2) == 0 || memcmp (bytes, "\0<", 2) == 0);
  self->wide = self->big || (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "<\0", 2) == 0));
  return self->wide || length == 0 || strchr ("<\xef \t\r\n", *bytes) != NULL;
}

void
qd_xml_scan_clear (QdXmlScan *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

/**
 * qd_xml_scan_take:
 * @self: what is known so far
 * @bytes: (inout): the next piece, then the same as UTF-8
 * @length: (inout): its bytes
 *
 * Follows a piece of a part: after it, its fields say how long a text or an
 * element is at least, and how many attributes one has. The piece is good
 * until the next call.
 *
 * Returns: `FALSE` when the part is neither UTF-8 nor UTF-16, or has a zero
 */
gboolean
qd_xml_scan_take (QdXmlScan   *self,
                  const char **bytes,
                  gsize       *length)
{
  if (!self->begun && !begin (self, *bytes, *length))
    return FALSE;
  if (self->wide)
    {
      decode (self, *bytes, *length);
      *bytes = self->text->str;
      *length = self->text->len;
    }
  follow (self, *bytes, *length);
  /* With zeros the parser would take it for an encoding of another width. */
  return memchr (*bytes, 0, *length) == NULL;
}
