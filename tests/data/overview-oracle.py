#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first page says, worked out from the month ends and the accounts of an export alone.

usage: overview-oracle.py FOLDER AS_OF MONTHS LAG [SEGMENT]   (LAG: months back to what it is compared with; 0: nothing)
Prints KEY<tab>VALUE lines; money in minor units a month, a dash for what is undefined."""
import csv
import sqlite3
import sys
from decimal import Decimal

folder, as_of, length, lag = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
segment = sys.argv[5] if len(sys.argv) > 5 else None
db = sqlite3.connect(':memory:')
db.execute('create table account (id text primary key, name text, segment text)')
db.execute('create table mrr (id text, month int, level int, primary key (id, month))')


def number(month):
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def rows(name):
    with open(f'{folder}/{name}.csv', newline='', encoding='utf-8') as file:
        yield from csv.DictReader(file)


db.executemany('insert into account values (?, ?, ?)',
               [(a['account_id'], a['name'], a['segment']) for a in rows('accounts')
                if segment is None or a['segment'] == segment])
db.executemany('insert into mrr values (?, ?, ?)',
               [(m['account_id'], number(m['month']), int(Decimal(m['mrr']) * 100)) for m in rows('mrr')])
db.execute('delete from mrr where level = 0 or id not in (select id from account)')
first = db.execute('select min(month) from mrr').fetchone()[0]


def say(key, value):
    print(f'{key}\t{"-" if value is None else value}')


def ratio(top, bottom):
    return repr(top / bottom) if bottom else None


def total(month):
    return db.execute('select coalesce(sum(level), 0) from mrr where month = ?', (month,)).fetchone()[0]


def flows(before, last):
    """(id, month, kind, change) of each month of a window."""
    found = []
    for month in range(before + 1, last + 1):
        for account, old, new, earlier in db.execute(
                '''select a.id, coalesce(o.level, 0) old, coalesce(n.level, 0) new,
                          exists (select 1 from mrr e where e.id = a.id and e.month < ?2) earlier
                   from account a left join mrr o on o.id = a.id and o.month = ?1
                                  left join mrr n on n.id = a.id and n.month = ?2
                   where old <> new''', (month - 1, month)):
            kind = ('reactivation' if earlier else 'new') if old == 0 else 'churn' if new == 0 else \
                'expansion' if new > old else 'contraction'
            found.append((account, month, kind, new - old))
    return found


def base(before, last):
    """start, end, gross, customers at the start, kept; by segment and in all (None)."""
    sums = {None: [0] * 5}
    for name, old, new in db.execute(
            '''select a.segment, o.level, coalesce(n.level, 0) from mrr o join account a on a.id = o.id
               left join mrr n on n.id = o.id and n.month = ? where o.month = ?''', (last, before)):
        for key in (None, name):
            row = sums.setdefault(key, [0] * 5)
            for i, part in enumerate((old, new, min(old, new), 1, new > 0)):
                row[i] += part
    return sums


def figures(last):
    before = last - length
    moves = flows(before, last)
    gains = sum(c for *_, c in moves if c > 0)
    losses = -sum(c for *_, c in moves if c < 0)
    start, end, gross, n, kept = base(before, last)[None]
    whole = before >= first
    return {'arr': 12 * total(last), 'net_new_mrr': gains - losses if whole else None, 'nrr': ratio(end, start),
            'grr': ratio(gross, start), 'logo_retention': ratio(kept, n),
            'quick_ratio': ratio(gains, losses) if whole else None}


last = number(as_of)
before = last - length
names = dict(db.execute('select id, name from account'))
now = figures(last)
for key, value in now.items():
    say(f'now.{key}', value)
if lag:
    for key, value in figures(last - lag).items():
        say(f'before.{key}', value)
for i in range(24):
    month = last - 23 + i
    if month >= first:
        for key, value in figures(month).items():
            say(f'series.{key}.{month}', value)

moves = flows(before, last)
by_kind = {}
for account, month, kind, change in moves:
    by_kind.setdefault(kind, {}).setdefault(account, 0)
    by_kind[kind][account] += change
net = {}
for account, month, kind, change in moves:
    net[account] = net.get(account, 0) + change
direction = 1 if total(last) > total(before) else -1
cause = max(by_kind, key=lambda kind: direction * sum(by_kind[kind].values()))
say('cause', cause + '_mrr')
say('cause_amount', sum(by_kind[cause].values()))
losses = sorted(((c, a) for a, c in net.items() if c < 0))
gains = sorted(((-c, a) for a, c in net.items() if c > 0))
say('n_losses', len(losses))
say('n_gains', len(gains))
say('sum_losses', sum(c for c, _ in losses))
say('sum_gains', -sum(c for c, _ in gains))
for i, (change, account) in enumerate(losses[:7]):
    say(f'loss.{i}', f'{account}|{names[account]}|{change}')
for i, (change, account) in enumerate(gains[:7]):
    say(f'gain.{i}', f'{account}|{names[account]}|{-change}')
at_start, at_end = (dict(db.execute('select id, level from mrr where month = ?', (month,))) for month in (before, last))
for key, here, there in (('lost', at_start, at_end), ('won', at_end, at_start)):
    customers = [(-level, account) for account, level in here.items() if account not in there]
    say(f'n_{key}', len(customers))
    say(f'sum_{key}', -sum(level for level, _ in customers))
    if customers:
        level, account = min(customers)
        say(f'largest_{key}', f'{account}|{names[account]}|{-level}')

# Who came back: the months are those of the ledger of month ends, read account by account.
returned = []
for account, brought in by_kind.get('reactivation', {}).items():
    paid = {month for month, in db.execute('select month from mrr where id = ?', (account,))}
    back = max(month for month in range(before + 1, last + 1) if month in paid and month - 1 not in paid)
    left = max(month for month in range(first, back) if month not in paid and month - 1 in paid)
    returned.append((-brought, account, left, back))
say('n_returned', len(returned))
say('sum_returned', -sum(brought for brought, *_ in returned))
say('n_returned_within', sum(left > before for _, _, left, _ in returned))
say('n_passing', sum(account not in at_start and account not in at_end and account not in by_kind.get('reactivation', {})
                     for account in by_kind.get('churn', {})))
say('n_gone_again', sum(account not in at_end for _, account, *_ in returned))
say('n_won_back', sum(account in at_end and account not in at_start and account not in by_kind.get('new', {})
                      for _, account, *_ in returned))
for i, (brought, account, left, back) in enumerate(sorted(returned)[:7]):
    say(f'returned.{i}', f'{account}|{names[account]}|{-brought}')
    say(f'returned.{i}.left', left)
    say(f'returned.{i}.back', back)

top = [level for level, in db.execute('select level from mrr where month = ? order by level desc', (last,))]
say('top', ratio(sum(top[:10]), sum(top)))
say('customers', len(top))
if segment is None and lag:
    new, old = base(before, last), base(before - lag, last - lag)
    if old[None][0]:
        parts = {name: (new[name][1] - new[name][0]) / new[None][0]
                 - (old[name][1] - old[name][0] if name in old else 0) / old[None][0] for name in new if name is not None}
        change = new[None][1] / new[None][0] - old[None][1] / old[None][0]
        driver = max(parts, key=lambda name: parts[name] * (1 if change > 0 else -1))
        say('driver', driver)
        say('driver_points', repr(parts[driver]))
        assert abs(sum(parts.values()) - change) < 1e-12
