/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ZIP archive in memory: its directory, and one entry at a time unpacked in
 * pieces. libarchive reads it, which is made for bytes that nobody vouches for
 * and looks at checksums; all entries together may not unpack to more than the
 * archive's size lets expect.
 */
#pragma once

#include "../base/qd-job.h"

G_BEGIN_DECLS

typedef struct _QdZip QdZip;

/* @bytes must outlive it. NULL: it has no directory that can be read. */
QdZip *qd_zip_open (const char *bytes, gsize length);
void qd_zip_free (QdZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdZip, qd_zip_free)

/* Names of entries are paths without a slash before them, capitals or not. */
gboolean qd_zip_has (QdZip *self, const char *name);
gboolean qd_zip_is_locked (QdZip *self, const char *name); /* with a password */
guint64 qd_zip_get_size (QdZip *self, const char *name);   /* what it says that it unpacks to */

/* Called with each piece. FALSE: enough. */
typedef gboolean (*QdZipTake) (const char *bytes, gsize length, gpointer data);

/* QD_INTAKE_ERROR_FORMAT: it is not there, is damaged, or unpacks to too much. */
gboolean qd_zip_unpack (QdZip *self, const char *name, QdZipTake take, gpointer data, QdJob *job, GError **error);

G_END_DECLS
