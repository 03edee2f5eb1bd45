#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verbs, help, options, exit statuses."""
import sys

from cli import check, equal, main, within

VERBS = ('new', 'sample', 'import', 'imports', 'history', 'export', 'profiles', 'metrics', 'table', 'explain', 'chart',
         'review', 'check')
SCOPED = ('metrics', 'table', 'explain', 'chart', 'review')


def test_help_lists_every_verb(room):
    text = room.run('--help').out
    for verb in VERBS:
        within(text, '\n  %s ' % verb)
    equal(room.run('help').out, text)
    equal(room.run('-h').out, text)


def test_help_of_each_verb(room):
    for verb in VERBS:
        result = room.run(verb, '--help')
        within(result.out, 'Usage: quarterdeck %s WORKSPACE' % verb)
        equal(result.err, '')
        equal(room.run('help', verb).out, result.out)
        check(max(map(len, result.out.splitlines())) <= 100, result)
        for option in ('--as-of', '--period', '--profile', '--define', '--where'):
            equal(option in result.out, verb in SCOPED, (verb, option))
    within(room.run('import', '--help').out, 'subscriptions', 'LINE_ID', '--skip-rejected')
    within(room.run('metrics', '--help').out, 'nrr', 'Net revenue retention')
    within(room.run('profiles', '--help').out, 'netting=month|day|quarter')


def test_version(room):
    result = room.run('--version')
    check(result.out.startswith('quarterdeck ') and result.out[12].isdigit(), result)


def test_no_verb(room):
    result = room.run(status=2)
    equal(result.out, '')
    within(result.err, 'window', 'quarterdeck sample', '--help')


def test_only_a_workspace(room):
    room.run('new', 'w.quarterdeck')
    within(room.run('w.quarterdeck', status=2).err, 'window', 'quarterdeck metrics w.quarterdeck')


def test_unknown_verb(room):
    within(room.run('metric', 'w', status=2).err, 'metric', 'did you mean “metrics”')
    within(room.run('frobnicate', status=2).err, 'frobnicate', '--help')
    room.run('--frobnicate', status=2)


def test_unknown_option(room):
    for verb in VERBS:
        result = room.run(verb, 'a', 'b', 'c', '--frobnicate', status=2)
        within(result.err, '--frobnicate', 'quarterdeck %s --help' % verb)


def test_missing_and_extra_arguments(room):
    for verb in VERBS:
        within(room.run(verb, status=2).err, 'quarterdeck: ', 'quarterdeck %s WORKSPACE' % verb)
    for verb in ('new', 'sample', 'imports', 'history', 'check'):
        within(room.run(verb, 'a', 'surplus', status=2).err, 'surplus')
    room.run('metrics', '', status=2)


