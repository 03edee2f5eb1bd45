/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of companies and people. All are put together from parts and belong to
 * nobody.
 */
#include "qd-sample-private.h"

static const char *const heads[] = {
  "Al",  "Ar",  "Bel", "Bor", "Bram", "Cal", "Cor", "Cres", "Dal", "Del", "Dor", "El",  "Em",  "Fal", "Fen", "Fjor",
  "Gal", "Glen", "Hal", "Har", "Hol",  "Il",  "Jor", "Kal",  "Kes", "Kor", "Lar", "Len", "Lor", "Mal", "Mar", "Mer",
  "Mor", "Nar", "Nor", "Or",  "Pel",  "Quil", "Ral", "Ren",  "Ros", "Sal", "Sel", "Sol", "Tal", "Tor", "Val", "Ver",
};
static const char *const middles[] = {
  "a",   "an",  "ar",  "ba",  "be",  "bri", "ca",  "da",  "den", "di",  "do",  "e",   "en",  "er",
  "fa",  "fi",  "ga",  "go",  "i",   "in",  "ka",  "la",  "li",  "lo",  "ma",  "mi",  "mo",  "na",
  "ne",  "ni",  "o",   "on",  "ra",  "ri",  "ro",  "sa",  "ta",  "ti",  "u",   "va",
};
static const char *const tails[] = {
  "bek",  "brook", "cott", "dane", "dorf", "feld", "ford", "gate", "grove", "haven", "holm", "land",
  "lock", "mark",  "mere", "mond", "nau",  "quist", "ridge", "stad", "ton",  "vik",   "wick", "worth",
};
static const char *const trades[] = {
  "Advisory",   "Analytics", "Biotech",   "Capital",    "Cargo",     "Chemicals", "Components", "Dental",  "Diagnostics",
  "Education",  "Energy",    "Financial", "Foods",      "Freight",   "Health",    "Hotels",     "Insurance", "Instruments",
  "Labs",       "Learning",  "Legal",     "Logistics",  "Media",     "Mobility",  "Networks",   "Outdoor", "Packaging",
  "Partners",   "Pharma",    "Power",     "Retail",     "Robotics",  "Software",  "Systems",    "Textiles", "Travel",
};
static const char *const forenames[] = {
  "Aisha", "Bruno", "Carla", "Devon", "Elif",  "Farah", "Gustav", "Hanna", "Imani", "Joel",  "Keiko", "Lukas",
  "Maeve", "Nadia", "Oskar", "Priya", "Quinn", "Rosa",  "Samir",  "Tessa", "Umar",  "Vera",  "Wanda", "Yusuf",
};
static const char *const surnames[] = {
  "Abel",   "Barros", "Castell", "Dvorak", "Eklund", "Ferro",  "Grieve", "Hadley", "Ivarsen", "Jansky", "Kimura",
  "Larkin", "Mbeki",  "Novak",   "Okafor", "Petit",  "Quiroga", "Rahman", "Sorel",  "Tanaka",  "Ulrich", "Varga",
  "Weston", "Xavier", "Yilmaz",  "Zeller", "Amari",  "Bexley", "Corin",
};

#define PICK(rng, list) list[qd_sample_draw (rng, G_N_ELEMENTS (list))]

/* A name that no other company of the sample has. */
char *
qd_sample_company_name (QdSampleCompany *company)
{
  for (guint attempt = 0;; attempt++)
    {
      const char *head = PICK (company->rng, heads);
      const char *middle = PICK (company->rng, middles);
      const char *tail = PICK (company->rng, tails);
      const char *trade = PICK (company->rng, trades);
      g_autofree char *name = NULL;

      if (attempt < 8)
        name = g_strdup_printf ("%s%s%s %s", head, middle, tail, trade);
      else
        name = g_strdup_printf ("%s%s%s %s %u", head, middle, tail, trade, 2 + qd_sample_draw (company->rng, 98));
      if (g_hash_table_add (company->names, g_strdup (name)))
        return g_steal_pointer (&name);
    }
}

/* People by number: forenames and surnames are coprime in count, so that 696 differ; then they count up. */
char *
qd_sample_person_name (guint number)
{
  guint n = G_N_ELEMENTS (forenames) * G_N_ELEMENTS (surnames);
  const char *forename = forenames[number % G_N_ELEMENTS (forenames)];
  const char *surname = surnames[number % G_N_ELEMENTS (surnames)];

  if (number < n)
    return g_strdup_printf ("%s %s", forename, surname);
  return g_strdup_printf ("%s %s %u", forename, surname, number / n + 1);
}
