#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program against the second implementation, one TAP line per command."""

import argparse
import csv
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

import check_expected
import fixture
import transform
from ledger import (CHOICES, DEFAULTS, LEDGER_KEYS, Ledger, day_text, first_day, last_day, money_text, month_of,
                    month_text, profile_with, round_half_away)
from metrics import Engine, Scope, period_months

MOVEMENT_COLUMNS = ["opening", "new", "reactivation", "expansion", "contraction", "churn", "closing"]
SOMETIMES = ["fx", "transfer_in", "transfer_out"]
MOVEMENT_COUNTS = {"customers_opening": "n_opening", "customers_new": "n_new", "customers_reactivated": "n_reactivation",
                   "customers_expanded": "n_expansion", "customers_contracted": "n_contraction",
                   "customers_churned": "n_churn", "customers_closing": "n_closing"}
RETENTION_COUNTS = ["accounts_start", "accounts_retained"]
RETENTION_MONEY = ["start", "end", "gross_end"]
RETENTION_RATES = ["nrr", "grr", "logo_retention", "logo_churn", "logo_churn_low", "logo_churn_high"]
COHORT_COUNTS = ["accounts", "accounts_retained"]
COHORT_MONEY = ["mrr_start", "mrr"]
COHORT_RATES = ["logo_retention", "nrr", "grr"]
STOCKS = ["mrr", "arr", "accounts", "arpa"] + ["concentration_%d" % top for top in (1, 5, 10, 20)]
RETAINED = ["nrr", "grr", "headwind", "tailwind", "logo_retention", "logo_churn", "gross_revenue_churn",
            "net_revenue_churn"]
COUNTED = ["logo_churn", "logo_retention"]
WEIGHED = ["nrr", "grr", "headwind", "tailwind", "gross_revenue_churn", "net_revenue_churn", "expansion_rate",
           "mrr_growth", "yoy_growth", "quick_ratio"]
EXPLAINED = ["mrr", "arr", "accounts", "new_mrr", "expansion_mrr", "churn_mrr", "net_new_mrr", "mrr_growth", "yoy_growth",
             "nrr", "grr", "logo_retention", "logo_churn", "net_revenue_churn", "expansion_rate", "concentration_5"]
TOLERANCE = 1e-9


class Workspace:
    """A workspace of the program beside the same book on this side."""

    def __init__(self, driver, name, book, imports, real=False):
        self.driver = driver
        self.name = name
        self.book = book
        self.path = os.path.join(driver.folder, name + ".quarterdeck")
        self.ledgers = {}
        self.engines = {}
        self.ready = True
        command = ["new", self.path, "--currency", book.currency, "--fiscal-start", str(book.fiscal_start)]
        for arguments in [command] + [["import", self.path] + list(one) for one in imports]:
            status, _, problem = driver.run(arguments)
            if status != 0:
                driver.report("%s: %s" % (name, " ".join(arguments[:1] + arguments[2:3])),
                              ["status %d: %s" % (status, problem.strip()), driver.shown(arguments)])
                self.ready = False
                return

    def ledger(self, profile):
        key = tuple(profile[key] for key in LEDGER_KEYS)
        if key not in self.ledgers:
            self.ledgers[key] = Ledger(self.book, profile)
        return self.ledgers[key]

    def engine(self, profile):
        key = tuple(sorted(profile.items()))
        if key not in self.engines:
            if len(self.engines) > 3:
                self.engines.clear()
            self.engines[key] = Engine(self.ledger(profile), profile)
        return self.engines[key]


