# SPDX-License-Identifier: GPL-3.0-or-later
"""Movements, retention, cohorts and figures from a ledger, as naively as the definitions read.

Every rate is a fraction or None (undefined); nothing is rounded before it is printed.
"""

import math
from fractions import Fraction

from ledger import EMPTY, first_day, last_day, month_of_day

KINDS = ["new", "reactivation", "expansion", "contraction", "churn"]
Z95 = 1.959963984540054


def wilson(successes, n):
    if n <= 0 or successes < 0 or successes > n:
        return None, None
    p = successes / n
    z2 = Z95 * Z95
    middle = p + z2 / (2 * n)
    half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))


def ratio(numerator, denominator):
    return Fraction(numerator, denominator) if denominator else None


def product_of(rates):
    """The product of monthly rates; undefined when one of them is."""
    product = Fraction(1)
    for rate in rates:
        if rate is None:
            return None
        product *= rate
    return product


class Scope:
    """@where: [(dimension, value)]; one dimension: or, several: and. @by: dimension, "product" or None."""

    def __init__(self, as_of=None, period="ttm", by=None, where=()):
        self.as_of = as_of
        self.period = period
        self.by = by
        self.where = list(where)


def bucket_start(month, months, fiscal_start):
    """The first month of the fiscal quarter or year that holds @month."""
    return month - (month - (fiscal_start - 1)) % months


def windows(ledger, scope):
    """(month whose end starts the window, month whose end ends it, cut short by as-of)."""
    as_of = scope.as_of
    if scope.period in ("quarter", "year"):
        months = 3 if scope.period == "quarter" else 12
        start = bucket_start(ledger.first, months, ledger.book.fiscal_start)
        result = []
        while start <= as_of:
            result.append((start - 1, min(start + months - 1, as_of), start + months - 1 > as_of))
            start += months
        return result
    months = period_months(scope.period)
    return [(m - months, m, False) for m in range(ledger.first, as_of + 1)]


def period_months(period):
    return {"month": 1, "ttm": 12}.get(period) or int(period)


class Move:
    """One net change of an account: from one state to the next."""

    def __init__(self, before, after, seen):
        self.before = before
        self.after = after
        self.seen = seen          # it had been a customer before

    def kind(self):
        """How the account as a whole moved, or None."""
        if not self.before.active() and self.after.active():
            return "reactivation" if self.seen else "new"
        if self.before.active() and not self.after.active():
            return "churn"
        change = self.after.total() - self.before.total()
        return "expansion" if change > 0 else "contraction" if change < 0 else None

    def flow(self, products):
        """(kind, magnitude) of all its money, or of what sits on @products."""
        change = self.after.total(products) - self.before.total(products)
        if products is None:
            return self.kind(), abs(change)
        if change > 0:
            if not self.before.active():
                return "reactivation" if self.seen else "new", change
            return "expansion", change
        if change < 0:
            return ("churn" if not self.after.active() else "contraction"), -change
        if not self.before.active() and self.after.active(products):
            return "reactivation" if self.seen else "new", 0
        if self.before.active(products) and not self.after.active():
            return "churn", 0
        return None, 0


