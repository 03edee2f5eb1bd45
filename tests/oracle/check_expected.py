#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second implementation against tables that pandas and SQL computed from a public event log."""

import csv
import os
import sys

from ledger import Book, Ledger, month_of, profile_with
from metrics import Engine, Scope, windows

FORMS = {"p2p": "p2p", "lowest": "lowest", "product": "product", "flow": "flow"}


class Checker:
    def __init__(self):
        self.cells = 0
        self.wrong = []

    def money(self, place, found, text):
        self.cells += 1
        if found != round(abs(float(text)) * 100):
            self.wrong.append("%s: expected %s, computed %s cents" % (place, text, found))

    def count(self, place, found, text):
        self.cells += 1
        if found != int(float(text)):
            self.wrong.append("%s: expected %s, computed %s" % (place, text, found))

    def rate(self, place, found, text):
        self.cells += 1
        if (found is None) != (text == "") or (found is not None and abs(float(found) - float(text)) > 1e-9):
            self.wrong.append("%s: expected %s, computed %s" % (place, text or "blank", found))


def rows_of(path):
    with open(path, newline="") as handle:
        return list(csv.DictReader(handle))


def load(folder):
    book = Book()
    book.read_accounts(os.path.join(folder, "customers.csv"), {"account_id": "customer_id", "name": "company_name"})
    book.read_movements(os.path.join(folder, "subscription_events.csv"),
                        {"account_id": "customer_id", "date": "event_date", "mrr_after": "mrr_amount",
                         "product": "plan"})
    return book


def check_movements(check, expected, engine, as_of, dimension=None):
    by = None if dimension is None else dimension
    movements = engine.movements(Scope(as_of, "month", by))
    retention = engine.retention(Scope(as_of, "month", by))
    table = {}
    for (s, e, _, rows), (_, _, _, rates) in zip(movements, retention):
        for group, row in rows.items():
            table[(e, group)] = (row, rates[group])
    for want in expected:
        group = want.get("segment") if dimension else None
        key = (month_of(want["month"]), group)
        row, rate = table[key]
        place = "%s %s %s" % (want["month"], dimension or "", group or "")
        for column, field in (("start_mrr", "opening"), ("new_mrr", "new"), ("expansion_mrr", "expansion"),
                              ("contraction_mrr", "contraction"), ("churn_mrr", "churn"),
                              ("reactivation_mrr", "reactivation"), ("end_mrr", "closing")):
            if column in want:
                check.money(place + " " + column, row[field], want[column])
        for column, field in (("start_logos", "n_opening"), ("new_logos", "n_new"), ("churned_logos", "n_churn"),
                              ("reactivated_logos", "n_reactivation"), ("end_logos", "n_closing"),
                              ("expansion_logos", "n_expansion"), ("contraction_logos", "n_contraction"),
                              ("new_n", "n_new"), ("exp_n", "n_expansion"), ("con_n", "n_contraction"),
                              ("churn_n", "n_churn"), ("react_n", "n_reactivation")):
            if column in want:
                check.count(place + " " + column, row[field], want[column])
        for column, field in (("grr", "grr"), ("nrr", "nrr"), ("logo_churn", "logo_churn")):
            if column in want:
                check.rate(place + " " + column, rate[field], want[column])


