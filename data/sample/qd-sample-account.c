/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of one customer, month by month: trial, first contract, more seats,
 * add-ons, renewals with or without a price increase, fewer seats, the end,
 * and now and then a return.
 */
#include "qd-sample-private.h"

#define YEAR 12

const char *const qd_sample_currency_codes[QD_SAMPLE_N_CURRENCIES] = { "USD", "EUR", "GBP", "JPY" };
const char *const qd_sample_segment_names[QD_SAMPLE_N_SEGMENTS] = { "SMB", "Mid-Market", "Enterprise" };

const QdSampleCountry qd_sample_countries[] = {
  { "United States", "North America", QD_SAMPLE_USD, 430 }, { "Canada", "North America", QD_SAMPLE_USD, 70 },
  { "United Kingdom", "EMEA", QD_SAMPLE_GBP, 105 },         { "Germany", "EMEA", QD_SAMPLE_EUR, 90 },
  { "France", "EMEA", QD_SAMPLE_EUR, 55 },                  { "Netherlands", "EMEA", QD_SAMPLE_EUR, 35 },
  { "Spain", "EMEA", QD_SAMPLE_EUR, 25 },                   { "Ireland", "EMEA", QD_SAMPLE_EUR, 15 },
  { "Japan", "APAC", QD_SAMPLE_JPY, 55 },                   { "Australia", "APAC", QD_SAMPLE_USD, 45 },
  { "Singapore", "APAC", QD_SAMPLE_USD, 20 },               { "India", "APAC", QD_SAMPLE_USD, 15 },
  { "Brazil", "LATAM", QD_SAMPLE_USD, 25 },                 { "Mexico", "LATAM", QD_SAMPLE_USD, 15 },
};
const guint qd_sample_n_countries = G_N_ELEMENTS (qd_sample_countries);

const QdSampleProduct qd_sample_products[] = {
  { "platform-starter", "Platform Starter", { 2900, 0, 0 }, 0 },
  { "platform-business", "Platform Business", { 4500, 4300, 0 }, 0 },
  { "platform-enterprise", "Platform Enterprise", { 0, 5900, 5200 }, 0 },
  { "analytics", "Analytics", { 600, 700, 800 }, 5 },
  { "automation", "Automation", { 500, 600, 650 }, 4 },
  { "integrations", "Integrations", { 300, 350, 400 }, 4 },
  { "premium-support", "Premium Support", { 0, 400, 500 }, 3 },
  { "security-pack", "Security Pack", { 0, 300, 350 }, 2 },
};
const guint qd_sample_n_products = G_N_ELEMENTS (qd_sample_products);

static const char *const industries[] = {
  "Software", "Healthcare", "Financial Services", "Manufacturing", "Retail",
  "Education", "Logistics", "Professional Services", "Media", "Energy",
};

/* What differs by segment. Chances are parts in a million. */
typedef struct
{
  guint share;              /* of accounts, percent */
  guint seats_min, seats_step, seats_rolls, seats_sides;
  guint interval[3];        /* percent of accounts that pay by month, quarter, year */
  guint churn_year;
  guint fewer_year;         /* fewer seats at an anniversary */
  guint drop_year;          /* an add-on is dropped at an anniversary */
  guint more_month;         /* more seats */
  guint addon_month;
  guint rise_year;          /* a price increase at an anniversary */
  guint return_month;       /* after the end, for eighteen months */
  guint trial;
  guint trial_only;
} Segment;

static const Segment segments[QD_SAMPLE_N_SEGMENTS] = {
  [QD_SAMPLE_SMB] = { 60, 3, 1, 3, 12, { 68, 10, 22 }, 150000, 60000, 50000, 32000, 13000, 500000, 6500, 320000, 45000 },
  [QD_SAMPLE_MID] = { 28, 20, 5, 3, 12, { 18, 24, 58 }, 90000, 80000, 45000, 47000, 20000, 650000, 4500, 140000, 15000 },
  [QD_SAMPLE_ENTERPRISE] = { 12, 100, 10, 4, 24, { 0, 14, 86 }, 60000, 100000, 40000, 54000, 22000, 700000, 3000, 0, 0 },
};

/* By month of the year: more customers leave after the year's and the half year's budget. In percent. */
static const guint churn_season[YEAR] = { 150, 105, 95, 90, 85, 95, 125, 90, 85, 85, 90, 105 };

