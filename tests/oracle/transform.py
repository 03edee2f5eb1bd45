#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One book of revenue in the three forms that companies keep it in.

From whatever form a book has, this writes subscription lines, monthly
snapshots, events with the level of each product, events with the level of the
account, and events with changes. All five say the same thing, so the `ledger`
table of each must be the same.

Amounts stay in their own currency where one exact amount of it says it all;
else the converted and rounded amount is written in the reporting currency.
"""

import os
import sys

from fixture import write_csv
from ledger import (Book, Ledger, day_text, exponent_of, first_day, last_day, money_text, month_text, profile_with)


def in_force(ledger, account, day):
    """What is in force at the end of a day: [(product, exact amount, currency)], by the default profile."""
    lines, snapshots, spans = ledger.facts[account]
    assert not snapshots
    parts = [(l.product, l.amount, l.currency) for l in lines
             if not l.trial and ledger.in_force(l.start, l.end, day)]
    return parts + [(product, level, currency) for _, product, start, end, level, currency in spans
                    if ledger.in_force(start, end, day)]


def levels(ledger, account, day):
    """{product: (text of the amount, currency)} at the end of a day; zero amounts in force are kept."""
    book = ledger.book
    result = {}
    parts = in_force(ledger, account, day)
    for product in sorted({product for product, _, _ in parts}):
        mine = [(amount, currency) for name, amount, currency in parts if name == product]
        amount, currency = mine[0]
        if len(mine) == 1 and amount.denominator == 1:
            result[product] = (money_text(int(amount), exponent_of(currency)), currency)
        else:
            total = sum(book.convert(amount, currency, ledger.first, "constant") for amount, currency in mine)
            result[product] = (money_text(total, book.exponent), book.currency)
    return result


def change_days(ledger, account):
    lines, _, spans = ledger.facts[account]
    days = set()
    for start, end in [(l.start, l.end) for l in lines] + [(s[2], s[3]) for s in spans]:
        days.add(start)
        if end is not None:
            days.add(end)
    return sorted(days)


def zero(text):
    return not any(digit in "123456789" for digit in text)


def write_lines(ledger, path):
    rows = []
    for account in ledger.customers:
        lines, _, spans = ledger.facts[account]
        assert not lines, "the book has lines already"
        for _, product, start, end, level, currency in spans:
            rows.append({"line_id": "T%06d" % len(rows), "account_id": account, "product": product,
                         "start": day_text(start), "end": "" if end is None else day_text(end),
                         "mrr": money_text(int(level), exponent_of(currency)), "currency": currency})
    write_csv(path, ["line_id", "account_id", "product", "start", "end", "mrr", "currency"], rows)


def write_snapshots(ledger, path, last):
    rows = []
    for account in ledger.customers:
        for month in range(ledger.first, last + 1):
            for product, (text, currency) in levels(ledger, account, last_day(month)).items():
                rows.append({"account_id": account, "month": month_text(month), "product": product, "mrr": text,
                             "currency": currency})
    write_csv(path, ["account_id", "month", "product", "mrr", "currency"], rows)


def write_product_events(ledger, path, last):
    """Each row the new level of one product. Where something changes, now and then an extra row on the same day
    first says something else: the last one of a day counts."""
    rows = []
    for account in ledger.customers:
        before = {}
        for day in change_days(ledger, account):
            if day > last_day(last):
                break
            after = {product: pair for product, pair in levels(ledger, account, day).items() if not zero(pair[0])}
            for product in sorted(set(before) | set(after)):
                if before.get(product) == after.get(product):
                    continue
                text, currency = after.get(product, ("0", before.get(product, ("", ledger.book.currency))[1]))
                row = {"account_id": account, "date": day_text(day), "product": product, "mrr_after": text,
                       "currency": currency}
                if len(rows) % 7 == 3:
                    rows.append(dict(row, mrr_after="11", event_id="E%06d" % len(rows)))
                rows.append(dict(row, event_id="E%06d" % len(rows)))
            before = after
    write_csv(path, ["event_id", "account_id", "date", "product", "mrr_after", "currency"], rows)


def account_level(ledger, account, day):
    """(text, currency) of everything in force, in one currency."""
    parts = levels(ledger, account, day)
    if len(parts) == 1:
        return list(parts.values())[0]
    total = ledger.state(account, day, ledger.first).total()
    return money_text(total, ledger.book.exponent), ledger.book.currency


def write_account_events(ledger, path, last, change=False):
    """Each row the new level of the account, or how much it changed."""
    book = ledger.book
    rows = []
    for account in ledger.customers:
        before = None
        minor = 0
        for day in change_days(ledger, account):
            if day > last_day(last):
                break
            text, currency = account_level(ledger, account, day)
            total = ledger.state(account, day, ledger.first).total()
            row = {"event_id": "E%06d" % len(rows), "account_id": account, "date": day_text(day)}
            if change and total != minor:
                rows.append(dict(row, amount=money_text(total - minor, book.exponent)))
            elif not change and (text, currency) != before and (before is not None or not zero(text)):
                rows.append(dict(row, mrr_after=text, currency=currency))
                before = (text, currency)
            minor = total
    header = ["event_id", "account_id", "date"] + (["amount"] if change else ["mrr_after", "currency"])
    write_csv(path, header, rows)


FORMS = ["lines", "snapshots", "product-events", "account-events", "changes"]


def write_all(book, folder):
    """Writes the forms that the book is not in already; returns the last month that all of them reach."""
    os.makedirs(folder, exist_ok=True)
    ledger = Ledger(book, profile_with())
    last = book.last_month()
    if not book.lines:
        write_lines(ledger, os.path.join(folder, "lines.csv"))
    write_snapshots(ledger, os.path.join(folder, "snapshots.csv"), last)
    write_product_events(ledger, os.path.join(folder, "product-events.csv"), last)
    write_account_events(ledger, os.path.join(folder, "account-events.csv"), last)
    write_account_events(ledger, os.path.join(folder, "changes.csv"), last, change=True)
    return last


def load_form(base, form, folder):
    """A book with the accounts and rates of @base and the revenue of one form."""
    book = Book(base.currency, base.fiscal_start)
    book.accounts = dict(base.accounts)
    book.rates = base.rates
    path = os.path.join(folder, form + ".csv")
    if form == "lines":
        book.read_subscriptions(path)
    elif form == "snapshots":
        book.read_mrr(path)
    else:
        book.read_movements(path, of_product=form == "product-events")
    return book


def load_real_lines(root):
    folder = os.path.join(root, "subscription-lines")
    book = Book()
    book.read_accounts(os.path.join(folder, "ravenstack_accounts.csv"), {"name": "account_name"})
    book.read_subscriptions(os.path.join(folder, "ravenstack_subscriptions.csv"),
                            {"line_id": "subscription_id", "start": "start_date", "end": "end_date",
                             "mrr": "mrr_amount", "product": "plan_tier", "trial": "is_trial"})
    return book


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("fixture", "subscription-events", "subscription-lines"):
        sys.exit("usage: transform.py fixture|subscription-events|subscription-lines SOURCE FOLDER\n"
                 "SOURCE: a folder that fixture.py wrote, or the folder of the real sets")
    import check_expected
    import fixture
    LOADERS = {"fixture": fixture.load, "subscription-lines": load_real_lines,
               "subscription-events": lambda root: check_expected.load(os.path.join(root, "subscription-events"))}
    write_all(LOADERS[sys.argv[1]](sys.argv[2]), sys.argv[3])
