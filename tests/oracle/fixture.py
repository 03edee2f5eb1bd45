#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A generated book of business in which every awkward case occurs.

The same bytes on every machine and every Python: its own random numbers, no
sets, no hashes. Written as accounts, products, rates and subscription lines;
transform.py makes snapshots and events of the lines.
"""

import csv
import os
import sys

from ledger import Book, day_of, day_text, first_day, last_day, month_of

FIRST = month_of("2021-11")
LAST = month_of("2024-12")
FISCAL_START = 2

SEGMENTS = ["Enterprise", "Mid-Market", "SMB", ""]
REGIONS = ["EMEA", "Americas", "Asia, Pacific", ""]
MATURITY = ["new", "growing", "Größe \"L\"", ""]
PRODUCTS = [("core", "Core"), ("analytics", "Analytics, \"pro\""), ("care", "Pflege & Wartung"), ("seats", "Seats")]
NAMES = ["Northwind, Inc.", "Müller & Söhne", "The \"Best\" Company", "Two\nLines Ltd", "Ångström AB", "日本商事",
         "O'Neil; Partners", "  Spaced Out  ".strip(), "Very long name " + "that never ends " * 12 + "GmbH",
         "Tab\tCorp", "=SUM(A1)", "Ünïcödé"]


class Random:
    """A 64-bit linear congruential generator; the high bits are used."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def pick(self, values):
        return values[self.below(len(values))]


class Maker:
    def __init__(self):
        self.random = Random(20240229)
        self.accounts = []        # dicts of accounts.csv
        self.lines = []           # dicts of subscriptions.csv
        self.number = 0

    def account(self, account_id, **fields):
        row = {"account_id": account_id, "name": NAMES[len(self.accounts) % len(NAMES)] + " " + account_id,
               "segment": self.random.pick(SEGMENTS), "region": self.random.pick(REGIONS),
               "maturity": self.random.pick(MATURITY)}
        row.update(fields)
        self.accounts.append(row)

    def line(self, account_id, start, end="", **fields):
        self.number += 1
        row = {"line_id": "L%05d" % self.number, "account_id": account_id,
               "start": day_text(start) if isinstance(start, int) else start,
               "end": day_text(end) if isinstance(end, int) else end}
        row.update(fields)
        if "mrr" not in row and "quantity" not in row:
            row["mrr"] = self.amount()
        self.lines.append(row)

    def amount(self):
        """Whole amounts and cents, small and large."""
        choice = self.random.below(4)
        if choice == 0:
            return "%d" % (10 + self.random.below(990))
        if choice == 1:
            return "%d.%02d" % (self.random.below(2000), self.random.below(100) or 1)
        if choice == 2:
            return "0.%02d" % (1 + self.random.below(99))
        return "%d.%02d" % (2000 + self.random.below(60000), self.random.below(100))

    def day(self, low=FIRST, high=LAST - 2):
        """A day, often the first or the last of its month."""
        month = low + self.random.below(high - low + 1)
        choice = self.random.below(6)
        if choice == 0:
            return first_day(month)
        if choice == 1:
            return last_day(month)
        return first_day(month) + self.random.below(28)

    def product(self):
        return self.random.pick(PRODUCTS)[0]


def steady(m, a):
    m.line(a, m.day(), product=m.product())


def opening(m, a):
    m.line(a, first_day(FIRST) + m.random.below(20), product="core")
    if m.random.below(2):
        m.line(a, m.day(FIRST + 2), product="analytics")


def gap(m, a):
    """Returns after a gap of some months, twice."""
    day = m.day(FIRST, FIRST + 10)
    for _ in range(3):
        end = day + 60 + m.random.below(200)
        m.line(a, day, end, product=m.product())
        day = end + 35 + m.random.below(120)
        if day > last_day(LAST):
            break


def short_gap(m, a):
    """A gap inside one month is nothing."""
    day = first_day(FIRST + m.random.below(20)) + 3
    middle = first_day(FIRST + 22 + m.random.below(6)) + 5
    m.line(a, day, middle, product="core", mrr="120.50")
    m.line(a, middle + 9, product="core", mrr="130.25")