guint
qd_sample_draw (gsl_rng *rng,
                guint    n)
{
  return gsl_rng_uniform_int (rng, n);
}

static gboolean
draw_chance (gsl_rng *rng,
             guint    ppm)
{
  return gsl_rng_uniform_int (rng, 1000000) < ppm;
}

static guint
pick_weighted (gsl_rng     *rng,
               const guint *weights,
               guint        n)
{
  guint total = 0, at;

  for (guint i = 0; i < n; i++)
    total += weights[i];
  at = qd_sample_draw (rng, total);
  for (guint i = 0; i < n; i++)
    {
      if (at < weights[i])
        return i;
      at -= weights[i];
    }
  return n - 1;
}

static const QdSampleCountry *
pick_country (gsl_rng *rng)
{
  guint weights[G_N_ELEMENTS (qd_sample_countries)];

  for (guint i = 0; i < qd_sample_n_countries; i++)
    weights[i] = qd_sample_countries[i].weight;
  return &qd_sample_countries[pick_weighted (rng, weights, qd_sample_n_countries)];
}

static QdDay
day_in_month (QdMonth month,
              guint   day)
{
  return MIN (qd_month_first_day (month) + (int) day - 1, qd_month_last_day (month));
}

static guint
draw_seats (gsl_rng         *rng,
            QdSampleSegment  segment)
{
  const Segment *s = &segments[segment];
  guint seats = s->seats_min;

  /* Few are far larger than most: the dice are multiplied for one in six. */
  for (guint i = 0; i < s->seats_rolls; i++)
    seats += s->seats_step * qd_sample_draw (rng, s->seats_sides);
  if (qd_sample_draw (rng, 6) == 0)
    seats = seats * (3 + qd_sample_draw (rng, 3)) / 2;
  return seats;
}

void
qd_sample_account_init (QdSampleAccount       *account,
                        QdSampleCompany       *company,
                        guint                  number,
                        QdMonth                month,
                        const QdSampleAccount *parent)
{
  static const char *const sources[] = { "Inbound", "Outbound", "Referral", "Event", "Partner" };
  static const guint source_weights[] = { 40, 24, 16, 8, 12 };
  static const guint discount_weights[QD_SAMPLE_N_SEGMENTS][5] = {
    { 80, 14, 6, 0, 0 },
    { 45, 25, 20, 8, 2 },
    { 15, 20, 30, 25, 10 },
  };
  gsl_rng *rng = company->rng;
  guint shares[QD_SAMPLE_N_SEGMENTS];
  static const guint intervals[3] = { 1, 3, 12 };

  for (guint i = 0; i < QD_SAMPLE_N_SEGMENTS; i++)
    shares[i] = segments[i].share;

  *account = (QdSampleAccount){ 0 };
  account->number = number;
  account->lines = g_array_new (FALSE, FALSE, sizeof (QdSampleLine));
  account->country = pick_country (rng);
  if (parent != NULL)
    {
      account->parent = parent->number + 1;
      account->segment = qd_sample_draw (rng, 3) == 0 ? QD_SAMPLE_ENTERPRISE : QD_SAMPLE_MID;
      account->industry = parent->industry;
      account->name = g_strdup_printf ("%s %s", parent->name, account->country->name);
      /* A second subsidiary in one country is told apart by a number. */
      for (guint i = 2; !g_hash_table_add (company->names, g_strdup (account->name)); i++)
        {
          g_free (account->name);
          account->name = g_strdup_printf ("%s %s %u", parent->name, account->country->name, i);
        }
    }
  else
    {
      account->segment = pick_weighted (rng, shares, QD_SAMPLE_N_SEGMENTS);
      account->industry = industries[qd_sample_draw (rng, G_N_ELEMENTS (industries))];
      account->name = qd_sample_company_name (company);
    }
  account->source = sources[pick_weighted (rng, source_weights, G_N_ELEMENTS (sources))];
  if (g_str_equal (account->source, "Partner"))
    account->channel = "Partner";
  else if (account->segment == QD_SAMPLE_SMB && qd_sample_draw (rng, 10) < 7)
    account->channel = "Self-service";
  else
    account->channel = "Direct";
  account->discount = 5 * pick_weighted (rng, discount_weights[account->segment], 5);
  account->seats = draw_seats (rng, account->segment);
  account->employees = account->seats * (3 + qd_sample_draw (rng, 9));
  account->interval = intervals[pick_weighted (rng, segments[account->segment].interval, 3)];
  account->signup = day_in_month (month, 1 + qd_sample_draw (rng, 28));
}

