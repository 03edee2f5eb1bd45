/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (qd-metric-error-quark, qd_metric_error)

/* Every choice is an int in the struct, and its value the place of its name in
 * the list below: the default is the first, 0. */
typedef struct
{
  const char *key;
  const char *summary;        /* msgid */
  gsize offset;
  const char *const *values;
  const char *const *phrases; /* msgids, one per value; how a cover says it */
} Key;

#define LIST(...) (const char *const[]){ __VA_ARGS__, NULL }

static const Key keys[] = {
  { "period_form", N_("How a rate over several months is counted"), G_STRUCT_OFFSET (QdProfile, period_form),
    LIST ("p2p", "lowest", "product", "flow"),
    LIST (N_("retention from point to point"), N_("gross retention at the lowest point of the period"),
          N_("retention as the product of the months"), N_("retention from the flows of the starting customers")) },
  { "reactivation_in_nrr", N_("Whether customers who come back count in net retention"),
    G_STRUCT_OFFSET (QdProfile, reactivation_in_nrr), LIST ("no", "yes"),
    LIST (N_("returning customers outside NRR"), N_("returning customers inside NRR")) },
  { "return_within_period", N_("Whether a customer who left and came back within the period was retained"),
    G_STRUCT_OFFSET (QdProfile, return_within_period), LIST ("end_state", "lost"),
    LIST (N_("the state at the end decides"), N_("once gone counts as lost")) },
  { "netting", N_("Within which span an account's ups and downs net out"), G_STRUCT_OFFSET (QdProfile, netting),
    LIST ("month", "day", "quarter"),
    LIST (N_("movements netted by month"), N_("movements netted by day"), N_("movements netted by quarter")) },
  { "end_date", N_("Whether the end date is still in force"), G_STRUCT_OFFSET (QdProfile, end_date),
    LIST ("exclusive", "inclusive"),
    LIST (N_("the end date is the first day without service"), N_("the end date is the last day of service")) },
  { "free_accounts", N_("Whether a subscription without a charge makes a customer"),
    G_STRUCT_OFFSET (QdProfile, free_accounts), LIST ("excluded", "included"),
    LIST (N_("free accounts are no customers"), N_("free accounts are customers")) },
  { "trials", N_("Whether a trial makes a customer"), G_STRUCT_OFFSET (QdProfile, trials),
    LIST ("excluded", "included"), LIST (N_("trials are no customers"), N_("trials are customers")) },
  { "won_and_lost", N_("What becomes of an account won and lost within one month"),
    G_STRUCT_OFFSET (QdProfile, won_and_lost), LIST ("ignored", "counted"),
    LIST (N_("won and lost within a month is ignored"), N_("won and lost within a month counts as both")) },
  { "logo_base", N_("Over which accounts the logo rates are taken"), G_STRUCT_OFFSET (QdProfile, logo_base),
    LIST ("start", "start_new_lost", "start_new"),
    LIST (N_("logo rates over the customers at the start"), N_("logo rates over start + new − lost"),
          N_("logo rates over start + new")) },
  { "fx", N_("At which exchange rate foreign currencies are converted"), G_STRUCT_OFFSET (QdProfile, fx),
    LIST ("constant", "month_end"), LIST (N_("constant exchange rates"), N_("month-end exchange rates")) },
  { "segment_at", N_("At what time an account's segment is taken"), G_STRUCT_OFFSET (QdProfile, segment_at),
    LIST ("now", "period_start"),
    LIST (N_("segments as they are today"), N_("segments as at the start of each period")) },
  { "cohort_month", N_("Which month an account's cohort is"), G_STRUCT_OFFSET (QdProfile, cohort_month),
    LIST ("first_paid", "signup", "first_line"),
    LIST (N_("cohorts by first paid month"), N_("cohorts by month of sign-up"),
          N_("cohorts by first subscription, trials included")) },
  { "first_month", N_("What the revenue in the first month of the data is"), G_STRUCT_OFFSET (QdProfile, first_month),
    LIST ("new", "opening"),
    LIST (N_("the first month of the data is new business"), N_("the first month of the data is the opening balance")) },
  { "hierarchy", N_("What a customer is"), G_STRUCT_OFFSET (QdProfile, hierarchy), LIST ("account", "ultimate_parent"),
    LIST (N_("each account is a customer"), N_("accounts rolled up to their ultimate parent")) },
};

static int *
choice (const QdProfile *self,
        guint            key)
{
  return (int *) (void *) ((char *) self + keys[key].offset);
}

static int
find_key (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].key, name) == 0)
      return i;
  return -1;
}

/**
 * qd_profile_new:
 * @name: what people call it
 * @version: from 1
 *
 * Makes a profile in which every choice is the default.
 *
 * Returns: (transfer full): the profile
 */
QdProfile *
qd_profile_new (const char *name,
                guint       version)
{
  QdProfile *self;

  g_return_val_if_fail (name != NULL && version > 0, NULL);

  self = g_new0 (QdProfile, 1);
  self->name = g_strdup (name);
  self->version = version;
  return self;
}

/**
 * qd_profile_copy:
 * @self: a profile
 *
 * Returns: (transfer full): an equal one, with the same name and version
 */
QdProfile *
qd_profile_copy (const QdProfile *self)
{
  QdProfile *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->defines = g_strdup (self->defines);
  return copy;
}

