#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way: new, import, metrics, table, explain, undo. Expected figures
are worked out by hand from the rows in cli.py."""
import json
import math
import os
import sqlite3
import sys

from cli import SUBSCRIPTIONS, check, dump, equal, main, within


def near(found, expected):
    check(abs(float(found) - expected) <= 1e-9, (found, expected))


def wilson(k, n):
    z = 1.959963984540054
    centre = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return centre - half, centre + half


def test_figures(room):
    room.make()
    rows = {row['id']: row for row in room.run('metrics', 'w.quarterdeck', '--format', 'csv').rows()}
    equal(rows['arr']['value'], '1920.00')
    equal(rows['mrr']['value'], '160.00')
    equal(rows['accounts']['value'], '2')
    near(rows['nrr']['value'], 160 / 180)
    near(rows['grr']['value'], 130 / 180)
    near(rows['logo_churn']['value'], 1 / 3)
    near(rows['logo_churn']['low'], wilson(1, 3)[0])
    near(rows['logo_churn']['high'], wilson(1, 3)[1])
    equal(rows['nrr']['numerator'], '160.00')
    equal(rows['nrr']['denominator'], '180.00')
    equal(rows['nrr']['period_start'], '2023-07-01')
    equal(rows['nrr']['period_end'], '2024-06-30')
    equal(rows['nrr']['profile'], 'Board@1')
    equal(rows['expansion_mrr']['value'], '30.00')
    equal(rows['churn_mrr']['value'], '50.00')


def test_metrics_text_and_json(room):
    room.make()
    text = room.run('metrics', 'w.quarterdeck', 'nrr', 'arr').out
    within(text, 'Net revenue retention', '88.89%', '1,920.00', 'Board@1', 'USD', '12 months to')
    data = json.loads(room.run('metrics', 'w.quarterdeck', 'nrr', '--format', 'json').out)
    row = (data if isinstance(data, list) else data['rows'])[0]
    near(row['value'], 160 / 180)
    equal(row['id'], 'nrr')


def test_metrics_by_and_where(room):
    room.make()
    rows = room.run('metrics', 'w.quarterdeck', 'mrr', '--by', 'segment', '--format', 'csv').rows()
    equal([(row['segment'], row['value']) for row in rows], [('Enterprise', '120.00'), ('SMB', '40.00')])
    rows = room.run('metrics', 'w.quarterdeck', 'nrr', '--where', 'segment=SMB', '--format', 'csv').rows()
    near(rows[0]['value'], 40 / 80)
    rows = room.run('metrics', 'w.quarterdeck', 'mrr', '--where', 'segment=SMB', '--where', 'region=Americas', '--format',
                    'csv', '--as-of', '2024-05').rows()
    equal(rows[0]['value'], '30.00')
    within(room.run('metrics', 'w.quarterdeck', 'mrr', '--by', 'segment').out, 'Enterprise', 'SMB')
    for arguments in (('metrics', 'w.quarterdeck', 'mrr'), ('table', 'w.quarterdeck', 'movements')):
        within(room.run(*arguments, '--by', 'country').out, 'country', '(blank)')


def test_define_is_named(room):
    room.make()
    rows = room.run('metrics', 'w.quarterdeck', 'mrr', '--define', 'end_date=inclusive', '--format', 'csv').rows()
    within(rows[0]['profile'], 'Board@1', 'end_date=inclusive')
    rows = room.run('metrics', 'w.quarterdeck', 'nrr', '--format', 'csv').rows()
    equal(rows[0]['profile'], 'Board@1')


def test_movements(room):
    room.make()
    rows = room.run('table', 'w.quarterdeck', 'movements', '--format', 'csv').rows()
    equal(list(rows[0])[:8], ['month', 'opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'closing'])
    equal(len(rows), 18)
    by_month = {row['month']: list(row.values())[1:8] for row in rows}
    equal(by_month['2023-01'], ['0.00', '150.00', '0.00', '0.00', '0.00', '0.00', '150.00'])
    equal(by_month['2023-08'], ['180.00', '0.00', '0.00', '20.00', '0.00', '0.00', '200.00'])
    equal(by_month['2024-06'], ['200.00', '0.00', '0.00', '10.00', '0.00', '50.00', '160.00'])
    within(room.run('table', 'w.quarterdeck', 'movements').out, '2024-06', '160.00', 'Board@1')


def test_retention_ledger_cohorts(room):
    room.make()
    last = room.run('table', 'w.quarterdeck', 'retention', '--format', 'csv').rows()[-1]
    equal((last['month'], last['accounts_start'], last['accounts_retained'], last['start'], last['end'],
           last['gross_end']), ('2024-06', '3', '2', '180.00', '160.00', '130.00'))
    near(last['nrr'], 160 / 180)
    equal(last['nrr_low'], '')
    rows = room.run('table', 'w.quarterdeck', 'ledger', '--format', 'csv').rows()
    equal(len(rows), 18 + 17 + 13)
    equal(rows[0], {'account': 'A1', 'name': 'Alpha', 'month': '2023-01', 'mrr': '100.00'})
    rows = room.run('table', 'w.quarterdeck', 'cohorts', '--format', 'csv').rows()
    cell = next(row for row in rows if row['cohort'] == '2023-01' and row['age'] == '17')
    equal((cell['accounts'], cell['accounts_retained'], cell['mrr_start'], cell['mrr']), ('2', '1', '150.00', '120.00'))
    near(cell['nrr'], 120 / 150)
    near(cell['grr'], 100 / 150)


def test_explain(room):
    room.make()
    text = room.run('explain', 'w.quarterdeck', 'nrr').out
    within(text, 'Net revenue retention: 88.89%', '160.00 ÷ 180.00', 'Alpha', 'Beta, Ltd', 'Gamma', 'Board@1',
           'subscriptions.csv')
    check('160.00\n' in text[text.index('in total'):], text)
    for metric in ('arr', 'mrr', 'accounts', 'grr', 'logo_churn', 'churn_mrr', 'quick_ratio', 'concentration_1'):
        room.run('explain', 'w.quarterdeck', metric)


def test_explain_between_months(room):
    room.make()
    text = room.run('explain', 'w.quarterdeck', 'nrr@2023-06..2024-06*12').out
    within(text, 'NRR: 88.89%', '1,920.00 ÷ 2,160.00', 'from the end of 2023-06', 'ARR at the start', 'Gamma')
    text = room.run('explain', 'w.quarterdeck', 'cohort_net@2023-01,step=1,age=17').out
    within(text, '80.00%', '120.00 ÷ 150.00', 'Alpha')
    text = room.run('explain', 'w.quarterdeck', 'mrr@2024-05..2024-06').out
    within(text, 'state at the end of 2024-06', 'USD 160.00')
    for wrong in ('nrr@', 'happiness@2023-06..2024-06', 'nrr@2024-06..2023-06'):
        within(room.run('explain', 'w.quarterdeck', wrong, status=2).err, wrong, 'churn_mrr@2025-12..2026-01')
    within(room.run('explain', 'w.quarterdeck', 'arr@2024-05..2031-01', status=2).err, 'Jan 2031')


def test_import_prints_what_it_did(room):
    room.run('new', 'w.quarterdeck')
    room.write('s.csv', SUBSCRIPTIONS.replace('mrr\n', 'mrr,colour\n').replace('.00\n', '.00,red\n'))
    text = room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv').out
    within(text, 'rows read', '5', 'implied', '3 accounts', 'colour', '1,920.00', '88.89%', '72.22%', '2024-06')
    text = room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv').out
    within(text, 'nothing was changed')
    rows = room.run('table', 'w.quarterdeck', 'imports', '--format', 'csv').rows()
    equal(rows[0]['imported'], '5')
    within(room.run('imports', 'w.quarterdeck').out, 's.csv', 'subscriptions')


def test_imports_say_their_effect(room):
    room.make()
    room.write('more.csv', 'line_id,account_id,start,end,mrr\nL9,A1,2024-06-20,,1000.00\n')
    room.run('import', 'w.quarterdeck', 'subscriptions', 'more.csv')
    told = room.run('imports', 'w.quarterdeck').out.split('Effect of each import')[1].splitlines()
    equal(told[-1], 'Amounts in USD.')
    # 160.00 a month of 180.00, 130.00 of it kept; with 1,000.00 more: 1,160.00 of 180.00
    equal([line.split() for line in told[3:-1]],
          [['2', '2024-06', '–', '1,920.00', '–', '88.89%', '–', '72.22%'],
           ['3', '2024-06', '1,920.00', '13,920.00', '88.89%', '644.44%', '72.22%', '72.22%']])


def test_check_lists_all(room):
    room.run('new', 'w.quarterdeck')
    room.write('a.csv', 'account_id,name,segment\nZ,Has One,SMB\n' + ''.join('A%02d,Name %d,\n' % (i, i) for i in range(12)))
    room.run('import', 'w.quarterdeck', 'accounts', 'a.csv')
    within(room.run('check', 'w.quarterdeck').out, 'segment-blank: 12', 'and 7 more')
    rows = room.run('check', 'w.quarterdeck', '--list', 'segment-blank', '--format', 'csv').rows()
    equal([(row['account'], row['name']) for row in rows], [('A%02d' % i, 'Name %d' % i) for i in range(12)])
    within(room.run('check', 'w.quarterdeck', '--list', 'line-empty').out, 'line-empty')
    room.run('check', 'w.quarterdeck', '--list', 'segment-blank', '--repair', status=2)
    room.run('check', 'w.quarterdeck', '--format', 'csv', status=2)


def test_dry_run_changes_nothing(room):
    room.make()
    before = dump(room.file('w.quarterdeck'))
    room.write('more.csv', 'line_id,account_id,start,end,mrr\nL9,A1,2024-06-20,,1000.00\n')
    text = room.run('import', 'w.quarterdeck', 'subscriptions', 'more.csv', '--dry-run').out
    within(text, 'Dry run', 'nothing was changed', '1,920.00', '13,920.00')
    equal(dump(room.file('w.quarterdeck')), before)
    equal(len(room.run('table', 'w.quarterdeck', 'imports', '--format', 'csv').rows()), 2)


def test_rejects(room):
    room.make()
    before = dump(room.file('w.quarterdeck'))
    bad = 'line_id,account_id,start,end,mrr\nL8,A1,2024-06-20,,10.00\nL9,A1,2024-02-31,,10.00\n'
    room.write('bad.csv', bad)
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 'bad.csv', status=1)
    within(result.err, 'line 3', 'start', '2024-02-31', '--skip-rejected', '--rejects')
    equal(dump(room.file('w.quarterdeck')), before)
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 'bad.csv', '--skip-rejected', '--rejects', 'out.csv')
    within(result.err, 'line 3', 'out.csv')
    within(result.out, 'rejected', '1')
    fixed = room.read('out.csv').decode().replace('2024-02-31', '2024-02-29')
    check('L9' in fixed and 'L8' not in fixed, fixed)
    room.write('fixed.csv', fixed)
    room.run('import', 'w.quarterdeck', 'subscriptions', 'fixed.csv')
    equal(room.run('metrics', 'w.quarterdeck', 'mrr', '--format', 'csv').rows()[0]['value'], '180.00')


def test_mapping_goes_to_another_workspace(room):
    room.make()
    room.run('new', 'other.quarterdeck')
    text = 'line_id,account_id,start,mrr,trial\nL1,A1,2024-01-01,10.00,nope\n'
    room.write('words.csv', text)
    room.run('import', 'w.quarterdeck', 'subscriptions', 'words.csv', status=1)
    mapping = ('{"format": "quarterdeck-mapping", "version": 1, "name": "words", "kind": "subscriptions", "headers": '
               '["line_id", "account_id", "start", "mrr", "trial"], "map": {}, "values": {"trial": {"nope": "no"}}}')
    room.write('words.json', mapping)
    within(room.run('mappings', 'other.quarterdeck', '--import', 'words.json').out, 'words')
    within(room.run('mappings', 'other.quarterdeck', '--import', 'words.json').out, 'already')
    room.run('import', 'other.quarterdeck', 'subscriptions', 'words.csv')
    within(room.run('mappings', 'other.quarterdeck').out, 'words', 'subscriptions', 'line_id, account_id')
    room.run('mappings', 'other.quarterdeck', 'words', '--export', 'out.json')
    within(room.read('out.json').decode(), '"nope": "no"')
    room.run('mappings', 'other.quarterdeck', 'words', '--rename', 'new words')
    room.run('mappings', 'other.quarterdeck', 'new words', '--delete')
    within(room.run('mappings', 'other.quarterdeck').out, 'No mapping')
    room.run('mappings', 'other.quarterdeck', 'words', '--delete', status=1)
    room.run('mappings', 'other.quarterdeck', '--delete', status=2)
    room.run('mappings', 'other.quarterdeck', 'words', status=2)


def test_conflicts_stay(room):
    room.make()
    room.write('a.csv', 'account_id,name,segment\nA1,Alpha,Other\n')
    result = room.run('import', 'w.quarterdeck', 'accounts', 'a.csv', '--on-conflict', '*=fill')
    within(result.out, 'conflicts', '1 row differs')
    room.run('import', 'w.quarterdeck', 'accounts', 'a.csv', '--on-conflict', 'segment=never', status=1)


def test_many_rejects_are_counted(room):
    room.run('new', 'w.quarterdeck')
    room.write('bad.csv', 'line_id,account_id,start,end,mrr\n' + ''.join('L%d,A1,never,,1.00\n' % i for i in range(50)))
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 'bad.csv', status=1)
    equal(sum(1 for line in result.err.splitlines() if 'never' in line), 20)
    within(result.err, '30 more rejected rows')


def test_undo_leaves_no_trace(room):
    room.make()
    before = dump(room.file('w.quarterdeck'))
    figures = room.run('metrics', 'w.quarterdeck', '--format', 'csv').out
    room.write('a.csv', 'account_id,name,segment\nA1,Alpha Ltd,SMB\nA4,Delta,SMB\n')
    room.write('s.csv', 'line_id,account_id,start,end,mrr\nL1,A1,2023-01-10,2024-02-01,100.00\nL6,A4,2024-05-01,,7.00\n')
    room.run('import', 'w.quarterdeck', 'accounts', 'a.csv')
    room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv')
    check(dump(room.file('w.quarterdeck')) != before)
    check(room.run('metrics', 'w.quarterdeck', '--format', 'csv').out != figures)
    within(room.run('imports', 'w.quarterdeck', '--undo', '4').out, '4')
    room.run('imports', 'w.quarterdeck', '--undo', '3')
    equal(dump(room.file('w.quarterdeck')), before)
    equal(room.run('metrics', 'w.quarterdeck', '--format', 'csv').out, figures)
    rows = room.run('table', 'w.quarterdeck', 'imports', '--format', 'csv').rows()
    equal(sorted(row['id'] for row in rows if row['undone'] in ('1', 'yes', 'true')), ['3', '4'])
    room.run('imports', 'w.quarterdeck', '--undo', '3', status=1)
    room.run('imports', 'w.quarterdeck', '--undo', '99', status=1)


def test_undo_with_later(room):
    room.make()
    room.write('other.csv', 'account_id,name,segment\nZ1,Zeta,SMB\n')
    before = dump(room.file('w.quarterdeck'))
    room.write('a.csv', 'account_id,name,segment\nA4,Delta,SMB\n')
    room.write('s.csv', 'line_id,account_id,start,end,mrr\nL6,A4,2024-05-01,,7.00\n')
    room.write('b.csv', 'account_id,name,segment\nA4,Delta,Mid\n')
    for kind, name in (('accounts', 'a.csv'), ('subscriptions', 's.csv'), ('accounts', 'b.csv')):
        room.run('import', 'w.quarterdeck', kind, name)
    full = dump(room.file('w.quarterdeck'))
    # refused by itself, and the refusal says how
    within(room.run('imports', 'w.quarterdeck', '--undo', '3', status=1).err, 'import 5', '--with-later')
    equal(dump(room.file('w.quarterdeck')), full)
    room.run('import', 'w.quarterdeck', 'accounts', 'other.csv')
    out = room.run('imports', 'w.quarterdeck', '--undo', '3', '--with-later').out
    within(out, 'Took import 3 back', 'Import of subscriptions from “s.csv”', 'Import of accounts from “b.csv”')
    check('other.csv' not in out, out)
    rows = room.run('table', 'w.quarterdeck', 'imports', '--format', 'csv').rows()
    equal(sorted(row['id'] for row in rows if row['undone'] in ('1', 'yes', 'true')), ['3', '4', '5'])
    newest = room.run('history', 'w.quarterdeck').out.splitlines()[1]
    within(newest, 'and 2 later changes')
    # that line brings all back, and takes it again; what is beside it stays
    room.run('history', 'w.quarterdeck', '--undo', newest.split()[0])
    room.run('imports', 'w.quarterdeck', '--undo', '6')
    equal(dump(room.file('w.quarterdeck')), full)
    newest = room.run('history', 'w.quarterdeck').out.splitlines()[2]
    within(newest, 'Redo', 'and 2 later changes')
    room.run('history', 'w.quarterdeck', '--undo', newest.split()[0])
    equal(dump(room.file('w.quarterdeck')), before)


def test_undo_names_what_helps(room):
    room.run('new', 'w.quarterdeck')
    room.write('a.csv', 'account_id,name\nA,Alpha\n')
    room.write('s.csv', 'line_id,account_id,start,mrr\nL,A,2024-05-01,7.00\n')
    room.run('import', 'w.quarterdeck', 'accounts', 'a.csv')
    room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv')
    room.run('imports', 'w.quarterdeck', '--undo', '2')
    room.run('imports', 'w.quarterdeck', '--undo', '1')
    room.run('import', 'w.quarterdeck', 'accounts', 'a.csv')
    room.run('history', 'w.quarterdeck', '--undo', '3')
    # what stands on it is older and was brought back: no later one that could go with it
    err = room.run('imports', 'w.quarterdeck', '--undo', '3', status=1).err
    within(err, 'import 2')
    check('--with-later' not in err, err)


def test_history(room):
    room.make()
    room.run('profiles', 'w.quarterdeck', 'Finance', '--like', 'Board', '--set', 'end_date=inclusive')
    within(room.run('profiles', 'w.quarterdeck').out, 'Board@1', 'Finance@1')
    text = room.run('history', 'w.quarterdeck').out
    newest = text.splitlines()[1]
    within(newest, 'Finance')
    room.run('history', 'w.quarterdeck', '--undo', newest.split()[0])
    check('Finance@1' not in room.run('profiles', 'w.quarterdeck').out)
    undo = room.run('history', 'w.quarterdeck').out.splitlines()[1].split()[0]
    room.run('history', 'w.quarterdeck', '--undo', undo)
    within(room.run('profiles', 'w.quarterdeck').out, 'Finance@1')


def test_profiles(room):
    room.make()
    room.run('profiles', 'w.quarterdeck', 'Finance', '--like', 'Board', '--set', 'end_date=inclusive')
    text = room.run('profiles', 'w.quarterdeck', 'Finance', '--set', 'trials=included').out
    within(text, 'Finance@2', 'end_date=inclusive', 'trials=included')
    within(room.run('profiles', 'w.quarterdeck', 'Finance@1').out, 'trials=excluded', 'instead: included')
    rows = room.run('metrics', 'w.quarterdeck', 'mrr', '--profile', 'Finance', '--as-of', '2024-06', '--format',
                    'csv').rows()
    equal(rows[0]['profile'], 'Finance@2')
    rows = room.run('metrics', 'w.quarterdeck', 'mrr', '--profile', 'Finance@1', '--format', 'csv').rows()
    equal(rows[0]['profile'], 'Finance@1')
    # a line that ends on 1 June is in force on that day when the end date is inclusive, not at the month's end
    equal(rows[0]['value'], '160.00')


def test_export_reads_back(room):
    room.make()
    before = dump(room.file('w.quarterdeck'))
    for kind in ('accounts', 'subscriptions'):
        room.run('export', 'w.quarterdeck', kind, 'out.csv')
        first = room.read('out.csv')
        room.run('export', 'w.quarterdeck', kind, 'again.csv')
        equal(room.read('again.csv'), first)
        within(room.run('import', 'w.quarterdeck', kind, 'out.csv').out, 'nothing was changed')
    equal(dump(room.file('w.quarterdeck')), before)


def test_check(room):
    room.make()
    room.run('check', 'w.quarterdeck')
    room.run('check', 'w.quarterdeck', '--repair')


def test_check_fails_on_broken_data(room):
    room.make()
    with sqlite3.connect(room.file('w.quarterdeck')) as db:
        db.execute('PRAGMA foreign_keys=OFF')
        db.execute('UPDATE subscription_line SET account = 4711 WHERE external_id = ?', ('L3',))
    within(room.run('check', 'w.quarterdeck', status=3).err, 'damaged')


def test_sample(room):
    text = room.run('sample', 'a.quarterdeck', '--accounts', '40', '--months', '18', '--csv', 'a').out
    within(text, 'does not exist', 'accounts', 'subscriptions')
    room.run('sample', 'b.quarterdeck', '--accounts', '40', '--months', '18', '--csv', 'b')
    for name in os.listdir(room.file('a')):
        equal(room.read('a/' + name), room.read('b/' + name), name)
    figures = room.run('metrics', 'a.quarterdeck', '--format', 'csv').out
    equal(room.run('metrics', 'b.quarterdeck', '--format', 'csv').out, figures)
    within(room.run('metrics', 'a.quarterdeck').out, 'Sample data')
    room.run('sample', 'c.quarterdeck', '--accounts', '40', '--months', '18', '--seed', '2')
    check(room.run('metrics', 'c.quarterdeck', '--format', 'csv').out != figures)
    room.run('check', 'a.quarterdeck')
    room.run('sample', 'a.quarterdeck', status=1)


def test_new_does_not_overwrite(room):
    room.write('taken', 'precious')
    within(room.run('new', 'taken', status=1).err, 'taken')
    equal(room.read('taken'), b'precious')
    within(room.run('new', 'y.quarterdeck', '--currency', 'jpy', '--fiscal-start', '4').out, 'JPY', 'month 4')


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