void
qd_sample_account_clear (QdSampleAccount *account)
{
  g_clear_pointer (&account->name, g_free);
  g_clear_pointer (&account->lines, g_array_unref);
}

/* List price in the account's currency: round figures, as price lists have them. */
static gint64
list_price (const QdSampleAccount *account,
            guint                  product)
{
  gint64 cents = qd_sample_products[product].price[account->segment];

  switch (account->country->currency)
    {
    case QD_SAMPLE_EUR:
      cents = cents * 93 / 100;
      break;
    case QD_SAMPLE_GBP:
      cents = cents * 80 / 100;
      break;
    case QD_SAMPLE_JPY:
      cents = cents * 145 / 1000 * 10;  /* in yen × 10, rounded below */
      cents = MAX ((cents + 50) / 100, 1) * 10;
      break;
    case QD_SAMPLE_USD:
    case QD_SAMPLE_N_CURRENCIES:
    default:
      break;
    }
  cents = cents * (100 - account->discount) / 100 * account->interval;
  if (account->interval == YEAR)
    cents = cents * 9 / 10;
  return cents;
}

/* What is in force now. */
typedef struct
{
  guint product;
  guint quantity;
  gint64 price;
  QdDay start;
} Item;

typedef struct
{
  QdSampleAccount *account;
  QdSampleCompany *company;
  GArray *items;        /* Item */
  QdMonth start;        /* of the contract */
  guint day;            /* of the month on which it renews */
} Contract;

static QdDay
renewal_day (const Contract *contract,
             QdMonth         month)
{
  return day_in_month (month, contract->day);
}

/* The end of the running term, as a yearly or quarterly contract prints it. */
static QdDay
term_end (const Contract *contract,
          QdMonth         month)
{
  guint interval = contract->account->interval;
  QdMonth next = contract->start;

  if (interval == 1)
    return QD_DAY_FOREVER;
  while (next <= month)
    next += interval;
  return renewal_day (contract, next);
}

static void
close_item (Contract *contract,
            guint     index,
            QdDay     end,
            QdDay     canceled)
{
  const Item *item = &g_array_index (contract->items, Item, index);
  QdSampleLine line = { item->product, item->quantity, item->price, item->start, end, canceled, FALSE };

  if (end > item->start)
    g_array_append_val (contract->account->lines, line);
}

static void
open_item (Contract *contract,
           guint     product,
           guint     quantity,
           gint64    price,
           QdDay     start)
{
  Item item = { product, quantity, price, start };

  g_array_append_val (contract->items, item);
}

/* Ends an item and begins it anew with what changed. */
static void
change_item (Contract *contract,
             guint     index,
             QdDay     day,
             guint     quantity,
             gint64    price)
{
  Item *item;

  close_item (contract, index, day, QD_DAY_NONE);
  item = &g_array_index (contract->items, Item, index);
  item->quantity = quantity;
  item->price = price;
  item->start = day;
}

static guint
pick_core (gsl_rng         *rng,
           QdSampleSegment  segment)
{
  switch (segment)
    {
    case QD_SAMPLE_SMB:
      return qd_sample_draw (rng, 4) == 0 ? 1 : 0;
    case QD_SAMPLE_MID:
      return qd_sample_draw (rng, 4) == 0 ? 2 : 1;
    case QD_SAMPLE_ENTERPRISE:
    case QD_SAMPLE_N_SEGMENTS:
    default:
      return 2;
    }
}

/* An add-on that the account does not have; −1: none is left. */
static int
pick_addon (const Contract *contract)
{
  guint weights[G_N_ELEMENTS (qd_sample_products)] = { 0 };
  guint total = 0;

  for (guint p = 0; p < qd_sample_n_products; p++)
    {
      gboolean has = FALSE;

      for (guint i = 0; i < contract->items->len; i++)
        has |= g_array_index (contract->items, Item, i).product == p;
      if (!has && qd_sample_products[p].price[contract->account->segment] > 0)
        weights[p] = qd_sample_products[p].appeal;
      total += weights[p];
    }
  return total > 0 ? (int) pick_weighted (contract->company->rng, weights, qd_sample_n_products) : -1;
}