def same_day(m, a):
    """Two changes on one day, and lines that were never in force."""
    day = m.day(FIRST, FIRST + 12)
    change = m.day(FIRST + 14, LAST - 4)
    m.line(a, day, change, product="core")
    m.line(a, change, change, product="core")
    m.line(a, change, "", product="core")
    m.line(a, change, change + 40, product="analytics")


def won_and_lost(m, a):
    """Won and lost inside one month, sometimes before a real start, sometimes nothing else ever."""
    month = FIRST + 1 + m.random.below(20)
    m.line(a, first_day(month) + 2, first_day(month) + 2 + 5 + m.random.below(15), product=m.product())
    if m.random.below(2):
        m.line(a, first_day(month) + 4, first_day(month) + 6, product="care")
    if m.random.below(3):
        later = first_day(month + 3 + m.random.below(6)) + m.random.below(20)
        m.line(a, later, later + 100 if m.random.below(2) else "", product=m.product())
        if m.random.below(2):
            again = month + 14
            m.line(a, first_day(again) + 1, first_day(again) + 4, product="seats")


def up_and_down(m, a):
    """Up and down inside one month nets out; so does a return inside one day."""
    day = m.day(FIRST, FIRST + 12)
    month = FIRST + 15 + m.random.below(15)
    m.line(a, day, product="core")
    m.line(a, first_day(month) + 4, first_day(month) + 14, product="seats")
    m.line(a, first_day(month + 4) + 4, first_day(month + 4) + 25, product="analytics")
    m.line(a, first_day(month + 4) + 10, product="care", mrr="0.05")


def trial(m, a):
    """A trial with money, then paid, sometimes with the trial still running."""
    day = m.day(FIRST, LAST - 8)
    m.line(a, day, day + 30, product="core", trial="TRUE", mrr="99.00")
    if m.random.below(4):
        m.line(a, day + (20 if m.random.below(2) else 30), product="core")
    if m.random.below(3) == 0:
        m.line(a, day + 90, day + 120, product="analytics", trial="TRUE", mrr="0")


def trial_only(m, a):
    day = m.day(FIRST + 1)
    m.line(a, day, day + 14 + m.random.below(60), product=m.product(), trial="TRUE",
           mrr="0" if m.random.below(2) else "49.99")


def free(m, a):
    """Free for good, free then paid, paid then free."""
    day = m.day(FIRST, LAST - 12)
    choice = m.random.below(3)
    if choice == 0:
        m.line(a, day, product="core", mrr="0")
    elif choice == 1:
        m.line(a, day, day + 150, product="core", mrr="0.00")
        m.line(a, day + 150, product="core")
    else:
        m.line(a, day, day + 150, product="core")
        m.line(a, day + 150, product="core", mrr="0")


def never(m, a):
    """Start equals end: never in force."""
    day = m.day(FIRST + 1)
    m.line(a, day, day, product=m.product())
    if m.random.below(2):
        m.line(a, last_day(FIRST + 9), last_day(FIRST + 9), product="core")


def back_to_back(m, a):
    """One ends on the day on which the next starts, at month ends too."""
    day = m.day(FIRST, FIRST + 8)
    for _ in range(4):
        end = last_day(FIRST + 10 + m.random.below(3)) if m.random.below(3) == 0 else day + 80 + m.random.below(150)
        if end <= day:
            end = day + 91
        m.line(a, day, end, product="core")
        day = end
        if day > last_day(LAST - 3):
            break


def overlapping(m, a):
    for _ in range(2 + m.random.below(4)):
        day = m.day()
        m.line(a, day, day + 100 + m.random.below(300) if m.random.below(2) else "", product=m.product())


def products(m, a):
    """Products come and go, and swap at the same price."""
    day = m.day(FIRST, FIRST + 6)
    swap = m.day(FIRST + 10, FIRST + 20)
    m.line(a, day, swap, product="core", mrr="250")
    m.line(a, swap, product="analytics", mrr="250")
    m.line(a, m.day(FIRST + 3, FIRST + 12), m.day(FIRST + 22, LAST), product="seats", quantity="7", unit_price="12.50",
           interval="month")
    if m.random.below(2):
        m.line(a, day + 100, product="")


