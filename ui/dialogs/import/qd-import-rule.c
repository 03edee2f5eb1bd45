/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-rule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../compat/qd-names.h"

#define MAX_VALUES 50
#define MAX_LENGTH 200 /* what was found is cut off there, and would not be met again */

typedef struct
{
  GtkPopover *popover;
  GtkDropDown *from;
  GtkEntry *to;
  GtkWidget *missing;
  GPtrArray *values;   /* char* */
  QdRuleChosen chosen;
  gpointer data;
} Rule;

static void
free_rule (gpointer data)
{
  Rule *self = data;

  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
clear_value (gpointer data)
{
  g_free (((QdRuleValue *) data)->text);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const QdRuleValue *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

/**
 * qd_rule_values_new:
 * @counts: (nullable): text → how often, as a number in a pointer
 *
 * Returns: (transfer full) (element-type QdRuleValue): the most frequent first
 */
GArray *
qd_rule_values_new (GHashTable *counts)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (QdRuleValue));
  GHashTableIter iter;
  gpointer key, value;

  g_array_set_clear_func (values, clear_value);
  if (counts == NULL)
    return values;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      QdRuleValue one = { g_strdup (key), GPOINTER_TO_UINT (value) };

      if (strlen (key) > MAX_LENGTH)
        g_free (one.text);
      else
        g_array_append_val (values, one);
    }
  g_array_sort (values, compare_values);
  return values;
}

static void
choose (Rule       *self,
        const char *to)
{
  guint selected = gtk_drop_down_get_selected (self->from);
  g_autofree char *from = NULL;
  g_autofree char *own = g_strdup (to);

  if (selected == GTK_INVALID_LIST_POSITION || selected >= self->values->len)
    return;
  from = g_strdup (self->values->pdata[selected]);
  gtk_popover_popdown (self->popover);
  self->chosen (from, own, self->data);
}

static void
replace_cb (GtkWidget *widget,
            Rule      *self)
{
  choose (self, gtk_editable_get_text (GTK_EDITABLE (self->to)));
}

static void
missing_cb (GtkButton *button,
            Rule      *self)
{
  choose (self, "");
}

/* Blank cells are missing as they are. */
static void
from_cb (GtkDropDown *from,
         GParamSpec  *pspec,
         Rule        *self)
{
  guint selected = gtk_drop_down_get_selected (from);

  gtk_widget_set_sensitive (self->missing, selected < self->values->len &&
                                               *(const char *) self->values->pdata[selected] != 0);
}

static GtkWidget *
make_label (const char *text,
            GtkWidget  *widget)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  if (GTK_IS_DROP_DOWN (widget))
    qd_names_set_drop_down (GTK_DROP_DOWN (widget), gtk_label_get_text (GTK_LABEL (label)));
  return label;
}

/**
 * qd_import_rule_new:
 * @values: (element-type QdRuleValue): what stands in the column and does not fit
 * @may_be_missing: whether a row may do without
 * @format: how counts are written
 * @chosen: called with the rule
 * @data: for @chosen
 *
 * Returns: a popover that asks for a rule
 */
GtkWidget *
qd_import_rule_new (const GArray   *values,
                    gboolean        may_be_missing,
                    const QdFormat *format,
                    QdRuleChosen    chosen,
                    gpointer        data)
{
  Rule *self = g_new0 (Rule, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *replace = gtk_button_new_with_mnemonic (_("_Replace All"));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  self->chosen = chosen;
  self->data = data;
  self->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < values->len && i < MAX_VALUES; i++)
    {
      const QdRuleValue *value = &g_array_index (values, QdRuleValue, i);
      g_autofree char *count = qd_format_count (format, value->count);
      /* Translators: what stands in cells, in how many */
      g_autofree char *text = *value->text != 0 ? g_strdup_printf (_("“%s” (%s)"), value->text, count)
                                                : g_strdup_printf (_("Blank (%s)"), count);

      g_ptr_array_add (self->values, g_strdup (value->text));
      gtk_string_list_append (words, text);
    }
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->from = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL));
  self->to = GTK_ENTRY (gtk_entry_new ());
  self->missing = gtk_button_new_with_mnemonic (_("Treat as _Missing"));
  gtk_widget_set_visible (self->missing, may_be_missing);
  gtk_widget_add_css_class (replace, "suggested-action");
  gtk_box_append (GTK_BOX (box), make_label (_("_Cells That Hold"), GTK_WIDGET (self->from)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->from));
  gtk_box_append (GTK_BOX (box), make_label (_("Are Read _As"), GTK_WIDGET (self->to)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->to));
  gtk_box_append (GTK_BOX (box), replace);
  gtk_box_append (GTK_BOX (box), self->missing);
  gtk_widget_set_size_request (box, 260, -1);
  gtk_popover_set_child (self->popover, box);
  g_object_set_data_full (G_OBJECT (self->popover), "rule", self, free_rule);
  g_signal_connect (replace, "clicked", G_CALLBACK (replace_cb), self);
  g_signal_connect (self->to, "activate", G_CALLBACK (replace_cb), self);
  g_signal_connect (self->missing, "clicked", G_CALLBACK (missing_cb), self);
  g_signal_connect (self->from, "notify::selected", G_CALLBACK (from_cb), self);
  from_cb (self->from, NULL, self);
  return GTK_WIDGET (self->popover);
}
