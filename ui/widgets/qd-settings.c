/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-settings.h"

/**
 * qd_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings; all of them are the same.
 *   `NULL` when the schema is not installed, as in a build that was never
 *   installed and not started by app/run: then everything is as by default.
 */
GSettings *
qd_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, QD_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