class Driver:
    def __init__(self, program, folder, only, verbose):
        self.program = program
        self.folder = folder
        self.only = only
        self.verbose = verbose
        self.number = 0
        self.failed = 0
        self.cells = 0
        self.environment = dict(os.environ, LC_ALL="C", TZ="UTC", HOME=folder, XDG_DATA_HOME=folder,
                                XDG_CONFIG_HOME=folder, XDG_CACHE_HOME=folder)

    def shown(self, arguments):
        return "command: quarterdeck " + " ".join(shlex.quote(argument) for argument in arguments)

    def run(self, arguments):
        done = subprocess.run([self.program] + arguments, capture_output=True, env=self.environment, timeout=300)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")

    def report(self, name, problems):
        self.number += 1
        self.failed += bool(problems)
        print("%sok %d - %s" % ("not " if problems else "", self.number, name.replace("#", "no.")))
        for problem in problems[:12]:
            print("#   " + problem.replace("\n", "\\n"))
        if len(problems) > 12:
            print("#   and %d more" % (len(problems) - 12))
        sys.stdout.flush()

    def skip(self, name, why):
        self.number += 1
        print("ok %d - %s # SKIP %s" % (self.number, name, why))

    def wanted(self, name):
        return not self.only or any(part in name for part in self.only)


# Comparing ---------------------------------------------------------------------------------------------------------

class Comparison:
    def __init__(self, driver, book):
        self.driver = driver
        self.exponent = book.exponent
        self.problems = []

    def differ(self, place, column, expected, found):
        self.problems.append("%s, %s: expected %s, found %s" % (place, column, expected or "empty", found or "empty"))

    def money(self, place, column, expected, found):
        self.driver.cells += 1
        text = "" if expected is None else money_text(expected, self.exponent)
        if text != found:
            self.differ(place, column, text, found)

    def count(self, place, column, expected, found):
        self.driver.cells += 1
        if str(expected) != found:
            self.differ(place, column, str(expected), found)

    def rate(self, place, column, expected, found):
        self.driver.cells += 1
        if expected is None or found == "":
            if (expected is None) != (found == ""):
                self.differ(place, column, "" if expected is None else repr(float(expected)), found)
        elif abs(float(found) - float(expected)) > TOLERANCE * max(1.0, abs(float(expected))):
            self.differ(place, column, repr(float(expected)), found)


def scope_arguments(scope, profile):
    arguments = []
    if scope.as_of is not None:
        arguments += ["--as-of", month_text(scope.as_of)]
    if scope.period:
        arguments += ["--period", scope.period]
    if scope.by:
        arguments += ["--by", scope.by]
    for dimension, value in scope.where:
        arguments += ["--where", "%s=%s" % (dimension, value)]
    for key, value in profile.items():
        if value != DEFAULTS[key]:
            arguments += ["--define", "%s=%s" % (key, value)]
    return arguments


def rows_by_key(comparison, found, keys):
    """{key: row}; a key that stands twice is an error."""
    table = {}
    for row in found:
        key = tuple(row[column] for column in keys)
        if key in table:
            comparison.problems.append("row %s stands twice" % (key,))
        table[key] = row
    return table


def compare_windows(comparison, expected, found, by, compare_row, empty_row):
    """Rows by window and group; a group in which nothing ever happened may stand or not."""
    keys = ["month"] + ([by] if by else [])
    table = rows_by_key(comparison, found, keys)
    order = list(table)
    if order != sorted(order, key=lambda key: [part.encode() for part in key]):
        comparison.problems.append("rows are not in the order of month, then %s" % by)
    want = {}
    cut = {month_text(e) for _, e, is_open, _ in expected if is_open}
    for key, row in table.items():
        if row.get("open", "") != ("open" if key[0] in cut else "") and "open" in row:
            comparison.problems.append("row %s: open is '%s'" % (key[0], row["open"]))
    for _, e, _, rows in expected:
        for group, row in rows.items():
            want[(month_text(e),) + ((group,) if by else ())] = row
        if not by and not rows:
            want[(month_text(e),)] = None
    for key in sorted(set(want) | set(table)):
        place = "row " + " / ".join(part or '""' for part in key)
        row = want.get(key)
        if key not in table:
            if row is not None and not empty_row(row):
                comparison.problems.append(place + ": missing")
            elif not by:
                comparison.problems.append(place + ": missing")
            continue
        compare_row(place, row, table[key])


