# SPDX-License-Identifier: GPL-3.0-or-later
"""The MRR ledger, a second time and on purpose naively.

From raw CSV rows to exact levels: dictionaries, loops and fractions, nothing
clever. It shares no code with the program and never runs it; the two meet only
in compare.py.

Days are ordinals of datetime.date, months are year * 12 + month - 1, amounts
are fractions of minor units until the one rounding per line.
"""

import csv
import datetime
import functools
from fractions import Fraction

EXPONENTS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3, "JOD": 3, "OMR": 3}
STANDARD = ["segment", "region", "country", "industry", "csm", "touch", "stage", "sales_rep", "channel", "source",
            "discount_band"]

# The months that one price pays for. A year has 52 weeks of billing and 365 days.
INTERVAL_MONTHS = {"month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12), "week": Fraction(12, 52),
                   "day": Fraction(12, 365)}


# Calendar --------------------------------------------------------------------------------------------------------

def day_of(text):
    year, month, day = text.split("-")
    return datetime.date(int(year), int(month), int(day)).toordinal()


def day_text(day):
    return datetime.date.fromordinal(day).isoformat()


def month_of(text):
    year, month = text.split("-")[:2]
    return int(year) * 12 + int(month) - 1


def month_text(month):
    return "%04d-%02d" % (month // 12, month % 12 + 1)


def month_of_day(day):
    date = datetime.date.fromordinal(day)
    return date.year * 12 + date.month - 1


@functools.lru_cache(maxsize=None)
def first_day(month):
    return datetime.date(month // 12, month % 12 + 1, 1).toordinal()


@functools.lru_cache(maxsize=None)
def last_day(month):
    return first_day(month + 1) - 1


# Money -----------------------------------------------------------------------------------------------------------

def exponent_of(currency):
    return EXPONENTS.get(currency, 2)


def round_half_away(value):
    """The one rounding rule: half away from zero to an integer."""
    value = Fraction(value)
    if value < 0:
        return -round_half_away(-value)
    whole = value.numerator // value.denominator
    if value - whole >= Fraction(1, 2):
        whole += 1
    return whole


def money_text(minor, exponent):
    sign = "-" if minor < 0 else ""
    minor = abs(minor)
    if exponent == 0:
        return sign + str(minor)
    return "%s%d.%0*d" % (sign, minor // 10 ** exponent, exponent, minor % 10 ** exponent)


# The book: what was imported, not yet what it means ---------------------------------------------------------------

class Account:
    def __init__(self, account_id):
        self.id = account_id
        self.name = account_id
        self.parent = None
        self.signup = None
        self.values = {}      # field -> today's value
        self.dated = {}       # field -> [(day, value)] in order of day


class Line:
    def __init__(self, account, product, start, end, amount, currency, trial, canceled=None):
        self.account = account
        self.product = product
        self.start = start
        self.end = end            # None: open
        self.amount = amount      # Fraction of minor units of its currency, a month
        self.currency = currency
        self.trial = trial
        self.canceled = canceled


class Snapshot:
    def __init__(self, account, month, product, amount, currency):
        self.account = account
        self.month = month
        self.product = product
        self.amount = amount
        self.currency = currency


class Event:
    def __init__(self, account, day, product, amount, currency, is_change, of_product):
        self.account = account
        self.day = day
        self.product = product
        self.amount = amount
        self.currency = currency
        self.is_change = is_change
        self.of_product = of_product


def read_csv(path):
    with open(path, newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def truth(text):
    return (text or "").strip().lower() in ("1", "true", "yes", "y", "t")


class Book:
    def __init__(self, currency="USD", fiscal_start=1):
        self.currency = currency
        self.exponent = exponent_of(currency)
        self.fiscal_start = fiscal_start
        self.accounts = {}
        self.lines = []
        self.snapshots = []
        self.events = []
        self.rates = {}           # currency -> {month or None: Fraction}

    # Reading. @fields maps our field to the header that the file uses for it.

    def account(self, account_id):
        if account_id not in self.accounts:
            self.accounts[account_id] = Account(account_id)
        return self.accounts[account_id]

    def read_accounts(self, path, fields=None, known=("account_id", "name", "parent_id", "domain", "signup_date",
                                                      "currency", "seats", "employees", "fit", "valid_from")):
        fields = fields or {}
        for row in read_csv(path):
            back = {header: field for field, header in fields.items()}
            row = {back.get(header, header): value for header, value in row.items()}
            account = self.account(row["account_id"])
            account.name = row["name"]
            if row.get("parent_id"):
                account.parent = row["parent_id"]
                self.account(row["parent_id"])
            if row.get("signup_date"):
                account.signup = day_of(row["signup_date"][:10])
            from_day = day_of(row["valid_from"]) if row.get("valid_from") else None
            for field, value in row.items():
                if field in known:
                    continue
                if from_day is None:
                    account.values[field] = value
                elif value != "":
                    account.dated.setdefault(field, []).append((from_day, value))
        for account in self.accounts.values():
            for field, history in account.dated.items():
                history.sort(key=lambda pair: pair[0])
                account.values[field] = history[-1][1]

    def amount_of(self, row, currency):
        scale = 10 ** exponent_of(currency)
        if row.get("mrr"):
            amount = Fraction(row["mrr"]) * scale
        else:
            months = INTERVAL_MONTHS[row["interval"]] * int(row.get("interval_count") or 1)
            amount = Fraction(row["quantity"]) * Fraction(row["unit_price"]) * scale / months
            if row.get("discount"):
                amount *= 1 - Fraction(row["discount"]) / 100
        return amount

    def read_subscriptions(self, path, fields=None):
        fields = fields or {}
        for raw in read_csv(path):
            back = {header: field for field, header in fields.items()}
            row = {back.get(header, header): value for header, value in raw.items()}
            currency = row.get("currency") or self.currency
            self.account(row["account_id"])
            self.lines.append(Line(row["account_id"], row.get("product") or "", day_of(row["start"]),
                                   day_of(row["end"]) if row.get("end") else None, self.amount_of(row, currency),
                                   currency, truth(row.get("trial")),
                                   day_of(row["canceled_at"]) if row.get("canceled_at") else None))

    def read_mrr(self, path, fields=None):
        fields = fields or {}
        for raw in read_csv(path):
            back = {header: field for field, header in fields.items()}
            row = {back.get(header, header): value for header, value in raw.items()}
            currency = row.get("currency") or self.currency
            self.account(row["account_id"])
            self.snapshots.append(Snapshot(row["account_id"], month_of(row["month"]), row.get("product") or "",
                                           Fraction(row["mrr"]) * 10 ** exponent_of(currency), currency))

    def read_movements(self, path, fields=None, of_product=False):
        """@of_product: a level is the product's own and levels of an account add up."""
        fields = fields or {}
        for raw in read_csv(path):
            back = {header: field for field, header in fields.items()}
            row = {back.get(header, header): value for header, value in raw.items()}
            currency = row.get("currency") or self.currency
            is_change = not row.get("mrr_after")
            self.account(row["account_id"])
            text = row["amount"] if is_change else row["mrr_after"]
            self.events.append(Event(row["account_id"], day_of(row["date"][:10]), row.get("product") or "",
                                     Fraction(text) * 10 ** exponent_of(currency), currency, is_change,
                                     of_product or is_change))

    def read_fx(self, path):
        for row in read_csv(path):
            when = row.get("month") or row.get("date") or ""
            self.rates.setdefault(row["currency"], {})[month_of(when) if when else None] = Fraction(row["rate"])

    # What the data says about itself.

    def first_month(self):
        months = [month_of_day(line.start) for line in self.lines]
        months += [snapshot.month for snapshot in self.snapshots]
        months += [month_of_day(event.day) for event in self.events]
        return min(months)

    def last_month(self):
        months = [month_of_day(line.start) for line in self.lines]
        months += [month_of_day(line.canceled) for line in self.lines if line.canceled is not None]
        months += [snapshot.month for snapshot in self.snapshots]
        months += [month_of_day(event.day) for event in self.events]
        return max(months)

    def ultimate_parent(self, account_id):
        while self.accounts[account_id].parent:
            account_id = self.accounts[account_id].parent
        return account_id

    def value_of(self, account_id, field, day=None):
        """The value of a dimension: today's, or the one that held at the end of @day."""
        account = self.accounts[account_id]
        history = account.dated.get(field)
        if day is None or not history:
            return account.values.get(field) or ""
        value = None
        for from_day, dated in history:
            if from_day <= day:
                value = dated
        return value if value is not None else ""

    def dimensions(self):
        names = set()
        for account in self.accounts.values():
            names.update(account.values)
        return sorted(names)

    def rate(self, currency, month, fx):
        """Reporting major units for one major unit."""
        if currency == self.currency:
            return Fraction(1)
        table = self.rates[currency]
        dated = sorted(month for month in table if month is not None)
        if fx == "constant":
            return table[None] if None in table else table[dated[0]]
        before = [m for m in dated if m <= month]
        if before:
            return table[before[-1]]
        return table[None] if None in table else table[dated[0]]

    def convert(self, amount, currency, month, fx):
        factor = Fraction(10) ** (self.exponent - exponent_of(currency))
        return round_half_away(amount * self.rate(currency, month, fx) * factor)


# The ledger: a book read through a profile ------------------------------------------------------------------------

DEFAULTS = {
    "period_form": "p2p", "reactivation_in_nrr": "no", "return_within_period": "end_state", "netting": "month",
    "end_date": "exclusive", "free_accounts": "excluded", "trials": "excluded", "won_and_lost": "ignored",
    "logo_base": "start", "fx": "constant", "segment_at": "now", "cohort_month": "first_paid", "first_month": "new",
    "hierarchy": "account",
}

CHOICES = {
    "period_form": ["p2p", "lowest", "product", "flow"],
    "reactivation_in_nrr": ["no", "yes"],
    "return_within_period": ["end_state", "lost"],
    "netting": ["month", "day", "quarter"],
    "end_date": ["exclusive", "inclusive"],
    "free_accounts": ["excluded", "included"],
    "trials": ["excluded", "included"],
    "won_and_lost": ["ignored", "counted"],
    "logo_base": ["start", "start_new_lost", "start_new"],
    "fx": ["constant", "month_end"],
    "segment_at": ["now", "period_start"],
    "cohort_month": ["first_paid", "signup", "first_line"],
    "first_month": ["new", "opening"],
    "hierarchy": ["account", "ultimate_parent"],
}

LEDGER_KEYS = ("end_date", "free_accounts", "trials", "fx", "hierarchy")


def profile_with(**choices):
    profile = dict(DEFAULTS)
    for key, value in choices.items():
        assert value in CHOICES[key], (key, value)
        profile[key] = value
    return profile


class State:
    """What an account has in force at the end of one day."""

    def __init__(self):
        self.levels = {}          # product -> minor units
        self.live = set()         # products that make it a customer

    def add(self, product, amount, live):
        self.levels[product] = self.levels.get(product, 0) + amount
        if live:
            self.live.add(product)

    def total(self, products=None):
        if products is None:
            return sum(self.levels.values())
        return sum(level for product, level in self.levels.items() if product in products)

    def active(self, products=None):
        if products is None:
            return bool(self.live)
        return not self.live.isdisjoint(products)


EMPTY = State()


class Ledger:
    def __init__(self, book, profile):
        self.book = book
        self.profile = profile
        self.first = book.first_month()
        self.last = book.last_month()
        self.facts = {}           # customer -> ([Line], [Snapshot], [Event spans])
        self.memo = {}
        for line in book.lines:
            self.fact(line.account)[0].append(line)
        for snapshot in book.snapshots:
            self.fact(snapshot.account)[1].append(snapshot)
        for span in self.event_spans():
            self.fact(span[0])[2].append(span)
        self.customers = sorted(self.facts, key=lambda customer: customer.encode())

    def customer_of(self, account_id):
        if self.profile["hierarchy"] == "ultimate_parent":
            return self.book.ultimate_parent(account_id)
        return account_id

    def fact(self, account_id):
        return self.facts.setdefault(self.customer_of(account_id), ([], [], []))

    def event_spans(self):
        """An event log as spans (account, product, start, end, amount, currency): each level holds until the next
        event of the same account (of the same product, when levels are per product). Several on a day: the last."""
        threads = {}
        for event in self.book.events:
            thread = (event.account, event.product if event.of_product else None,
                      event.currency if event.is_change else None)
            threads.setdefault(thread, []).append(event)
        spans = []
        for (account, _product, _currency), events in threads.items():
            running = Fraction(0)
            days = {}             # day -> (product, level, currency) at its end
            for event in sorted(events, key=lambda event: event.day):      # stable: ties keep the file's order
                running = running + event.amount if event.is_change else event.amount
                assert running >= 0, (account, day_text(event.day))
                days[event.day] = (event.product, running, event.currency)
            order = sorted(days)
            for index, day in enumerate(order):
                end = order[index + 1] if index + 1 < len(order) else None
                product, level, currency = days[day]
                if level > 0:
                    spans.append((account, product, day, end, level, currency))
        return spans

    def in_force(self, start, end, day):
        if start > day:
            return False
        if end is None:
            return True
        if self.profile["end_date"] == "inclusive":
            return end >= day
        return end > day

    def state(self, customer, day, rate_month):
        """Everything in force at the end of @day, converted with the rates of @rate_month."""
        key = (customer, day, rate_month)
        if key in self.memo:
            return self.memo[key]
        fx = self.profile["fx"]
        trials = self.profile["trials"] == "included"
        free = self.profile["free_accounts"] == "included"
        lines, snapshots, spans = self.facts[customer]
        state = State()
        for line in lines:
            if not self.in_force(line.start, line.end, day) or (line.trial and not trials):
                continue
            amount = self.book.convert(line.amount, line.currency, rate_month, fx)
            state.add(line.product, amount, amount > 0 or line.trial or free)
        month = month_of_day(day)
        for snapshot in snapshots:
            if snapshot.month == month:
                amount = self.book.convert(snapshot.amount, snapshot.currency, rate_month, fx)
                state.add(snapshot.product, amount, amount > 0 or free)
        for _account, product, start, end, level, currency in spans:
            if self.in_force(start, end, day):
                amount = self.book.convert(level, currency, rate_month, fx)
                state.add(product, amount, amount > 0)
        self.memo[key] = state
        return state

    def month_end(self, customer, month, rate_month=None):
        return self.state(customer, last_day(month), month if rate_month is None else rate_month)

    def change_days(self, customer, month):
        """The days of a month on which something may change, and its last day."""
        low, high = first_day(month), last_day(month)
        days = {low, high}
        lines, _snapshots, spans = self.facts[customer]
        for start, end in [(l.start, l.end) for l in lines] + [(s[2], s[3]) for s in spans]:
            for day in (start, end, None if end is None else end + 1):
                if day is not None and low <= day <= high:
                    days.add(day)
        return sorted(days)

    def rows(self, as_of):
        """The table `ledger`: (account, name, month, level), only where the account is a customer."""
        rows = []
        for customer in self.customers:
            for month in range(self.first, as_of + 1):
                state = self.month_end(customer, month)
                if state.active():
                    rows.append((customer, self.book.accounts[customer].name, month, state.total()))
        return rows