def foreign(currency):
    def make(m, a):
        day = m.day(FIRST, LAST - 6)
        price = {"JPY": "%d" % (3000 + m.random.below(900000)),
                 "KWD": "%d.%03d" % (m.random.below(500), m.random.below(999) + 1),
                 "EUR": m.amount()}[currency]
        m.line(a, day, day + 200 + m.random.below(200) if m.random.below(2) else "", product="core", mrr=price,
               currency=currency)
        if m.random.below(2):
            m.line(a, day + 50, product="seats", currency=currency, quantity="%d" % (1 + m.random.below(9)),
                   unit_price={"JPY": "12345", "KWD": "10.125", "EUR": "99.99"}[currency], interval="year")
        if m.random.below(3) == 0:
            m.line(a, day + 70, day + 190, product="care")     # the reporting currency beside it
    return make


def priced(interval):
    def make(m, a):
        day = m.day(FIRST, LAST - 6)
        end = day + 364 + m.random.below(3)
        fields = {"interval": interval, "quantity": "%d" % (1 + m.random.below(30)),
                  "unit_price": "%d.%02d" % (10 + m.random.below(990), m.random.below(100))}
        if m.random.below(3) == 0:
            fields["discount"] = m.random.pick(["10", "12.5", "33.33", "100"])
        if m.random.below(3) == 0 and interval != "week":
            fields["interval_count"] = "2"
        m.line(a, day, end, product=m.product(), **fields)
        if m.random.below(2):
            fields["unit_price"] = "1000"
            fields["quantity"] = "1"
            m.line(a, end, product="core", **fields)
    return make


def churned(m, a):
    """Ends on the first or the last day of a month, some told in advance."""
    day = m.day(FIRST, LAST - 12)
    end = last_day(month_of(day_text(day)) + 4 + m.random.below(6))
    if m.random.below(2):
        end += 1
    fields = {"canceled_at": day_text(end - 20)} if m.random.below(2) else {}
    m.line(a, day, end, product=m.product(), **fields)


def shrinking(m, a):
    day = m.day(FIRST, FIRST + 10)
    price = 900
    while price > 100 and day < last_day(LAST - 3):
        end = day + 70 + m.random.below(60)
        m.line(a, day, end, product="core", mrr="%d.%02d" % (price, m.random.below(100)))
        day, price = end, price - 150
    if m.random.below(2):
        m.line(a, day, product="core", mrr="2500.01")


def leap(m, a):
    m.line(a, day_of("2024-02-29"), product="core")
    if m.random.below(2):
        m.line(a, day_of("2023-02-28"), day_of("2024-02-29"), product="core", mrr="33.33")


def nothing(m, a):
    """An account without any revenue."""


def future(m, a):
    """An end after the last month of the data."""
    m.line(a, m.day(), day_of("2027-06-30"), product=m.product())


PATTERNS = [steady, opening, gap, short_gap, same_day, won_and_lost, up_and_down, trial, trial_only, free, never,
            back_to_back, overlapping, products, foreign("JPY"), foreign("KWD"), foreign("EUR"), priced("month"),
            priced("quarter"), priced("year"), priced("week"), churned, shrinking, leap, nothing, future, gap, churned,
            overlapping, opening]


def make():
    m = Maker()
    m.account("Z-opens-the-data", segment="SMB")
    m.line("Z-opens-the-data", first_day(FIRST), "", product="core", mrr="1000.00")
    m.account("Z-ends-the-data", segment="SMB")
    m.line("Z-ends-the-data", first_day(LAST) + 9, "", product="core", mrr="77.77")
    for index in range(240):
        account_id = "%s-%03d" % (m.random.pick(["A", "b", "C", "ü"]), index)
        fields = {}
        if m.random.below(4):
            fields["signup_date"] = day_text(first_day(FIRST - 2) + m.random.below(500))
        m.account(account_id, **fields)
        PATTERNS[index % len(PATTERNS)](m, account_id)

    # Three levels of parents; some parents pay themselves, one is known only as a parent.
    ids = [row["account_id"] for row in m.accounts[2:]]
    by_id = {row["account_id"]: row for row in m.accounts}
    for index in range(0, 36, 3):
        by_id[ids[index + 1]]["parent_id"] = ids[index]
        by_id[ids[index + 2]]["parent_id"] = ids[index + 1]
    for index in range(40, 52, 2):
        by_id[ids[index]]["parent_id"] = ids[index + 1]          # the child stands before its parent
    by_id[ids[60]]["parent_id"] = "H-holding"
    by_id[ids[61]]["parent_id"] = "H-holding"

    # Lines of accounts that accounts.csv does not know.
    for index in range(3):
        steady(m, "unknown-%d" % index)
    gap(m, "unknown-3")

    # Dated changes: a first row for always, then what changed.
    changes = []
    for index in range(70, 130):
        row = by_id[ids[index]]
        row["valid_from"] = "2021-01-01"
        for field, values in (("segment", SEGMENTS), ("maturity", MATURITY)):
            row[field] = row[field] or values[0]
        day = m.day(FIRST + 1, LAST - 8)
        for _ in range(1 + m.random.below(2)):
            change = {"account_id": row["account_id"], "name": row["name"], "valid_from": day_text(day),
                      "segment": m.random.pick(SEGMENTS[:3])}
            if m.random.below(2):
                change["maturity"] = m.random.pick(MATURITY[:3])
            changes.append(change)
            day += 31 + m.random.below(150)
    return m, changes


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