class Engine:
    """One ledger read with the other keys of a profile."""

    def __init__(self, ledger, profile):
        self.ledger = ledger
        self.book = ledger.book
        self.profile = profile
        self.netting = profile["netting"]
        self.memo = {}

    # States and moves of one customer.

    def at(self, customer, month, rate_month=None):
        if month < self.ledger.first:
            return EMPTY
        key = (customer, month, rate_month)
        state = self.memo.get(key)
        if state is None:
            state = self.memo[key] = self.ledger.month_end(customer, month, rate_month)
        return state

    def opens_the_data(self, customer, a, b):
        """first_month=opening: active in the first month of the data, which lies in (a, b]."""
        first = self.ledger.first
        return self.profile["first_month"] == "opening" and a < first <= b and self.at(customer, first).active()

    def opening_state(self, customer, a, b):
        if self.opens_the_data(customer, a, b):
            return self.at(customer, self.ledger.first)
        return self.at(customer, a)

    def steps(self, s, e):
        size = 3 if self.netting == "quarter" else 1
        return [(a, min(a + size, e)) for a in range(s, e, size)]

    def first_active_day(self, customer, month):
        for day in self.ledger.change_days(customer, month):
            if self.ledger.state(customer, day, month).active():
                return day
        return None

    def won_and_lost(self, customer, a, b):
        """The state of the first active day of a step at both ends of which it is no customer, or None."""
        if self.profile["won_and_lost"] != "counted" or self.netting == "day" or b < self.ledger.first:
            return None
        if self.at(customer, a).active() or self.at(customer, b).active():
            return None
        for month in range(max(a + 1, self.ledger.first), b + 1):
            day = self.first_active_day(customer, month)
            if day is not None:
                return self.ledger.state(customer, day, b)
        return None

    def first_seen_month(self, customer):
        """The month of its first active month end; with won_and_lost=counted of its first active day."""
        key = ("seen", customer)
        if key not in self.memo:
            found = None
            for month in range(self.ledger.first, self.ledger.last + 1):
                if self.at(customer, month).active() or (self.profile["won_and_lost"] == "counted"
                                                         and self.first_active_day(customer, month) is not None):
                    found = month
                    break
            self.memo[key] = found
        return self.memo[key]

    def first_seen_day(self, customer):
        key = ("seen day", customer)
        if key not in self.memo:
            found = None
            for month in range(self.ledger.first, self.ledger.last + 1):
                found = self.first_active_day(customer, month)
                if found is not None:
                    break
            self.memo[key] = found
        return self.memo[key]

    def moves(self, customer, a, b):
        """The moves of one step (a, b] in order, with the rates of b."""
        key = ("moves", customer, a, b)
        if key not in self.memo:
            self.memo[key] = list(self.list_moves(customer, a, b))
        return self.memo[key]

    def list_moves(self, customer, a, b):
        if b < self.ledger.first:
            return
        first = self.first_seen_month(customer)
        opening = self.opens_the_data(customer, a, b)
        if self.netting == "day":
            assert b == a + 1
            if opening:
                return
            before = self.at(customer, a, b)
            for day in self.ledger.change_days(customer, b):
                after = self.ledger.state(customer, day, b)
                yield Move(before, after, self.first_seen_day(customer) is not None
                           and self.first_seen_day(customer) < day)
                before = after
            return
        if opening:
            before = self.at(customer, self.ledger.first, b)
        else:
            before = self.at(customer, a, b)
        after = self.at(customer, b)
        seen = first is not None and first <= a
        short = self.won_and_lost(customer, a, b)
        if short is not None:
            yield Move(before, short, seen)
            yield Move(short, after, True)
        else:
            yield Move(before, after, seen)

    # Who belongs where.

    def group_value(self, customer, dimension, month):
        """@month: the last day of this month is the start of a step."""
        if self.profile["segment_at"] == "period_start":
            return self.book.value_of(customer, dimension, last_day(month))
        return self.book.value_of(customer, dimension)

    def place(self, customer, scope, month):
        """(inside the filter, group) of an account in a step that starts at the end of @month."""
        inside = True
        for dimension in {d for d, _ in scope.where if d != "product"}:
            wanted = [v for d, v in scope.where if d == dimension]
            if self.group_value(customer, dimension, month) not in wanted:
                inside = False
        group = None
        if scope.by and scope.by != "product":
            group = self.group_value(customer, scope.by, month)
        return inside, group

    def products(self, customer):
        lines, snapshots, spans = self.ledger.facts[customer]
        return {l.product for l in lines} | {s.product for s in snapshots} | {s[1] for s in spans}

    def pieces(self, customer, scope):
        """What of a customer is looked at: [(products or None for all, group by product or None)]."""
        wanted = {v for d, v in scope.where if d == "product"}
        if scope.by == "product":
            names = sorted(self.products(customer))
            return [({name}, name) for name in names if not wanted or name in wanted]
        return [(wanted or None, None)]

    # Movements.

    def movements(self, scope):
        """[(s, e, open, {group: row})]; a row is a dict of minor units and counts."""
        return [(s, e, is_open, self.movement_window(scope, s, e)) for s, e, is_open in windows(self.ledger, scope)]

    def remembered(self, function, scope, s, e):
        key = (function, scope.by, tuple(scope.where), s, e)
        if key not in self.memo:
            self.memo[key] = function(scope, s, e)
        return self.memo[key]

    def movement_window(self, scope, s, e):
        return self.remembered(self.compute_movements, scope, s, e)

    def compute_movements(self, scope, s, e):
        """The window as the sum of its steps, between two states that are read, never summed."""
        rows = {}
        steps = self.steps(s, e)
        size = 3 if self.netting == "quarter" else 1
        first_step = next((a for a, b in steps if b >= self.ledger.first), s)
        for customer in self.ledger.customers:
            for products, product in self.pieces(customer, scope):
                opens = self.opens_the_data(customer, s, e)
                opening = self.opening_state(customer, s, e)
                row = self.row(rows, self.key(customer, product, scope, first_step if opens else s - size))
                row["opening"] += opening.total(products)
                row["n_opening"] += opening.active(products)
                closing = self.at(customer, e)
                row = self.row(rows, self.key(customer, product, scope, steps[-1][0]))
                row["closing"] += closing.total(products)
                row["n_closing"] += closing.active(products)
        for a, b in steps:
            for place, step in self.step_movements(scope, a, b, a - size).items():
                row = self.row(rows, place)
                for column, value in step.items():
                    row[column] += value
        for r in rows.values():
            assert r["closing"] == (r["opening"] + r["transfer_in"] - r["transfer_out"] + r["fx"] + r["new"]
                                    + r["reactivation"] + r["expansion"] - r["contraction"] - r["churn"]), (s, e, r)
        return {group: r for (inside, group), r in rows.items() if inside}

    def row(self, rows, place):
        if place not in rows:
            rows[place] = dict.fromkeys(["opening"] + KINDS + ["closing", "fx", "transfer_in", "transfer_out"]
                                        + ["n_" + kind for kind in KINDS] + ["n_opening", "n_closing"], 0)
        return rows[place]

    def key(self, customer, product, scope, month):
        inside, group = self.place(customer, scope, month)
        return inside, product if scope.by == "product" else group

    def step_movements(self, scope, a, b, previous):
        """What moved in (a, b]; an account that stood elsewhere in the step from @previous is carried over first."""
        memory = ("step", scope.by, tuple(scope.where), a, b, previous)
        if memory in self.memo:
            return self.memo[memory]
        rows = {}
        for customer in self.ledger.customers if b >= self.ledger.first else []:
            opens = self.opens_the_data(customer, a, b)
            before = self.at(customer, self.ledger.first if opens else a)
            before_at_b = self.at(customer, self.ledger.first if opens else a, b)
            moves = self.moves(customer, a, b)
            for products, product in self.pieces(customer, scope):
                amount = before.total(products)
                fx = before_at_b.total(products) - amount
                flows = [flow for flow in (move.flow(products) for move in moves) if flow[0] is not None]
                if not amount and not flows:
                    continue
                now = self.key(customer, product, scope, a)
                held = now if opens else self.key(customer, product, scope, previous)
                row = self.row(rows, now)
                if now != held:
                    self.row(rows, held)["transfer_out"] += amount
                    row["transfer_in"] += amount
                row["fx"] += fx
                for kind, change in flows:
                    row[kind] += change
                    row["n_" + kind] += 1
        self.memo[memory] = rows
        return rows

    # Retention.

    def retention(self, scope):
        return [(s, e, is_open, self.retention_window(scope, s, e)) for s, e, is_open in windows(self.ledger, scope)]

    def base_rows(self, scope, s, e):
        """Point to point, lowest point or flows over (s, e]: {group: row}."""
        form = self.profile["period_form"]
        lost_for_good = self.profile["return_within_period"] == "lost"
        inside_nrr = self.profile["reactivation_in_nrr"] == "yes"
        rows = {}
        for customer in self.ledger.customers:
            inside, group = self.place(customer, scope, s)
            if not inside:
                continue
            for products, product in self.pieces(customer, scope):
                name = product if scope.by == "product" else group
                if name not in rows:
                    rows[name] = dict.fromkeys(
                        ["accounts_start", "accounts_retained", "won", "start", "end", "gross_end", "grown",
                         "start_lost"], 0)
                row = rows[name]
                start_state, end_state = self.at(customer, s), self.at(customer, e)
                start, end = start_state.total(products), end_state.total(products)
                if not start_state.active(products):
                    row["won"] += end_state.active(products)
                    if inside_nrr and form != "flow" and end_state.active(products) and any(
                            self.at(customer, m).active(products) for m in range(self.ledger.first, s)):
                        row["end"] += end
                    continue
                row["accounts_start"] += 1
                row["start"] += start
                gone = not end_state.active(products)
                if lost_for_good:
                    gone = gone or any(not self.at(customer, m).active(products) for m in range(s + 1, e + 1))
                if gone:
                    row["start_lost"] += start
                else:
                    row["accounts_retained"] += 1
                net, gross, grown = self.flows_of(customer, products, s, e, inside_nrr)
                row["grown"] += grown
                if form == "flow":
                    row["end"] += start + net
                    row["gross_end"] += start - gross
                    continue
                kept = 0 if gone and lost_for_good else end
                row["end"] += kept
                low = min(start, kept)
                if form == "lowest":
                    low = min([low] + [self.at(customer, m).total(products) for m in range(s, e + 1)])
                row["gross_end"] += low
        return rows

    def flows_of(self, customer, products, s, e, every):
        """(net, lost, grown) of one starting account: until its first churn, or all of it."""
        net = lost = grown = 0
        for a, b in self.steps(s, e):
            for move in self.moves(customer, a, b):
                kind, amount = move.flow(products)
                if kind in ("new", "reactivation", "expansion"):
                    net += amount
                    grown += amount if kind == "expansion" else 0
                elif kind in ("contraction", "churn"):
                    net -= amount
                    lost += amount
                if move.kind() == "churn" and not every:
                    return net, lost, grown
        return net, lost, grown

    def retention_window(self, scope, s, e):
        return self.remembered(self.compute_retention, scope, s, e)

    def logo_churn(self, row):
        """(lost, base, rate): the base is the starting accounts, or those and who was won and is there at the end,
        with or without the lost. Undefined without starting accounts."""
        lost = row["accounts_start"] - row["accounts_retained"]
        base = row["accounts_start"]
        if self.profile["logo_base"] != "start":
            base += row["won"]
        if self.profile["logo_base"] == "start_new_lost":
            base -= lost
        return lost, base, ratio(lost, base) if row["accounts_start"] else None

    def compute_retention(self, scope, s, e):
        form = self.profile["period_form"]
        rows = self.base_rows(scope, s, e)
        monthly = []
        for month in range(s + 1, e + 1) if form == "product" else []:
            monthly.append(self.remembered(self.base_rows, scope, month - 1, month))
        for group, row in rows.items():
            row["nrr"] = ratio(row["end"], row["start"])
            row["grr"] = ratio(row["gross_end"], row["start"])
            row["lost"], row["logo_base"], row["logo_churn"] = self.logo_churn(row)
            row["logo_churn_low"], row["logo_churn_high"] = \
                (None, None) if row["logo_churn"] is None else wilson(row["lost"], row["logo_base"])
            if form == "product":
                months = [month.get(group) for month in monthly]
                row["nrr"] = product_of([m and ratio(m["end"], m["start"]) for m in months])
                row["grr"] = product_of([m and ratio(m["gross_end"], m["start"]) for m in months])
                churns = [m and self.logo_churn(m)[2] for m in months]
                kept = product_of([None if churn is None else 1 - churn for churn in churns])
                row["logo_churn"] = None if kept is None else 1 - kept
                row["logo_churn_low"] = row["logo_churn_high"] = None      # no share of a count: no interval
            row["logo_retention"] = None if row["logo_churn"] is None else 1 - row["logo_churn"]
            gross = row["grr"]
            row["headwind"] = None if gross is None or form == "product" else 1 - gross
            row["tailwind"] = None if gross is None or form == "product" else row["nrr"] - gross
        return rows

    # Cohorts.

    def cohort_month(self, customer, products, as_of):
        """The month a customer is counted from, or None when it never paid by @as_of."""
        paid = [m for m in range(self.ledger.first, as_of + 1) if self.at(customer, m).active(products)]
        if not paid:
            return None
        choice = self.profile["cohort_month"]
        if choice == "signup":
            signups = [a.signup for a in self.book.accounts.values()
                       if a.signup is not None and self.ledger.customer_of(a.id) == customer]
            return month_of_day(min(signups)) if signups else paid[0]
        if choice == "first_line":
            lines, snapshots, spans = self.ledger.facts[customer]
            return min([month_of_day(l.start) for l in lines] + [s.month for s in snapshots]
                       + [month_of_day(s[2]) for s in spans])
        return paid[0]

    def cohorts(self, scope):
        """{(cohort, age): row}, only the ages that every member has reached."""
        step = {"quarter": 3, "year": 12}.get(scope.period, 1)
        members = {}
        for customer in self.ledger.customers:
            (products, _), = self.pieces(customer, Scope(where=scope.where))
            month = self.cohort_month(customer, products, scope.as_of)
            if month is None or month > scope.as_of or not self.place(customer, scope, month)[0]:
                continue
            members.setdefault(bucket_start(month, step, self.book.fiscal_start), []).append((customer, products, month))
        cells = {}
        for cohort, group in members.items():
            age = 0
            while all(month + age * step <= scope.as_of for _, _, month in group):
                row = {"accounts": len(group), "accounts_retained": 0, "mrr_start": 0, "mrr": 0, "gross": 0}
                for customer, products, month in group:
                    start = self.at(customer, month)
                    now = self.at(customer, month + age * step)
                    row["accounts_retained"] += now.active(products)
                    row["mrr_start"] += start.total(products)
                    row["mrr"] += now.total(products)
                    row["gross"] += min(start.total(products), now.total(products))
                row["logo_retention"] = ratio(row["accounts_retained"], row["accounts"])
                row["nrr"] = ratio(row["mrr"], row["mrr_start"])
                row["grr"] = ratio(row["gross"], row["mrr_start"])
                cells[(cohort, age)] = row
                age += 1
        return cells

    # Figures: the one window that ends at as-of.

    def window(self, scope):
        return windows(self.ledger, scope)[-1][:2]

    def stock(self, scope, month):
        """{group: {customer: level}} of customers at the end of @month."""
        groups = {}
        for customer in self.ledger.customers:
            inside, group = self.place(customer, scope, month - 1)
            if not inside:
                continue
            for products, product in self.pieces(customer, scope):
                state = self.at(customer, month)
                name = product if scope.by == "product" else group
                levels = groups.setdefault(name, {})
                if state.active(products):
                    levels[customer] = state.total(products)
        return groups

    def figures(self, scope):
        """{(id, group): (unit, value, numerator, denominator[, low, high])}; money in minor units, rates as
        fractions."""
        s, e = self.window(scope)
        movements = self.movement_window(scope, s, e)
        retention = self.retention_window(scope, s, e)
        stock, year_ago = self.stock(scope, e), self.stock(scope, e - 12)
        result = {}
        for group, levels in stock.items():
            def put(name, unit, value, over=None, under=None):
                result[(name, group)] = (unit, value, over, under)

            mrr, accounts = sum(levels.values()), len(levels)
            put("mrr", "money", mrr)
            put("arr", "money", 12 * mrr)
            put("accounts", "count", accounts)
            put("arpa", "money", ratio(mrr, accounts), mrr, accounts)
            m = movements.get(group)
            if m:
                for kind in KINDS:
                    put({"new": "new_mrr"}.get(kind, kind + "_mrr"), "money", m[kind])
                gains = m["new"] + m["reactivation"] + m["expansion"]
                losses = m["contraction"] + m["churn"]
                put("net_new_mrr", "money", gains - losses)
                put("mrr_growth", "rate", ratio(m["closing"] - m["opening"], m["opening"]),
                    m["closing"] - m["opening"], m["opening"])
                put("quick_ratio", "ratio", ratio(gains, losses), gains, losses)
            then = sum(year_ago.get(group, {}).values())
            put("yoy_growth", "rate", ratio(mrr - then, then), mrr - then, then)
            r = retention.get(group)
            if r:
                put("nrr", "rate", r["nrr"], r["end"], r["start"])
                put("grr", "rate", r["grr"], r["gross_end"], r["start"])
                put("headwind", "rate", r["headwind"], r["start"] - r["gross_end"], r["start"])
                put("tailwind", "rate", r["tailwind"], r["end"] - r["gross_end"], r["start"])
                put("logo_retention", "rate", r["logo_retention"], r["logo_base"] - r["lost"], r["logo_base"])
                put("logo_churn", "rate", r["logo_churn"], r["lost"], r["logo_base"])
                for name in ("low", "high"):
                    result[("logo_churn", group)] += (r["logo_churn_" + name],)
                other = [None if rate is None else 1 - rate for rate in result[("logo_churn", group)][4:]]
                result[("logo_retention", group)] += tuple(reversed(other))
                put("gross_revenue_churn", "rate", None if r["grr"] is None else 1 - r["grr"],
                    r["start"] - r["gross_end"], r["start"])
                put("net_revenue_churn", "rate", None if r["nrr"] is None else 1 - r["nrr"],
                    r["start"] - r["end"], r["start"])
                put("expansion_rate", "rate", ratio(r["grown"], r["start"]), r["grown"], r["start"])
            ordered = sorted(levels.values(), reverse=True)
            for top in (1, 5, 10, 20):
                put("concentration_%d" % top, "rate", ratio(sum(ordered[:top]), mrr), sum(ordered[:top]), mrr)
        return result
