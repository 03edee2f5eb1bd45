#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench-metrics: the same results in numpy, from the same events.

The matrix of month-end levels is made once and not counted, as our ledger is
not. Reads a job's number per line, answers "wall cpu sum"."""
import sys
import time

import numpy as np

MONTHS, SEGMENTS = 60, 4
event = np.dtype([("account", "i4"), ("month", "i4"), ("level", "i8")])
data = np.fromfile(sys.argv[1], event)
n = int(data["account"].max()) + 1

# The last event of a month holds; levels carry over to later months.
level = np.zeros((n, MONTHS + 1), np.int64)
state = np.full((n, MONTHS + 1), -1, np.int64)
state[:, 0] = 0
state[data["account"], data["month"] + 1] = data["level"]
last = np.maximum.accumulate(np.where(state >= 0, np.arange(MONTHS + 1), 0), axis=1)
level[:] = np.take_along_axis(state, last, axis=1)
del state, last
segment = np.arange(n) % SEGMENTS
# Rows stand by segment, so that a segment is a slice.
order = np.argsort(segment, kind="stable")
level = np.ascontiguousarray(level[order])
born = np.argmax(level > 0, axis=1)
paid = (level > 0).any(axis=1)
bounds = np.concatenate([[0], np.cumsum(np.bincount(segment, minlength=SEGMENTS))])


def sums(rows, parts):
    """Column sums of each part, as (part, column)."""
    return np.stack([rows[a:b].sum(axis=0, dtype=np.int64) for a, b in parts])


def retention(rows, parts):
    start = np.concatenate([np.zeros((rows.shape[0], 11), np.int64), rows[:, : MONTHS + 1 - 12]], axis=1)
    end = rows[:, 1:]
    base = start > 0
    kept = np.where(base, end, 0)
    return (sums(start, parts), sums(kept, parts), sums(np.minimum(start, end), parts), sums(kept > 0, parts))


def movements(rows, first, parts):
    before, after = rows[:, :-1], rows[:, 1:]
    delta = after - before
    was, now = before > 0, after > 0
    won = ~was & now
    fresh = won & (np.arange(1, MONTHS + 1) == first[:, None])
    stayed = was & now
    return (sums(np.where(fresh, delta, 0), parts), sums(np.where(won & ~fresh, delta, 0), parts),
            sums(np.where(stayed & (delta > 0), delta, 0), parts), -sums(np.where(stayed & (delta < 0), delta, 0), parts),
            -sums(np.where(was & ~now, delta, 0), parts), sums(after, parts))


def all_results(rows, first, parts):
    total = 0
    for sum_of in retention(rows, parts):
        # The whole is the sum of its parts: both are results.
        total += 2 * int(sum_of.sum())
    for weight, sum_of in zip((1, 2, 3, 4, 5, 1), movements(rows, first, parts)):
        total += 2 * weight * int(sum_of.sum())
    return total


def cohorts(rows, first, has):
    total = 0
    for month in range(1, MONTHS + 1):
        part = rows[has & (first == month), month:]
        if part.shape[0] == 0:
            continue
        total += int(part.sum(axis=0).sum() + np.minimum(part, part[:, :1]).sum(axis=0).sum() + (part > 0).sum(axis=0).sum())
    return total


def run(job):
    whole = [(bounds[i], bounds[i + 1]) for i in range(SEGMENTS)]
    if job == 0:
        return all_results(level, born, whole) + cohorts(level, born, paid)
    if job == 1:
        chosen = slice(bounds[1], bounds[2])
        rows, first = level[chosen], born[chosen]
        return all_results(rows, first, [(0, rows.shape[0])]) + cohorts(rows, first, paid[chosen])
    return cohorts(level, born, paid)


print("ready", flush=True)
for line in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    result = run(int(line))
    print(f"{(time.perf_counter() - wall) * 1e3:.3f} {(time.process_time() - cpu) * 1e3:.3f} {result}", flush=True)
