/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws all made-up charts into a folder, to be looked at:
 * gallery FOLDER [THEME [WIDTH HEIGHT [NAME]]]
 */
#include "tests/draw/specs.h"
#include "ui/draw/qd-chart-export.h"

#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  int theme = argc > 2 ? atoi (argv[2]) : QD_THEME_PRINT;
  double width = argc > 4 ? atof (argv[3]) : 720, height = argc > 4 ? atof (argv[4]) : 405;

  if (argc < 2)
    {
      g_printerr ("usage: gallery FOLDER [THEME [WIDTH HEIGHT [NAME]]]\n");
      return 2;
    }
  g_mkdir_with_parents (argv[1], 0777);
  for (guint i = 0; i < n_spec_cases; i++)
    {
      g_autoptr (QdChartSpec) spec = NULL;
      g_autoptr (QdChartLayout) layout = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = NULL;
      g_autoptr (GFileOutputStream) stream = NULL;
      g_autofree char *path = g_strdup_printf ("%s/%s-%d-%.0fx%.0f.png", argv[1], spec_cases[i].name, theme, width, height);

      if (argc > 5 && !g_str_has_prefix (spec_cases[i].name, argv[5]))
        continue;
      spec = spec_cases[i].make ();
      layout = qd_chart_layout_new (spec, qd_chart_theme_get (theme), cache, width, height, &error);
      file = g_file_new_for_path (path);
      if (layout)
        stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
      if (!stream || !qd_chart_export_png (layout, G_OUTPUT_STREAM (stream), width < 500 ? 2 : 1.5, NULL, NULL, &error))
        {
          g_printerr ("%s: %s\n", path, error->message);
          return 1;
        }
    }
  return 0;
}