/**
 * qd_profile_free:
 * @self: (transfer full) (nullable): a profile
 *
 * Frees a profile.
 */
void
qd_profile_free (QdProfile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->defines);
  g_free (self);
}

/**
 * qd_profile_equal:
 * @a: a profile
 * @b: another
 *
 * Compares what two profiles choose; names and versions may differ.
 *
 * Returns: whether every choice is the same
 */
gboolean
qd_profile_equal (const QdProfile *a,
                  const QdProfile *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (*choice (a, i) != *choice (b, i))
      return FALSE;
  return TRUE;
}

/**
 * qd_profile_get_n_keys:
 *
 * Returns: how many choices a profile makes
 */
guint
qd_profile_get_n_keys (void)
{
  return G_N_ELEMENTS (keys);
}

/**
 * qd_profile_get_key:
 * @key: below qd_profile_get_n_keys()
 *
 * Returns: (transfer none): the name that files and the command line use
 */
const char *
qd_profile_get_key (guint key)
{
  g_return_val_if_fail (key < G_N_ELEMENTS (keys), NULL);

  return keys[key].key;
}

/**
 * qd_profile_get_key_summary:
 * @key: below qd_profile_get_n_keys()
 *
 * Returns: (transfer none): what the key decides, a msgid
 */
const char *
qd_profile_get_key_summary (guint key)
{
  g_return_val_if_fail (key < G_N_ELEMENTS (keys), NULL);

  return keys[key].summary;
}

/**
 * qd_profile_get_key_values:
 * @key: below qd_profile_get_n_keys()
 *
 * Returns: (transfer none) (array zero-terminated=1): what it may be set to,
 *   the default first
 */
const char *const *
qd_profile_get_key_values (guint key)
{
  g_return_val_if_fail (key < G_N_ELEMENTS (keys), NULL);

  return keys[key].values;
}

/**
 * qd_profile_get_choice:
 * @self: a profile
 * @key: below qd_profile_get_n_keys()
 *
 * Returns: (transfer none): what the profile chooses, one of the key's values
 */
const char *
qd_profile_get_choice (const QdProfile *self,
                       guint            key)
{
  g_return_val_if_fail (self != NULL && key < G_N_ELEMENTS (keys), NULL);

  return keys[key].values[*choice (self, key)];
}

static char *
list_keys (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", keys[i].key);
  return g_string_free (text, FALSE);
}

/**
 * qd_profile_set_choice:
 * @self: a profile that nobody shares yet
 * @key: name of a key
 * @value: one of its values
 * @error: return location
 *
 * Makes a choice.
 *
 * Returns: `FALSE` with `QD_METRIC_ERROR_UNKNOWN`, whose message lists the keys
 *   or values that exist
 */
gboolean
qd_profile_set_choice (QdProfile  *self,
                       const char *key,
                       const char *value,
                       GError    **error)
{
  int index;

  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);

  index = find_key (key);
  if (index < 0)
    {
      g_autofree char *list = list_keys ();

      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
                   _("No definition key is called “%s”. The keys are: %s."), key, list);
      return FALSE;
    }
  for (int i = 0; keys[index].values[i] != NULL; i++)
    if (strcmp (keys[index].values[i], value) == 0)
      {
        *choice (self, index) = i;
        return TRUE;
      }
  {
    g_autofree char *list = g_strjoinv (", ", (char **) keys[index].values);

    g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
                 _("“%s” is no value of the definition key %s. Its values are: %s."), value, key, list);
  }
  return FALSE;
}

/**
 * qd_profile_define:
 * @self: a profile that nobody shares yet
 * @key: name of a key
 * @value: one of its values
 * @error: return location
 *
 * Makes a choice for one use only: the label says that it was laid over the
 * stored version.
 *
 * Returns: as qd_profile_set_choice()
 */
gboolean
qd_profile_define (QdProfile  *self,
                   const char *key,
                   const char *value,
                   GError    **error)
{
  char *defines;

  if (!qd_profile_set_choice (self, key, value, error))
    return FALSE;
  defines = self->defines != NULL ? g_strdup_printf ("%s + %s=%s", self->defines, key, value)
                                  : g_strdup_printf ("%s=%s", key, value);
  g_free (self->defines);
  self->defines = defines;
  return TRUE;
}

/**
 * qd_profile_dup_label:
 * @self: a profile
 *
 * Names the profile as it stands beside figures: "Board@2", or
 * "Board@2 + netting=day" when a choice was laid over it.
 *
 * Returns: (transfer full): the label
 */
char *
qd_profile_dup_label (const QdProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->defines != NULL)
    return g_strdup_printf ("%s@%u + %s", self->name, self->version, self->defines);
  return g_strdup_printf ("%s@%u", self->name, self->version);
}

/**
 * qd_profile_describe:
 * @self: a profile
 *
 * Says in words, in the user's language, where the profile leaves the defaults.
 *
 * Returns: (transfer full): phrases separated by semicolons
 */
char *
qd_profile_describe (const QdProfile *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (*choice (self, i) != 0)
      {
        if (text->len > 0)
          g_string_append (text, "; ");
        g_string_append (text, _(keys[i].phrases[*choice (self, i)]));
      }
  if (text->len == 0)
    g_string_append (text, _("standard definitions"));
  return g_string_free (text, FALSE);
}