ACCOUNT_HEADER = ["account_id", "name", "parent_id", "segment", "region", "maturity", "signup_date", "valid_from"]
LINE_HEADER = ["line_id", "account_id", "product", "start", "end", "mrr", "quantity", "unit_price", "interval",
               "interval_count", "discount", "currency", "trial", "canceled_at"]


def rates():
    """(dated, constant): euro with holes, yen later than the data, dinar with a first rate for always."""
    random = Random(7)
    dated = []
    for month in range(FIRST - 1, LAST + 1):
        if month != FIRST - 1 and random.below(5) == 0:
            continue
        text = "%04d-%02d" % (month // 12, month % 12 + 1)
        dated.append({"currency": "EUR", "rate": "1.%04d" % (300 + random.below(1900)), "month": text})
        if month >= FIRST + 7:
            dated.append({"currency": "JPY", "rate": "0.00%d" % (63000 + random.below(25000)), "month": text})
    dated.append({"currency": "KWD", "rate": "3.2501", "month": ""})
    dated.append({"currency": "KWD", "rate": "3.271", "month": "2022-08"})
    dated.append({"currency": "KWD", "rate": "3.3", "month": "2023-10"})
    constant = [{"currency": "EUR", "rate": "1.0837", "month": ""}, {"currency": "JPY", "rate": "0.0070155", "month": ""},
                {"currency": "KWD", "rate": "3.25", "month": ""}]
    return dated, constant


def write(folder):
    os.makedirs(folder, exist_ok=True)
    m, changes = make()
    write_csv(os.path.join(folder, "accounts.csv"), ACCOUNT_HEADER, m.accounts)
    write_csv(os.path.join(folder, "account-changes.csv"), ACCOUNT_HEADER, changes)
    write_csv(os.path.join(folder, "products.csv"), ["product_id", "name"],
              [{"product_id": product, "name": name} for product, name in PRODUCTS])
    write_csv(os.path.join(folder, "subscriptions.csv"), LINE_HEADER, m.lines)
    dated, constant = rates()
    write_csv(os.path.join(folder, "fx-dated.csv"), ["currency", "rate", "month"], dated)
    write_csv(os.path.join(folder, "fx-constant.csv"), ["currency", "rate", "month"], constant)
    write_csv(os.path.join(folder, "fx-dinar.csv"), ["currency", "rate", "month"], [
        {"currency": "EUR", "rate": "0.33411", "month": "2021-11"}, {"currency": "EUR", "rate": "0.33", "month": "2022-09"},
        {"currency": "JPY", "rate": "0.0021", "month": ""}, {"currency": "JPY", "rate": "0.0022005", "month": "2023-03"}])


def load(folder, revenue=True, fx="fx-dated.csv", currency="USD", fiscal_start=FISCAL_START):
    book = Book(currency, fiscal_start)
    book.read_accounts(os.path.join(folder, "accounts.csv"))
    book.read_accounts(os.path.join(folder, "account-changes.csv"))
    book.read_fx(os.path.join(folder, fx))
    if revenue:
        book.read_subscriptions(os.path.join(folder, "subscriptions.csv"))
    return book


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: fixture.py FOLDER")
    write(sys.argv[1])