static void
add_addon (Contract *contract,
           QdDay     day)
{
  const Item *core = &g_array_index (contract->items, Item, 0);
  int addon = pick_addon (contract);
  guint quantity;

  if (addon < 0)
    return;
  quantity = core->quantity * (30 + 10 * qd_sample_draw (contract->company->rng, 8)) / 100;
  open_item (contract, addon, MAX (quantity, 1), list_price (contract->account, addon), day);
}

static void
begin_contract (Contract *contract,
                QdDay     day,
                guint     seats)
{
  QdSampleAccount *account = contract->account;
  gsl_rng *rng = contract->company->rng;
  guint core = pick_core (rng, account->segment);
  int dom;

  qd_day_to_ymd (day, NULL, NULL, &dom);
  contract->start = qd_day_get_month (day);
  contract->day = dom;
  g_array_set_size (contract->items, 0);
  open_item (contract, core, seats, list_price (account, core), day);
  if (qd_sample_draw (rng, 100) < 20 + 20 * (guint) account->segment)
    add_addon (contract, day);
  if (account->segment == QD_SAMPLE_ENTERPRISE && qd_sample_draw (rng, 2) == 0)
    add_addon (contract, day);
}

static void
end_contract (Contract *contract,
              QdDay     day)
{
  guint notice = contract->account->interval == 1 ? 1 + qd_sample_draw (contract->company->rng, 20)
                                                  : 20 + qd_sample_draw (contract->company->rng, 60);

  for (guint i = 0; i < contract->items->len; i++)
    {
      QdDay start = g_array_index (contract->items, Item, i).start;

      close_item (contract, i, day, MAX (day - (int) notice, start));
    }
  g_array_set_size (contract->items, 0);
}

static gboolean
leaves (const Contract *contract,
        QdMonth         month,
        gboolean        season)
{
  const QdSampleAccount *account = contract->account;
  guint64 ppm = segments[account->segment].churn_year;
  guint age = month - contract->start;

  ppm = ppm * account->interval / YEAR;
  if (account->interval == 1)
    ppm = ppm * 112 / 100;
  if (age <= YEAR && account->segment == QD_SAMPLE_SMB)
    ppm = ppm * 120 / 100;
  if (season)
    ppm = ppm * churn_season[qd_month_get_number (month) - 1] / 100;
  return draw_chance (contract->company->rng, ppm);
}

/* Once a year: new prices, fewer seats, an add-on less. */
static void
anniversary (Contract *contract,
             QdDay     day)
{
  const Segment *s = &segments[contract->account->segment];
  gsl_rng *rng = contract->company->rng;
  guint rise = draw_chance (rng, s->rise_year) ? 2 + qd_sample_draw (rng, 6) : 0;
  guint cut = draw_chance (rng, s->fewer_year) ? 10 + qd_sample_draw (rng, 26) : 0;
  gboolean yearly = contract->account->interval == YEAR;

  if (contract->items->len > 1 && draw_chance (rng, s->drop_year))
    {
      guint last = contract->items->len - 1;

      close_item (contract, last, day, MAX (day - 30, g_array_index (contract->items, Item, last).start));
      g_array_set_size (contract->items, last);
    }
  for (guint i = 0; i < contract->items->len; i++)
    {
      const Item *item = &g_array_index (contract->items, Item, i);
      guint quantity = i == 0 ? MAX (item->quantity * (100 - cut) / 100, 1) : item->quantity;
      gint64 price = item->price * (100 + rise) / 100;

      /* A yearly contract is written anew each year, a monthly one only when something changes. */
      if (yearly || quantity != item->quantity || price != item->price)
        change_item (contract, i, day, quantity, price);
    }
}

