#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way through the program by keyboard alone, with real keys: from
the welcome page to a new workspace, an import, the pages, one segment, three
months back, the customers behind a bar, the chart on the clipboard and in a
file, the page to be printed, the import undone. After each step what the window
says is read as a screen reader reads it."""
import csv
import os
import re

import desk as desk_module

ACCOUNTS = 'account_id,account_name,segment\n' + ''.join(
    f'A{i:02},Company {i},{"Enterprise" if i % 3 == 0 else "SMB"}\n' for i in range(30))
LINES = 'subscription_id,account_id,start_date,end_date,mrr_amount\n' + ''.join(
    f'L{i:02},A{i:02},2024-{1 + i % 12:02}-01,{f"2025-{1 + i % 9:02}-01" if i % 4 == 0 else ""},{100 + 37 * i}\n'
    for i in range(30)) + ''.join(f'X{i:02},A{i:02},2025-{3 + i % 8:02}-01,,{50 + i}\n' for i in range(0, 30, 5))


def test_way(desk):
    for name, text in (('accounts.csv', ACCOUNTS), ('lines.csv', LINES)):
        with open(desk.path(name), 'w', encoding='utf-8') as file:
            file.write(text)
    desk.start(HOME=desk.folder, XDG_DOCUMENTS_DIR=desk.folder)

    # welcome: the first thing has the focus; a new workspace
    desk.in_front('Quarterdeck')
    desk.tab_to('New Workspace')
    desk.key('Return')
    desk.in_front('New Workspace')
    desk.type('Way')
    desk.key('alt+r')
    desk.in_front('Overview')
    assert os.path.exists(desk.path('Way.quarterdeck'))

    # two files through the assistant
    for name in ('lines.csv', 'accounts.csv'):
        desk.key('ctrl+i')
        desk.in_front('Import')
        desk.tab_to('Choose')
        desk.key('Return')
        desk.answer_file_dialog('Choose a File', desk.path(name))
        desk.walk_assistant()
        desk.in_front('Overview')

    # the pages by their keys
    for number, title in ((2, 'ARR Bridge'), (3, 'Retention'), (1, 'Overview'), (2, 'ARR Bridge')):
        desk.key(f'ctrl+{number}')
        desk.in_front(title)

    # one segment, by the filter's own keys; three months back
    assert figure(desk) == figure(desk, '--as-of', '2025-10')
    desk.key('shift+ctrl+f')
    desk.wait(lambda: desk.focus_name() == 'Segment', 'the list of dimensions')
    desk.key('Return')
    desk.wait(lambda: desk.focus_name() == 'Search values', 'the values')
    desk.type('SMB')
    desk.press('Down')
    desk.key('space')
    desk.key('Escape', 'Escape')
    desk.shows('SMB')
    desk.key('ctrl+bracketleft', 'ctrl+bracketleft', 'ctrl+bracketleft')
    desk.wait(lambda: desk.find(name='As of: Jul 2025'), 'July')
    desk.settle()
    arr = figure(desk, '--as-of', '2025-07', '--where', 'segment=SMB')
    assert 0 < arr < figure(desk, '--as-of', '2025-07')
    closing = desk.shows('Closing Jul 2025').name
    assert near(spoken(closing), arr), (closing, arr)

    # into the chart by Tab, to the first movement by arrows, and to the customers behind it
    desk.tab_to('step [0-9] of')
    desk.key('Home', 'Right')
    point = desk.wait(lambda: re.match('(New|Expansion), ', desk.focus_name()) and desk.focus_name(), 'a bar of gains')
    desk.key('Return')
    desk.in_front('Customers behind')
    assert desk.find(part='sum of') is not None
    said = desk.find(part='sum of').name
    assert near(spoken(said), spoken(point)), (said, point)
    desk.key('alt+Left')
    desk.in_front('ARR Bridge')
    assert desk.find(name='As of: Jul 2025') is not None

    # the chart on the clipboard, in a file, and on paper
    desk.tab_to('step [0-9] of')
    desk.key('ctrl+c')
    desk.settle()
    desk.key('ctrl+k')
    desk.in_front('Command Palette')
    desk.key('ctrl+v')
    desk.wait(lambda: 'Opening' in desk.typed(), 'what was copied')
    desk.key('Escape', 'Escape')
    desk.in_front('ARR Bridge')
    desk.key('ctrl+e')
    desk.answer_file_dialog('Export', desk.path('slide.png'))
    desk.wait(lambda: os.path.exists(desk.path('slide.png')), 'the picture')
    desk.in_front('ARR Bridge')
    with open(desk.path('slide.png'), 'rb') as file:
        assert file.read(8) == b'\x89PNG\r\n\x1a\n'
    desk.key('shift+ctrl+p')
    desk.in_front('Print Preview')
    desk.key('Escape')
    desk.in_front('ARR Bridge')

    # and the imports undone, the last one first
    assert len(batches(desk)) == 2
    desk.key('ctrl+z')
    desk.wait(lambda: undone(desk) == 1, 'one import undone')
    desk.key('ctrl+z')
    desk.wait(lambda: undone(desk) == 2, 'both imports undone')
    desk.key('shift+ctrl+z')
    desk.wait(lambda: undone(desk) == 1, 'an import again')


def figure(desk, *scope):
    rows = desk.command('metrics', 'Way.quarterdeck', 'arr', *scope, '--format', 'csv').splitlines()
    return float(rows[1].split(',')[1])


def spoken(words):
    """The first amount of a text: “$174k”, “+$1.2k”, “$21 006”."""
    match = re.search(r'\$([0-9][0-9.,\u202f]*)(k|M)?', words)
    number = float(match.group(1).replace('\u202f', '').rstrip('.,').replace(',', ''))
    return number * {'k': 1000, 'M': 1000000, None: 1}[match.group(2)]


def near(a, b):
    """As near as three digits say."""
    return abs(a - b) <= 0.006 * abs(b)


def batches(desk):
    return list(csv.DictReader(desk.command('table', 'Way.quarterdeck', 'imports', '--format', 'csv').splitlines()))


def undone(desk):
    return sum(1 for row in batches(desk) if row.get('undone', row.get('state', '')) not in ('', 'no', 'false', '0'))


if __name__ == '__main__':
    desk_module.main(globals())