def check_t12m(check, expected, ledger, as_of):
    plain = [("p2p", {}, [("nrr_p2p", "nrr"), ("grr_p2p", "grr"), ("logo_retention", "logo_retention"),
                          ("logo_churn", "logo_churn")]),
             ("strict", {"return_within_period": "lost"},
              [("nrr_p2p_strict", "nrr"), ("grr_p2p_strict", "grr"), ("logo_retention_strict", "logo_retention")]),
             ("lowest", {"period_form": "lowest"}, [("grr_lowest_point", "grr")]),
             ("product", {"period_form": "product"}, [("nrr_compound", "nrr"), ("grr_compound", "grr"),
                                                      ("logo_retention_compound", "logo_retention")]),
             ("flow", {"period_form": "flow"}, [("nrr_flow_cohort", "nrr"), ("grr_flow_cohort", "grr")])]
    for name, choices, columns in plain:
        engine = Engine(ledger, profile_with(**choices))
        tables = {}
        for dimension in (None, "segment", "industry"):
            for s, e, _, rows in engine.retention(Scope(as_of, "ttm", dimension)):
                for group, row in rows.items():
                    tables[(dimension or "ALL", group or "ALL", e)] = row
        for want in expected:
            row = tables[(want["segment_type"], want["segment"], month_of(want["month"]))]
            place = "%s %s %s" % (want["month"], want["segment"], name)
            for column, field in columns:
                check.rate(place + " " + column, row[field], want[column])
            if name == "p2p":
                check.count(place + " base_logos", row["accounts_start"], want["base_logos"])
                check.count(place + " retained_logos", row["accounts_retained"], want["retained_logos"])
                check.money(place + " base_mrr", row["start"], want["base_mrr"])
                check.money(place + " mrr_now_of_base", row["end"], want["mrr_now_of_base"])


def check_cohorts(check, expected, engine, as_of):
    cells = engine.cohorts(Scope(as_of, "month"))
    check.count("cohort cells", len(cells), str(len(expected)))
    for want in expected:
        row = cells.get((month_of(want["cohort"]), int(want["k"])))
        place = "cohort %s age %s" % (want["cohort"], want["k"])
        if row is None:
            check.wrong.append(place + ": missing")
            continue
        check.count(place + " cohort_logos", row["accounts"], want["cohort_logos"])
        check.count(place + " active_logos", row["accounts_retained"], want["active_logos"])
        check.money(place + " cohort_mrr", row["mrr_start"], want["cohort_mrr"])
        check.money(place + " mrr", row["mrr"], want["mrr"])
        check.rate(place + " logo_pct", row["logo_retention"], want["logo_pct"])
        check.rate(place + " net", row["nrr"], want["net_revenue_pct"])
        check.rate(place + " gross", row["grr"], want["gross_revenue_pct"])


def main():
    root = os.environ.get("QUARTERDECK_REAL_DATA")
    parts = ["movements", "segments", "end inclusive", "day netting", "trailing 12 months", "cohorts"]
    print("1..%d" % len(parts))
    if not root:
        for number, part in enumerate(parts, 1):
            print("ok %d - %s # SKIP QUARTERDECK_REAL_DATA names no folder with the real sets" % (number, part))
        return 0
    folder = os.path.join(root, "subscription-events")
    tables = os.path.join(folder, "expected")
    book = load(folder)
    as_of = book.last_month()
    profile = profile_with()
    ledger = Ledger(book, profile)
    inclusive = profile_with(end_date="inclusive")
    checks = []

    def part(function, *arguments):
        check = Checker()
        function(check, *arguments)
        checks.append(check)

    def segments(check, expected):
        for dimension in ("segment", "industry"):
            check_movements(check, [r for r in expected if r["segment_type"] == dimension], Engine(ledger, profile),
                            as_of, dimension)

    def read(name):
        return rows_of(os.path.join(tables, "expected_" + name + ".csv"))

    part(check_movements, read("movements_monthly"), Engine(ledger, profile), as_of)
    part(segments, read("movements_by_segment"))
    part(check_movements, read("movements_variant_end_inclusive"), Engine(Ledger(book, inclusive), inclusive), as_of)
    part(check_movements, read("movements_variant_daynet"), Engine(ledger, profile_with(netting="day")), as_of)
    part(check_t12m, read("t12m"), ledger, as_of)
    part(check_cohorts, read("cohorts_long"), Engine(ledger, profile), as_of)
    for number, (name, check) in enumerate(zip(parts, checks), 1):
        print("%sok %d - %s, %d cells" % ("not " if check.wrong else "", number, name, check.cells))
        for message in check.wrong[:20]:
            print("# " + message)
    return 1 if any(check.wrong for check in checks) else 0


if __name__ == "__main__":
    sys.exit(main())