def compare_movements(comparison, engine, scope, found):
    def compare_row(place, row, got):
        for column in MOVEMENT_COLUMNS + SOMETIMES:
            value = row[column] if row else 0
            if column in got:
                comparison.money(place, column, value, got[column])
            elif column in MOVEMENT_COLUMNS or value != 0:
                comparison.problems.append("%s: no column %s, expected %s" % (place, column, value))
        for column, field in MOVEMENT_COUNTS.items():
            if column in got:
                comparison.count(place, column, row[field] if row else 0, got[column])

    compare_windows(comparison, engine.movements(scope), found, scope.by, compare_row,
                    lambda row: not any(row[column] for column in MOVEMENT_COLUMNS))


def compare_retention(comparison, engine, scope, found):
    blank = dict.fromkeys(RETENTION_COUNTS + RETENTION_MONEY + ["start_lost"], 0)

    def compare_row(place, row, got):
        row = row or blank
        for column in RETENTION_COUNTS:
            comparison.count(place, column, row[column], got[column])
        for column in RETENTION_MONEY:
            comparison.money(place, column, row[column], got[column])
        for column in RETENTION_RATES:
            comparison.rate(place, column, row.get(column), got[column])
        for column in ("headwind", "tailwind"):
            if column in got:
                comparison.rate(place, column, row.get(column), got[column])
        if "lost" in got:
            comparison.money(place, "lost", row["start_lost"], got["lost"])

    compare_windows(comparison, engine.retention(scope), found, scope.by, compare_row,
                    lambda row: not row["accounts_start"] and not row["end"])


def compare_cohorts(comparison, engine, scope, found):
    table = rows_by_key(comparison, found, ["cohort", "age"])
    want = {(month_text(cohort), str(age)): row for (cohort, age), row in engine.cohorts(scope).items()}
    for key in sorted(set(want) | set(table), key=lambda key: (key[0], int(key[1]))):
        place = "cohort %s, age %s" % key
        if key not in table or key not in want:
            comparison.problems.append(place + (": missing" if key not in table else ": not expected"))
            continue
        row, got = want[key], table[key]
        for column in COHORT_COUNTS:
            comparison.count(place, column, row[column], got[column])
        for column in COHORT_MONEY:
            comparison.money(place, column, row[column], got[column])
        if "gross" in got:
            comparison.money(place, "gross", row["gross"], got["gross"])
        for column in COHORT_RATES:
            comparison.rate(place, column, row[column], got[column])


