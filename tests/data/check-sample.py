#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a folder that the sample generator wrote and recomputes everything from the lines with exact fractions:
the month ends, the movements, a year's retention. Says what is wrong; nothing when all is well."""
import csv
import datetime
import sys
from collections import defaultdict
from fractions import Fraction

folder, accounts_wanted, months_wanted, last_month, bands = sys.argv[1], *map(str, sys.argv[2:6])
MONTHS = {'month': 1, 'quarter': 3, 'year': 12}
EXPONENT = {'USD': 2, 'EUR': 2, 'GBP': 2, 'JPY': 0}
problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


def rows(name):
    with open(f'{folder}/{name}.csv', newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def half_away(value):
    whole = abs(value.numerator) * 2 // value.denominator
    whole = (whole + 1) // 2
    return whole if value >= 0 else -whole


def number(month):
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_end(n):
    n += 1
    return (datetime.date(n // 12, n % 12 + 1, 1) - datetime.timedelta(days=1)).isoformat()


accounts = rows('accounts')
ids = [a['account_id'] for a in accounts]
check(len(ids) == int(accounts_wanted), f'{len(ids)} accounts')
check(len(set(ids)) == len(ids) and ids == sorted(ids), 'account ids repeat or are not in order')
check(len({a['name'] for a in accounts}) == len(ids), 'names repeat')
check(all(a['parent_id'] in ('', *ids[:0]) or a['parent_id'] in set(ids) for a in accounts[:2000]), 'unknown parent')
check(all(a['segment'] in ('SMB', 'Mid-Market', 'Enterprise') for a in accounts), 'unknown segment')
products = {p['product_id'] for p in rows('products')}
last = number(last_month)
first = last - int(months_wanted) + 1
rate = {'USD': Fraction(1)}
for r in rows('fx'):
    if number(r['month']) == first:
        rate[r['currency']] = Fraction(r['rate'])
    check(first <= number(r['month']) <= last, 'a rate outside the months')

steps = defaultdict(lambda: defaultdict(int))
lines = rows('subscriptions')
check(len({x['line_id'] for x in lines}) == len(lines), 'line ids repeat')
known = set(ids)
latest = ''
spans = defaultdict(list)
for x in lines:
    check(x['account_id'] in known and x['product'] in products, 'a line of nobody or of nothing')
    check(not x['end'] or x['start'] < x['end'], f"line {x['line_id']} ends before it starts")
    check(first <= number(x['start']) <= last, f"line {x['line_id']} starts outside the months")
    check(not x['canceled_at'] or x['start'] <= x['canceled_at'] <= month_end(last), f"line {x['line_id']} cancelled when")
    latest = max(latest, x['start'], x['canceled_at'])
    scale = 10 ** EXPONENT[x['currency']]
    amount = Fraction(x['unit_price']) * int(x['quantity']) / MONTHS[x['interval']]
    check((amount * scale * MONTHS[x['interval']]).denominator == 1, 'a price with too many decimals')
    cents = half_away(amount * rate[x['currency']] * 100)
    if x['trial'] == 'true':
        check(cents == 0, 'a trial with money')
        continue
    check(cents > 0 and int(x['quantity']) > 0, f"line {x['line_id']} without money")
    spans[x['account_id'], x['product']].append((x['start'], x['end'] or '9999'))
    steps[x['account_id']][x['start']] += cents
    if x['end'] and x['end'] <= month_end(last):
        steps[x['account_id']][x['end']] -= cents

for key, items in spans.items():
    items.sort()
    check(all(a[1] <= b[0] for a, b in zip(items, items[1:])), f'lines of {key} overlap')

mrr = defaultdict(dict)
for r in rows('mrr'):
    check(r['month'] not in mrr[r['account_id']], 'a month twice')
    mrr[r['account_id']][r['month']] = int(Fraction(r['mrr']) * 100)
events = defaultdict(list)
for r in rows('movements'):
    events[r['account_id']].append((r['date'], int(Fraction(r['mrr_after']) * 100), r['kind']))

levels = {}
for account in ids:
    expected, level, ever = [], 0, False
    for day in sorted(steps[account]):
        before, level = level, level + steps[account][day]
        if level != before:
            kind = ('cancel' if level == 0 else ('reactivation' if ever else 'new') if before == 0
                    else 'upgrade' if level > before else 'downgrade')
            expected.append((day, level, kind))
            ever = True
    check(expected == events[account], f'movements of {account} differ')
    ends, at, level = [], 0, 0
    for n in range(first, last + 1):
        while at < len(expected) and expected[at][0] <= month_end(n):
            level = expected[at][1]
            at += 1
        ends.append(level)
    levels[account] = ends
    shown, before = {}, 0
    for n, value in enumerate(ends):
        if value or before:
            month = first + n
            shown[f'{month // 12:04d}-{month % 12 + 1:02d}'] = value
        before = value
    check(shown == mrr[account], f'month ends of {account} differ')

if int(accounts_wanted) > 1:
    check(number(latest) == last, 'the lines do not reach the last month')
if bands == 'yes':
    segment = {a['account_id']: a['segment'] for a in accounts}

    def retention(kind):
        start = end = gross = 0
        for account, ends in levels.items():
            if kind in (None, segment[account]) and ends[-13] > 0:
                start, end, gross = start + ends[-13], end + ends[-1], gross + min(ends[-13], ends[-1])
        return end / start, gross / start

    nrr, grr = retention(None)
    check(1.0 <= nrr <= 1.10, f'NRR {nrr:.4f}')
    check(0.85 <= grr <= 0.93, f'GRR {grr:.4f}')
    small, large = retention('SMB'), retention('Enterprise')
    check(small[0] < large[0] and small[1] < large[1], f'SMB {small} is not worse than Enterprise {large}')
    total = [sum(ends[n] for ends in levels.values()) for n in range(last - first + 1)]
    check(total[-1] > total[-13] * 1.05, 'no growth')
    kinds = defaultdict(int)
    for account in ids:
        for event in events[account]:
            kinds[event[2]] += 1
    for kind in ('new', 'reactivation', 'upgrade', 'downgrade', 'cancel'):
        check(kinds[kind] >= len(ids) // 100, f'only {kinds[kind]} {kind}')
    check(any(x['trial'] == 'true' for x in lines), 'no trials')
    check(any(a['parent_id'] for a in accounts), 'no parents')
    check({x['currency'] for x in lines} == set(EXPONENT), 'currencies')
    for name, low, high in (('SMB', 100, 3000), ('Mid-Market', 800, 20000), ('Enterprise', 4000, 120000)):
        paying = sorted(levels[a][-1] / 100 for a in ids if segment[a] == name and levels[a][-1])
        check(low < paying[len(paying) // 20] and paying[len(paying) * 19 // 20] < high,
              f'{name} pays {paying[len(paying) // 20]} to {paying[len(paying) * 19 // 20]}')

for problem in problems[:20]:
    print(problem)
sys.exit(1 if problems else 0)