def test_options_given_wrongly(room):
    room.make()
    for arguments, part in (
            (('new', 'x', '--currency', 'XYZ'), 'XYZ'),
            (('new', 'x', '--fiscal-start', '13'), '13'),
            (('new', 'x', '--fiscal-start', 'May'), 'May'),
            (('new', 'x', '--name'), '--name'),
            (('new', 'x', '--name', 'a', '--name', 'b'), 'twice'),
            (('sample', 'x', '--accounts', '0'), '1,000,000'),
            (('sample', 'x', '--months', '1e3'), '1e3'),
            (('import', 'w.quarterdeck', 'nonsense', 'accounts.csv'), 'nonsense'),
            (('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--map', 'name'), '--map'),
            (('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--map', 'name=a', '--map', 'name=b'), 'twice'),
            (('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--date-order', 'dym'), 'ymd, dmy, mdy'),
            (('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--decimal', ';'), '--decimal'),
            (('import', 'w.quarterdeck', 'accounts', 'accounts.csv', '--sheet'), '--sheet'),
            (('export', 'w.quarterdeck', 'nonsense', 'x.csv'), 'nonsense'),
            (('imports', 'w.quarterdeck', '--undo', 'last'), 'last'),
            (('history', 'w.quarterdeck', '--undo', '0'), '--undo'),
            (('history', 'w.quarterdeck', '--with-later'), '--undo ID'),
            (('profiles', 'w.quarterdeck', '--set', 'trials=included'), 'NAME'),
            (('profiles', 'w.quarterdeck', 'Board', '--set', 'trials'), '--set'),
            (('profiles', 'w.quarterdeck', 'Board', '--set', 'trials=perhaps'), 'perhaps'),
            (('profiles', 'w.quarterdeck', 'Board', '--set', 'trial=included'), 'trial'),
            (('metrics', 'w.quarterdeck', 'nrrr'), 'did you mean “nrr”'),
            (('metrics', 'w.quarterdeck', 'happiness'), 'There are: '),
            (('metrics', 'w.quarterdeck', '--format', 'xml'), 'text, csv, json'),
            (('metrics', 'w.quarterdeck', '--by', 'colour'), 'colour'),
            (('table', 'w.quarterdeck', 'nonsense'), 'movements, retention, ledger, cohorts, imports'),
            (('table', 'w.quarterdeck', 'ledger', '--by', 'segment'), '--by'),
            (('table', 'w.quarterdeck', 'imports', '--as-of', '2024-06'), '--as-of'),
            (('explain', 'w.quarterdeck', 'happiness'), 'happiness'),
    ):
        within(room.run(*arguments, status=2).err, part)


def test_scope_given_wrongly(room):
    room.make()
    for verb, middle in (('metrics', ()), ('table', ('movements',)), ('explain', ('nrr',)),
                         ('chart', ('bridge', 'x.png')), ('review', ('x.pdf',))):
        for arguments, part in (
                (('--as-of', '2024-6'), '2024-6'),
                (('--as-of', '2024-13'), '2024-13'),
                (('--as-of', '2024-06-30'), '2024-06-30'),
                (('--as-of', '2031-01'), 'Jan 2031'),
                (('--period', 'week'), 'week'),
                (('--period', '0'), '0'),
                (('--profile', 'Nobody'), 'Nobody'),
                (('--profile', 'Board@7'), 'Board@7'),
                (('--define', 'netting'), '--define'),
                (('--define', 'netting=hour'), 'hour'),
                (('--define', 'colour=red'), 'colour'),
                (('--where', 'segment'), '--where'),
                (('--where', '=SMB'), '--where'),
                (('--where', 'colour=red'), 'colour'),
                (('--where', b'segment=\xff'), '--where'),
        ):
            result = room.run(verb, 'w.quarterdeck', *middle, *arguments, status=2)
            within(result.err, 'quarterdeck: ', part)
            equal(result.out, '', result)


def test_empty_workspace(room):
    room.run('new', 'w.quarterdeck')
    for arguments in (('metrics', 'w.quarterdeck'), ('table', 'w.quarterdeck', 'movements'),
                      ('explain', 'w.quarterdeck', 'nrr'), ('chart', 'w.quarterdeck', 'bridge', 'x.png'),
                      ('review', 'w.quarterdeck', 'x.pdf')):
        within(room.run(*arguments, status=1).err, 'w.quarterdeck', 'import')
    within(room.run('imports', 'w.quarterdeck').out, 'Nothing')
    room.run('check', 'w.quarterdeck')


def test_no_workspace(room):
    room.write('text.quarterdeck', 'account_id,name\n')
    room.write('empty.quarterdeck', '')
    for name in ('gone.quarterdeck', 'text.quarterdeck', 'empty.quarterdeck', '.'):
        for verb in ('metrics', 'imports', 'history', 'profiles', 'check'):
            result = room.run(verb, name, status=1)
            check(result.err.startswith('quarterdeck: '), result)
    equal(room.read('text.quarterdeck'), b'account_id,name\n')
    equal(room.read('empty.quarterdeck'), b'')


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