static void
live_month (Contract *contract,
            QdMonth   month)
{
  const Segment *s = &segments[contract->account->segment];
  gsl_rng *rng = contract->company->rng;
  guint age = month - contract->start;
  gboolean renews = age > 0 && age % contract->account->interval == 0;
  QdDay renewal = renewal_day (contract, month);
  QdDay day;

  if (renews && leaves (contract, month, contract->account->interval == 1))
    {
      end_contract (contract, renewal);
      return;
    }
  if (age > 0 && age % YEAR == 0)
    anniversary (contract, renewal);

  if (age > 0 && draw_chance (rng, s->more_month))
    {
      const Item *core = &g_array_index (contract->items, Item, 0);
      guint more = core->quantity * (8 + qd_sample_draw (rng, 28)) / 100;

      day = day_in_month (month, 1 + qd_sample_draw (rng, 28));
      if (day > core->start)
        change_item (contract, 0, day, core->quantity + MAX (more, 1), core->price);
    }
  if (age > 0 && draw_chance (rng, s->addon_month))
    {
      day = day_in_month (month, 1 + qd_sample_draw (rng, 28));
      /* What an anniversary ended is not bought again before it. */
      add_addon (contract, age % YEAR == 0 ? MAX (day, renewal) : day);
    }
}

/* What is still in force at the end of the data keeps the end of its term, which lies ahead; some have given notice. */
static void
leave_open (Contract *contract)
{
  QdMonth last = contract->company->last;
  QdDay end = term_end (contract, last);
  QdDay canceled = QD_DAY_NONE;

  if (end != QD_DAY_FOREVER && end <= qd_month_last_day (last) + 60 &&
      leaves (contract, qd_day_get_month (end), FALSE))
    canceled = day_in_month (last, 1 + qd_sample_draw (contract->company->rng, 28));
  for (guint i = 0; i < contract->items->len; i++)
    {
      QdDay start = g_array_index (contract->items, Item, i).start;

      close_item (contract, i, end, canceled != QD_DAY_NONE ? MAX (canceled, start) : QD_DAY_NONE);
    }
}

static const char *
stage_of (const Contract *contract,
          gboolean        ended)
{
  QdMonth last = contract->company->last;
  QdDay end;

  if (contract->items->len == 0)
    return ended ? "Churned" : "Trial";
  if (last - contract->start < 3)
    return "Onboarding";
  end = term_end (contract, last);
  if (end != QD_DAY_FOREVER && end <= qd_month_last_day (last) + 90)
    return "Renewal";
  return contract->items->len > 2 ? "Growth" : "Adoption";
}

void
qd_sample_account_live (QdSampleAccount *account,
                        QdSampleCompany *company,
                        QdMonth          month)
{
  const Segment *s = &segments[account->segment];
  gsl_rng *rng = company->rng;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  Contract contract = { account, company, items, month, 1 };
  QdDay start = account->signup;
  gboolean trial = month > company->first && draw_chance (rng, s->trial);
  gboolean trial_only = month > company->first && draw_chance (rng, s->trial_only);
  gboolean ended = FALSE;
  QdMonth gone = QD_MONTH_NONE;

  /* Whoever is there in the first month has mostly been a customer before the data begin. */
  if (month == company->first)
    account->signup -= qd_sample_draw (rng, 900);
  else
    account->signup -= qd_sample_draw (rng, 15);

  if (trial || trial_only)
    {
      QdDay end = start + (qd_sample_draw (rng, 2) == 0 ? 14 : 30);
      QdSampleLine line = { pick_core (rng, account->segment), MIN (account->seats, 10), 0, start, end, QD_DAY_NONE, TRUE };

      g_array_append_val (account->lines, line);
      start = end;
      if (trial_only || qd_day_get_month (start) > company->last)
        {
          account->stage = stage_of (&contract, FALSE);
          return;
        }
    }

  begin_contract (&contract, start, account->seats);
  for (QdMonth m = contract.start; m <= company->last; m++)
    {
      if (items->len > 0)
        {
          live_month (&contract, m);
          if (items->len == 0)
            {
              ended = TRUE;
              gone = m;
            }
        }
      else if (m - gone > 1 && m - gone <= 18 && draw_chance (rng, s->return_month))
        {
          guint seats = account->seats * (60 + qd_sample_draw (rng, 50)) / 100;

          begin_contract (&contract, day_in_month (m, 1 + qd_sample_draw (rng, 28)), MAX (seats, 1));
        }
    }
  if (items->len > 0)
    account->seats = g_array_index (items, Item, 0).quantity;
  account->stage = stage_of (&contract, ended);
  if (items->len > 0)
    leave_open (&contract);
}