def unguarded(text):
    """Text that a spreadsheet would take for a formula may carry a leading apostrophe in files."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def compare_ledger(comparison, engine, scope, found):
    want = [(account, name, month_text(month), money_text(level, comparison.exponent))
            for account, name, month, level in engine.ledger.rows(scope.as_of)]
    got = [(row["account"], unguarded(row["name"]), row["month"], row["mrr"]) for row in found]
    comparison.driver.cells += 4 * len(want)
    if want == got:
        return
    missing, extra = set(want) - set(got), set(got) - set(want)
    for row in sorted(missing)[:6]:
        comparison.problems.append("expected and not found: %s" % (row,))
    for row in sorted(extra)[:6]:
        comparison.problems.append("found and not expected: %s" % (row,))
    if not missing and not extra:
        comparison.problems.append("the same rows in another order or number")


def compare_metrics(comparison, engine, scope, found):
    want = engine.figures(scope)
    table = rows_by_key(comparison, found, ["id"] + ([scope.by] if scope.by else []))
    known = set(name for name, _ in want)
    for key, got in table.items():
        if key[0] not in known:
            continue
        group = key[1] if scope.by else None
        place = "figure " + " / ".join(part or '""' for part in key)
        if (key[0], group) not in want:
            if got["value"] not in ("", "0") and float(got["value"]) != 0:
                comparison.problems.append(place + ": not expected")
            continue
        unit, value, over, under = want[(key[0], group)][:4]
        low, high = want[(key[0], group)][4:] or (None, None)
        if value is None:
            comparison.rate(place, "value", None, got["value"])
        elif unit == "money":
            comparison.money(place, "value", round_half_away(value), got["value"])
        elif unit == "count":
            comparison.count(place, "value", value, got["value"])
        else:
            comparison.rate(place, "value", value, got["value"])
        comparison.rate(place, "low", low, got["low"])
        comparison.rate(place, "high", high, got["high"])
        if engine.profile["period_form"] == "product" and key[0] in RETAINED:
            for column in ("numerator", "denominator"):       # a product of months has no two terms
                comparison.rate(place, column, None, got[column])
        elif value is not None and key[0] in COUNTED:
            comparison.count(place, "numerator", over, got["numerator"])
            comparison.count(place, "denominator", under, got["denominator"])
        elif value is not None and key[0] in WEIGHED:
            comparison.money(place, "numerator", over, got["numerator"])
            comparison.money(place, "denominator", under, got["denominator"])
        s, e = engine.window(scope)
        s = e - 12 if key[0] == "yoy_growth" else s
        first = last_day(e) if key[0] in STOCKS else first_day(s + 1)
        for column, day in (("period_start", first), ("period_end", last_day(e))):
            if got[column] != day_text(day):
                comparison.differ(place, column, day_text(day), got[column])
    for key in want:
        place = (key[0],) + ((key[1],) if scope.by else ())
        if place not in table and want[key][1] not in (None, 0):
            comparison.problems.append("figure %s: missing" % " / ".join(place))


COMPARE = {"movements": compare_movements, "retention": compare_retention, "cohorts": compare_cohorts,
           "ledger": compare_ledger, "metrics": compare_metrics}


def case(driver, workspace, table, scope, profile, extra=()):
    """One command of the program, compared with this side."""
    if not workspace.ready:
        return
    arguments = scope_arguments(scope, profile)
    if table == "ledger":
        arguments = [a for a in arguments if a not in ("--period", scope.period)]
    command = ["metrics", workspace.path] if table == "metrics" else ["table", workspace.path, table]
    if not profile_used_by(extra):
        command += arguments
    else:
        command += [a for a in scope_arguments(scope, DEFAULTS)] + list(extra)
    command += ["--format", "csv"]
    name = "%s: %s %s" % (workspace.name, table, " ".join(a for a in command[2 if table == "metrics" else 3:]
                                                         if a not in ("--format", "csv")))
    if not driver.wanted(name):
        return
    status, text, problem = driver.run(command)
    comparison = Comparison(driver, workspace.book)
    if profile["netting"] == "quarter" and scope.period not in ("quarter", "year") and period_months(scope.period) < 3:
        if status not in (1, 2) or text or "netting" not in problem:
            comparison.problems.append("quarters in a shorter window are to be refused: status %d, %s"
                                       % (status, problem.strip()))
    elif status != 0:
        comparison.problems.append("status %d: %s" % (status, problem.strip()))
    else:
        found = list(csv.DictReader(io.StringIO(text, newline="")))
        resolved = Scope(workspace.book.last_month() if scope.as_of is None else scope.as_of, scope.period or "ttm",
                         scope.by, scope.where)
        COMPARE[table](comparison, workspace.engine(profile), resolved, found)
    if comparison.problems:
        comparison.problems.append(driver.shown(command))
    driver.report(name, comparison.problems)


def explained(driver, workspace, name, scope, profile):
    """The accounts behind a figure sum to it: to its value, or to its numerator."""
    if not workspace.ready:
        return
    command = ["explain", workspace.path, name] + scope_arguments(scope, profile)
    title = "%s: %s" % (workspace.name, " ".join([command[0]] + command[2:]))
    if not driver.wanted(title):
        return
    status, text, problem = driver.run(command)
    scope = Scope(workspace.book.last_month() if scope.as_of is None else scope.as_of, scope.period, None, scope.where)
    _, value, over = workspace.engine(profile).figures(scope)[(name, None)][:3]
    want = value if over is None else over
    exponent = 0 if name in COUNTED + ["accounts"] else workspace.book.exponent
    if name.startswith("concentration_"):
        want *= 12
    problems = []
    if status != 0:
        problems.append("status %d: %s" % (status, problem.strip()))
    elif value is not None:
        rows = text.partition("Rows behind it:\n\n")[2].split("\n\n")[0].splitlines()[1:]
        try:
            total = sum(Fraction(row.split()[-1].replace(",", "").replace("\u2212", "-")) for row in rows)
        except ValueError as error:
            total = None
            problems.append("the last column is no number: %s" % error)
        if total is not None and total != Fraction(want, 10 ** exponent):
            problems.append("%d rows sum to %s, expected %s" % (len(rows), float(total), want / 10 ** exponent))
    if problems:
        problems.append(driver.shown(command))
    driver.report(title, problems)


def profile_used_by(extra):
    return "--profile" in extra


def refused(driver, workspace, table, arguments, words):
    """A command that must fail with status 1 or 2 and say why."""
    if not workspace.ready:
        return
    name = "%s: refuses %s %s" % (workspace.name, table, " ".join(arguments))
    if not driver.wanted(name):
        return
    command = ["table", workspace.path, table] + arguments + ["--format", "csv"]
    status, text, problem = driver.run(command)
    problems = []
    if status not in (1, 2) or text.strip():
        problems.append("status %d, %d bytes of output" % (status, len(text)))
    problems += ["the message does not say '%s': %s" % (word, problem.strip()) for word in words if word not in problem]
    driver.report(name, problems)


# What is compared --------------------------------------------------------------------------------------------------

PARTS = ["fixture", "mixtures", "constant", "dinar", "forms", "real"]
PERIODS = ["month", "quarter", "year", "ttm", "5"]
BYS = [None, "segment", "product", "maturity"]
ACCOUNTS = [("accounts", "accounts.csv"), ("accounts", "account-changes.csv"), ("products", "products.csv")]


def fixture_workspace(driver, folder, name, form=None, forms=None, fx="fx-dated.csv", currency="USD",
                      fiscal_start=fixture.FISCAL_START):
    base = fixture.load(folder, revenue=form is None, fx=fx, currency=currency, fiscal_start=fiscal_start)
    imports = [(kind, os.path.join(folder, file)) for kind, file in ACCOUNTS]
    imports.append(("fx", os.path.join(folder, fx), "--set", "set=rates"))
    if form is None:
        imports.append(("subscriptions", os.path.join(folder, "subscriptions.csv"), "--date-order", "ymd"))
    else:
        imports.append(form_import(form, forms))
        base = transform.load_form(base, form, forms)
    return Workspace(driver, name, base, imports)


def form_import(form, forms):
    path = os.path.join(forms, form + ".csv")
    if form == "lines":
        return "subscriptions", path
    if form == "snapshots":
        return "mrr", path
    if form == "product-events":
        return "movements", path, "--amounts-are", "level", "--set", "level_of=product"
    return "movements", path, "--amounts-are", "change" if form == "changes" else "level"


def variants():
    """Every key at every value that is not its default, one at a time."""
    for key, values in CHOICES.items():
        for value in values[1:]:
            yield profile_with(**{key: value})


PAIRS = [
    {"return_within_period": "lost", "period_form": "lowest"},
    {"return_within_period": "lost", "period_form": "flow"},
    {"reactivation_in_nrr": "yes", "period_form": "flow"},
    {"reactivation_in_nrr": "yes", "period_form": "product"},
    {"reactivation_in_nrr": "yes", "period_form": "lowest"},
    {"period_form": "flow", "netting": "day"},
    {"period_form": "flow", "netting": "quarter"},
    {"period_form": "flow", "won_and_lost": "counted", "reactivation_in_nrr": "yes"},
    {"trials": "included", "free_accounts": "included"},
    {"fx": "month_end", "segment_at": "period_start"},
    {"fx": "month_end", "netting": "day"},
    {"fx": "month_end", "period_form": "flow"},
    {"hierarchy": "ultimate_parent", "segment_at": "period_start", "fx": "month_end"},
    {"first_month": "opening", "netting": "day"},
    {"first_month": "opening", "netting": "quarter"},
    {"first_month": "opening", "fx": "month_end", "segment_at": "period_start"},
    {"end_date": "inclusive", "netting": "day"},
    {"end_date": "inclusive", "won_and_lost": "counted"},
    {"logo_base": "start_new_lost", "return_within_period": "lost"},
    {"logo_base": "start_new", "netting": "day"},
    {"logo_base": "start_new", "period_form": "product"},
    {"logo_base": "start_new_lost", "segment_at": "period_start"},
    {"cohort_month": "signup", "hierarchy": "ultimate_parent"},
    {"cohort_month": "first_line", "trials": "included"},
]


def compare_fixture(driver, workspace, full):
    early, last = month_of("2023-05"), None
    default = profile_with()
    for period in PERIODS:
        for by in BYS:
            for as_of in (early, last):
                for table in ("movements", "retention", "metrics"):
                    if full or by is None or as_of is last and (period in ("quarter", "ttm")):
                        case(driver, workspace, table, Scope(as_of, period, by), default)
    single = list(variants())
    for profile in single + [profile_with(**pair) for pair in PAIRS]:
        for period in PERIODS if full else ["ttm"]:
            for by in BYS if full else [None, "segment"]:
                for as_of in (early, last) if full else (last,):
                    for table in ("movements", "retention", "metrics"):
                        if full or table == ("movements" if by else "retention") or profile in single and not by:
                            case(driver, workspace, table, Scope(as_of, period, by), profile)
        for period in ("ttm", "quarter", "year") if full else ("ttm",) if profile in single else ():
            case(driver, workspace, "cohorts", Scope(last, period), profile)
        if any(profile[key] != DEFAULTS[key] for key in LEDGER_KEYS):
            case(driver, workspace, "ledger", Scope(workspace.book.last_month()), profile)
    for as_of in (early, workspace.book.last_month()):
        case(driver, workspace, "ledger", Scope(as_of), default)
        for period in ("ttm", "quarter", "year"):
            case(driver, workspace, "cohorts", Scope(as_of, period), default)
    for name in EXPLAINED:
        explained(driver, workspace, name, Scope(last, "ttm"), default)
        explained(driver, workspace, name, Scope(early, "ttm", None, [("segment", "SMB")]),
                  profile_with(period_form="flow", netting="day", hierarchy="ultimate_parent"))
    for profile in variants() if full else []:
        for name in EXPLAINED:
            if profile["period_form"] == "product" and name in RETAINED:
                continue                      # the months behind a product, with their rates: nothing to sum
            explained(driver, workspace, name, Scope(early, "ttm"), profile)
    filters = [[("segment", "SMB")], [("segment", "SMB"), ("segment", "Enterprise")], [("segment", "")],
               [("segment", "SMB"), ("region", "Asia, Pacific")], [("maturity", "Größe \"L\"")], [("product", "core")],
               [("product", "core"), ("product", "seats"), ("segment", "Mid-Market")]]
    for where in filters:
        for by in [None, "segment", "product"] if full else [None]:
            for table in ("movements", "retention", "metrics"):
                case(driver, workspace, table, Scope(last, "ttm", by, where), default)
        case(driver, workspace, "cohorts", Scope(last, "ttm", None, where), default)
        if full or where[0][0] == "segment":
            for table in ("movements", "retention"):
                case(driver, workspace, table, Scope(last, "quarter", None, where),
                     profile_with(segment_at="period_start"))
    for period in ("1", "3", "12", "24", "100"):
        case(driver, workspace, "retention", Scope(last, period), default)


def notices(driver, workspace):
    """A comparison that cannot fail proves nothing: one cent, one customer, one rate, one row are noticed."""
    if not workspace.ready or not driver.wanted("notices"):
        return
    scope = Scope(workspace.book.last_month(), "ttm", "segment")
    engine = workspace.engine(profile_with())
    for table, column, change in (("movements", "churn", lambda text: money_text(int(text.replace(".", "")) + 1, 2)),
                                  ("retention", "accounts_start", lambda text: str(int(text) + 1)),
                                  ("retention", "nrr", lambda text: repr(float(text) * 1.00000001)),
                                  ("retention", "grr", lambda text: ""), ("movements", None, None)):
        _, text, _ = driver.run(["table", workspace.path, table] + scope_arguments(scope, DEFAULTS)
                                + ["--format", "csv"])
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        if column is None:
            del rows[-2]
        else:
            rows[-2][column] = change(rows[-2][column])
        comparison = Comparison(driver, workspace.book)
        COMPARE[table](comparison, engine, scope, rows)
        driver.report("notices a wrong %s in %s" % (column or "number of rows", table),
                      [] if len(comparison.problems) == 1 else ["%d problems" % len(comparison.problems)])


def compare_mixtures(driver, workspace, number):
    """Several keys at once with any scope: the same ones on every machine."""
    random = fixture.Random(42)
    months = list(range(workspace.book.first_month(), workspace.book.last_month() + 1))
    for _ in range(number):
        choices = {}
        for _ in range(1 + random.below(5)):
            key = random.pick(list(CHOICES))
            choices[key] = random.pick(CHOICES[key])
        where = []
        for _ in range(random.below(3)):
            where.append(random.pick([("segment", "SMB"), ("segment", "Enterprise"), ("segment", ""), ("maturity", "new"),
                                      ("region", "EMEA"), ("region", "Americas"), ("product", "core"),
                                      ("product", "seats")]))
        period = random.pick(PERIODS + ["2", "3", "18"])
        scope = Scope(random.pick(months[3:]), period, random.pick(BYS), where)
        case(driver, workspace, random.pick(["movements", "retention", "metrics"]), scope, profile_with(**choices))
        if random.below(4) == 0:
            case(driver, workspace, "cohorts", Scope(scope.as_of, random.pick(["ttm", "quarter", "year"]), None, where),
                 profile_with(**choices))


def compare_named_profile(driver, workspace):
    """A stored profile gives what the same choices give one by one."""
    if not workspace.ready:
        return
    choices = {"period_form": "flow", "trials": "included", "netting": "day"}
    command = ["profiles", workspace.path, "Mine"]
    for key, value in choices.items():
        command += ["--set", "%s=%s" % (key, value)]
    status, _, problem = driver.run(command)
    if status != 0:
        driver.report("%s: profiles Mine" % workspace.name, ["status %d: %s" % (status, problem.strip())])
        return
    for table in ("movements", "retention"):
        case(driver, workspace, table, Scope(None, "ttm"), profile_with(**choices), ["--profile", "Mine"])


def compare_forms(driver, folder, forms, full):
    same = None
    for form in ("snapshots", "product-events", "account-events", "changes"):
        workspace = fixture_workspace(driver, folder, "fixture-" + form, form, forms)
        last = workspace.book.last_month()
        case(driver, workspace, "ledger", Scope(last), profile_with())
        for by in (None, "segment", "product"):
            for period in ("month", "ttm") if full else ("ttm",):
                for table in ("movements", "retention"):
                    case(driver, workspace, table, Scope(None, period, by), profile_with())
        case(driver, workspace, "ledger", Scope(last), profile_with(fx="month_end"))
        case(driver, workspace, "movements", Scope(None, "month"), profile_with(fx="month_end"))
        if form == "snapshots":
            case(driver, workspace, "ledger", Scope(last), profile_with(free_accounts="included"))
            for netting in ("day", "quarter"):
                refused(driver, workspace, "movements", ["--define", "netting=" + netting], ["netting"])
        else:
            for choice in ({"end_date": "inclusive"}, {"netting": "day"}, {"won_and_lost": "counted"}):
                case(driver, workspace, "movements", Scope(None, "month"), profile_with(**choice))
        same = equal_ledgers(driver, workspace, last, same)


def equal_ledgers(driver, workspace, last, same):
    """The bytes of the table `ledger` must not depend on the form."""
    if not workspace.ready:
        return same
    _, text, _ = driver.run(["table", workspace.path, "ledger", "--as-of", month_text(last), "--format", "csv"])
    if same is not None:
        driver.report("%s: the same ledger as the form before" % workspace.name,
                      [] if text == same else ["the tables differ"])
    return text


def compare_real(driver, root, folder, full):
    names = ["real-events", "real-lines"]
    if not root:
        for name in names:
            driver.skip(name, "QUARTERDECK_REAL_DATA names no folder with the real sets")
        return
    events = os.path.join(root, "subscription-events")
    lines = os.path.join(root, "subscription-lines")
    sets = [
        ("real-events", check_expected.load(events),
         [("accounts", os.path.join(events, "customers.csv"))],
         ("movements", os.path.join(events, "subscription_events.csv")), "industry"),
        ("real-lines", transform.load_real_lines(root),
         [("accounts", os.path.join(lines, "ravenstack_accounts.csv"))],
         ("subscriptions", os.path.join(lines, "ravenstack_subscriptions.csv")), "industry"),
    ]
    for name, book, accounts, revenue, dimension in sets:
        workspace = Workspace(driver, name, book, accounts + [revenue])
        last = book.last_month()
        forms = os.path.join(folder, name)
        transform.write_all(book, forms)
        case(driver, workspace, "ledger", Scope(last), profile_with())
        same = equal_ledgers(driver, workspace, last, None)
        for table in ("movements", "retention", "metrics"):
            for by in (None, dimension, "product") if full else (None, dimension):
                for period in PERIODS if full else ("ttm",):
                    case(driver, workspace, table, Scope(None, period, by), profile_with())
        for profile in variants() if full else []:
            for table in ("movements", "retention", "metrics", "cohorts"):
                case(driver, workspace, table, Scope(None, "ttm"), profile)
        case(driver, workspace, "cohorts", Scope(None, "ttm"), profile_with())
        for form in transform.FORMS:
            if os.path.exists(os.path.join(forms, form + ".csv")):
                other = Workspace(driver, "%s-as-%s" % (name, form), transform.load_form(book, form, forms),
                                  accounts + [form_import(form, forms)])
                same = equal_ledgers(driver, other, last, same)


def main():
    parser = argparse.ArgumentParser(description="compares quarterdeck with a second implementation")
    parser.add_argument("program")
    parser.add_argument("--full", action="store_true", help="the whole matrix")
    parser.add_argument("--keep", metavar="DIR", help="keep workspaces and files there")
    parser.add_argument("--only", action="append", metavar="TEXT", help="only cases whose name holds this")
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--mixtures", type=int, metavar="N", help="how many mixtures of keys")
    options = parser.parse_args()
    parts = options.part or PARTS
    folder = options.keep or tempfile.mkdtemp(prefix="quarterdeck-oracle-")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    driver = Driver(os.path.abspath(options.program), folder, options.only, False)
    began = time.monotonic()
    try:
        files = os.path.join(folder, "fixture")
        forms = os.path.join(folder, "fixture-forms")
        fixture.write(files)
        workspace = None
        if "fixture" in parts:
            workspace = fixture_workspace(driver, files, "fixture")
            notices(driver, workspace)
            compare_fixture(driver, workspace, options.full)
            compare_named_profile(driver, workspace)
        if "mixtures" in parts:
            workspace = workspace or fixture_workspace(driver, files, "fixture")
            compare_mixtures(driver, workspace, options.mixtures or (600 if options.full else 40))
        if "constant" in parts:
            workspace = fixture_workspace(driver, files, "fixture-constant", fx="fx-constant.csv")
            for fx in ("constant", "month_end"):
                case(driver, workspace, "ledger", Scope(workspace.book.last_month()), profile_with(fx=fx))
                case(driver, workspace, "movements", Scope(None, "month"), profile_with(fx=fx))
        if "dinar" in parts:
            workspace = fixture_workspace(driver, files, "fixture-dinar", fx="fx-dinar.csv", currency="KWD",
                                          fiscal_start=11)
            for fx in ("constant", "month_end"):
                case(driver, workspace, "ledger", Scope(workspace.book.last_month()), profile_with(fx=fx))
                for table in ("movements", "retention", "metrics", "cohorts"):
                    case(driver, workspace, table, Scope(None, "quarter"), profile_with(fx=fx))
        if "forms" in parts:
            transform.write_all(fixture.load(files), forms)
            compare_forms(driver, files, forms, options.full)
        if "real" in parts:
            compare_real(driver, os.environ.get("QUARTERDECK_REAL_DATA"), folder, options.full)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print("1..%d" % driver.number)
    print("# %d cases, %d failed, %d cells compared, %.0f s" % (driver.number, driver.failed, driver.cells,
                                                                time.monotonic() - began))
    return 1 if driver.failed else 0


if __name__ == "__main__":
    sys.exit(main())
