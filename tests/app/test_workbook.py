#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks on the command line: the same figures as from CSV, a sheet among
several, rows that do not fit, and nothing changed where nothing is sure."""
import csv
import datetime
import io
import os
import sys

from cli import ACCOUNTS, SUBSCRIPTIONS, Skip, check, equal, main, within

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'data'))
import workbooks  # noqa: E402

FIXTURES = os.path.join(HERE, '..', 'fixtures', 'workbooks')
TABLES = ('movements', 'retention', 'ledger', 'cohorts')


def table_of(text, first=2):
    """Rows of a CSV text: what looks like a day or a number becomes one, from column @first on."""
    rows = list(csv.reader(io.StringIO(text)))
    return rows[:1] + [[value if at < first else typed(value) for at, value in enumerate(row)] for row in rows[1:]]


def typed(value):
    if value == '':
        return None
    if value.count('-') == 2:
        year, month, day = map(int, value.split('-'))
        return (datetime.date(year, month, day).toordinal() - datetime.date(1899, 12, 30).toordinal(), 1)
    try:
        return float(value)
    except ValueError:
        return value


def figures(room, workspace):
    """What the workspace says, but for the names of the files that it came from."""
    outputs = [room.run('metrics', workspace).out]
    outputs += [room.run('table', workspace, name, '--format', 'csv').out for name in TABLES]
    for kind in ('accounts', 'subscriptions', 'movements'):
        room.run('export', workspace, kind, 'out.csv')
        outputs.append(room.read('out.csv').decode())
    return outputs


def compare(room, files):
    """@files: kind → (CSV, workbook): both ways must lead to the same."""
    for workspace, which in (('csv.quarterdeck', 0), ('xlsx.quarterdeck', 1)):
        room.run('new', workspace)
        for kind, pair in files.items():
            room.run('import', workspace, kind, pair[which])
    for one, other in zip(figures(room, 'csv.quarterdeck'), figures(room, 'xlsx.quarterdeck')):
        equal(other, one)


def test_same_as_csv(room):
    room.write('a.csv', ACCOUNTS)
    room.write('s.csv', SUBSCRIPTIONS)
    room.write('a.xlsx', workbooks.workbook({'Accounts': table_of(ACCOUNTS, 9)}))
    room.write('s.xlsx', workbooks.workbook({'Lines': table_of(SUBSCRIPTIONS)}))
    compare(room, {'accounts': ('a.csv', 'a.xlsx'), 'subscriptions': ('s.csv', 's.xlsx')})


def test_same_as_csv_from_a_spreadsheet(room):
    compare(room, {'subscriptions': (os.path.join(FIXTURES, 'lines.csv'), os.path.join(FIXTURES, 'lines.xlsx'))})


def test_several_sheets(room):
    room.run('new', 'w.quarterdeck')
    room.write('b.xlsx', workbooks.workbook({'Accounts': table_of(ACCOUNTS, 9), 'Zeilen 2024': table_of(SUBSCRIPTIONS)}))
    result = room.run('import', 'w.quarterdeck', 'accounts', 'b.xlsx', status=1)
    within(result.err, '--sheet: “Accounts”, “Zeilen 2024”')
    within(room.run('import', 'w.quarterdeck', 'accounts', 'b.xlsx', '--sheet', 'Accounts', '--dry-run').out, 'Dry run', '3')
    room.run('import', 'w.quarterdeck', 'accounts', 'b.xlsx', '--sheet', 'Accounts')
    within(room.run('import', 'w.quarterdeck', 'subscriptions', 'b.xlsx', '--sheet', 'Zeilen 2024').out, 'Imported subscriptions')
    result = room.run('import', 'w.quarterdeck', 'accounts', 'b.xlsx', '--sheet', 'Konten', status=1)
    within(result.err, 'no sheet “Konten”', '“Accounts”')
    room.run('imports', 'w.quarterdeck', '--undo', '2')
    within(room.run('metrics', 'w.quarterdeck', status=1).err, 'no revenue yet')


def test_sheet_of_a_text_file(room):
    room.make()
    result = room.run('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--sheet', 'One', status=1)
    within(result.err, 'no workbook', '--sheet')


def test_rejected_rows(room):
    """The line is the sheet's row; what was rejected comes as CSV that can be mended and imported."""
    table = table_of(SUBSCRIPTIONS)
    table[3][2] = 'soon'
    room.run('new', 'w.quarterdeck')
    room.write('s.xlsx', workbooks.pack(workbooks.parts({'Lines': workbooks.sheet(
        workbooks.row(3, table[0]) + ''.join(workbooks.row(10 * at, values) for at, values in enumerate(table[1:], 1)))})))
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 's.xlsx', '--rejects', 'r.csv', '--skip-rejected')
    within(result.err, 'line 30', '“soon”')
    rows = list(csv.DictReader(io.StringIO(room.read('r.csv').decode())))
    equal(len(rows), 1)
    equal(rows[0]['reject_line'], '30')
    equal(rows[0]['start'], 'soon')
    room.write('mended.csv', room.read('r.csv').decode().replace('soon', '2023-08-01'))
    within(room.run('import', 'w.quarterdeck', 'subscriptions', 'mended.csv').out, 'imported')
    room.write('s.csv', SUBSCRIPTIONS)
    within(room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv').out, 'holds all of this already')


def test_percent_is_no_question(room):
    """As CSV 0.1 may be percent or a fraction; a cell that is shown as 10% is that."""
    header = ['line_id', 'account_id', 'start', 'unit_price', 'quantity', 'interval', 'discount']
    room.run('new', 'w.quarterdeck')
    for style, name, status in ((0, 'plain.xlsx', 1), (3, 'percent.xlsx', 0)):
        room.write(name, workbooks.workbook({'Lines': [header, ['L1', 'A', (45292, 1), 100, 1, 'month', (0.1, style)]]}))
        result = room.run('import', 'w.quarterdeck', 'subscriptions', name, status=status)
        if status:
            within(result.err, 'discount_unit')
    within(room.run('metrics', 'w.quarterdeck', 'arr').out, '1,080.00')


def test_real_exports(room):
    """Exports that are no part of the project, as cells of their types."""
    folder = os.environ.get('QUARTERDECK_REAL_DATA')
    if not folder:
        raise Skip('QUARTERDECK_REAL_DATA names no folder')
    for number, files in enumerate(({'accounts': 'subscription-events/customers.csv',
                                     'movements': 'subscription-events/subscription_events.csv'},
                                    {'accounts': 'subscription-lines/ravenstack_accounts.csv',
                                     'subscriptions': 'subscription-lines/ravenstack_subscriptions.csv'})):
        pairs = {}
        for kind, path in files.items():
            with open(os.path.join(folder, path), encoding='utf-8', newline='') as stream:
                text = stream.read()
            name = '%s%d' % (kind, number)
            room.write(name + '.csv', text)
            room.write(name + '.xlsx', workbooks.workbook({'Export': table_of(text)}))
            pairs[kind] = (name + '.csv', name + '.xlsx')
        for workspace in ('csv.quarterdeck', 'xlsx.quarterdeck'):
            if os.path.exists(room.file(workspace)):
                os.unlink(room.file(workspace))
        compare(room, pairs)


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
