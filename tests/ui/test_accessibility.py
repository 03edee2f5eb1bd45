#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader meets: the tree of the running program, page by page and
dialog by dialog. Everything that can take the focus, and everything that is
seen and is more than a frame around other things, has a name of its own; names
of classes are none."""
import os
import re

import desk as desk_module
from desk import FOCUSABLE, SELECTED, nodes

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')

# What a widget without a label is called: its class.
CLASS_NAME = re.compile(r'.*\b(Gtk|Adw|Qd)[A-Z][A-Za-z]+\b')

# Frames around other things, which screen readers pass over: they need no name as long as they cannot take the focus.
# By number, as the names of roles differ between versions of GTK.
ALERT, FILLER, ICON, IMAGE, LABEL, LAYERED_PANE, PANEL, SCROLL_BAR, SCROLL_PANE, SEPARATOR, SPLIT_PANE, TABLE_CELL, TOOL_BAR, VIEWPORT = \
    2, 20, 26, 27, 29, 30, 39, 48, 49, 50, 53, 56, 63, 68
FRAME_NAMES = {'group', 'generic', 'status'}  # a status that says nothing is passed over, too
FRAMES = {FILLER, LAYERED_PANE, PANEL, SCROLL_BAR, SCROLL_PANE, SEPARATOR, SPLIT_PANE, TOOL_BAR, VIEWPORT}
OUR_CLASS = re.compile(r'^Qd[A-Z][A-Za-z]+$')


def faults(top):
    """What in a tree has no proper name: (object, why)."""
    found = []
    for node in nodes(top):
        if node.depth == 0:
            continue
        nameless = not node.name.strip()
        class_name = CLASS_NAME.match(node.name)
        if node.has(FOCUSABLE) and node.name == '(None)':
            found.append((node, 'called by what GTK puts where nothing is chosen'))
            continue
        if not nameless and not class_name:
            continue
        if node.kind == PANEL and class_name:
            found.append((node, 'a group called by its class, which readers say of what is in it'))
            continue
        if (node.kind in FRAMES or node.role in FRAME_NAMES) and not node.has(FOCUSABLE) and not OUR_CLASS.match(node.name):
            continue
        if node.role == 'generic' and nameless:
            continue  # a scrolled window of newer GTK, which forbids names for this role: readers pass over it
        if node.kind == ALERT and nameless and not node.has(FOCUSABLE) and any(part.name.strip() for part in nodes(node)):
            continue  # a toast of newer libadwaita: what stands in it is read aloud
        if node.kind in (LABEL, TABLE_CELL) and nameless and not node.has(FOCUSABLE):
            continue  # nothing stands there: a reader says "blank", or nothing
        if is_part(node):
            continue
        found.append((node, 'no name' if nameless else 'called by its class'))
    return found


def is_part(node):
    """Parts of GTK's own widgets that the widget around them speaks for."""
    above = node.parent
    while above is not None and (not above.name.strip() or CLASS_NAME.match(above.name)) and \
            not above.has(FOCUSABLE) and above.kind in FRAMES:
        above = above.parent
    named = above is not None and above.name.strip() and not CLASS_NAME.match(above.name)
    # the picture in a button or row that has a name; it cannot be reached by itself
    return node.kind in (ICON, IMAGE) and not node.has(FOCUSABLE) and named


def look(desk, place):
    desk.settle()
    application = desk.application()
    assert len(list(nodes(application))) > 5, f'{place}: nothing is there'
    return [(node.path, f'{place}: {why}: {node.where()}') for node, why in faults(application)
            if min(desk.tree.get_size(node)) > 0]


def page_ids(level):
    """(id, title) of the pages there are, from their one table."""
    with open(os.path.join(SOURCE, 'ui', 'pages', 'qd-pages.c'), encoding='utf-8') as file:
        text = file.read()
    rows = re.findall(r'\{ "([a-z-]+)", [^"]*(?:N_ \("[^"]*"\), )?N_ \("([^"]*)"\)([^}]*)\}', text)
    assert rows, 'the table of pages reads differently'
    return [(name, title) for name, title, rest in rows if ('QD_PAGE_LEVEL' in rest) == level]


def check(found):
    first = {}
    for path, words in found:
        first.setdefault(path, words)
    assert not first, 'without a proper name:\n' + '\n'.join(first.values())


def test_what_is_heard_by_the_way(desk):
    """From the palette to a customer and into one of its fields: each step is told of what has the focus."""
    desk.start(desk.sample())
    desk.in_front('Overview')
    desk.settle()
    desk.key('ctrl+k')
    desk.in_front('Command Palette')
    desk.type('re')
    desk.wait(lambda: re.search('[0-9]+ results, .+', desk.described()), 'the count and what Return opens')
    first = desk.described()
    desk.key('Down')
    desk.wait(lambda: desk.described() not in ('', first), 'what is chosen now')
    assert 'results' not in desk.described()
    desk.key('BackSpace', 'BackSpace')
    desk.type('Harnaton')
    desk.wait(lambda: desk.described().startswith('1 result, Harnaton Systems'), 'the only customer')
    desk.key('Return')
    desk.in_front('Harnaton Systems')
    desk.wait(lambda: re.match(r'Harnaton Systems: ARR \$.+, Customer Since ', desk.focus_name()), 'who it is and its figures')
    desk.tab_to('^Name$')
    desk.tab_to('^Domain$')
    desk.type('new.example')
    desk.key('Return')
    desk.wait(lambda: 'Domain changed from' in desk.said(), 'what was changed')
    desk.key('ctrl+z')
    desk.wait(lambda: re.search('^(A toast appeared: )?Undone: ', desk.said(), re.MULTILINE), 'that it was undone')


def test_what_is_said_on_a_tile(desk):
    """A tile has a description of its own, which comes back after what happened was said."""
    desk.start(desk.sample())
    desk.in_front('Overview')
    desk.settle()
    desk.tab_to('^ARR: ')
    meaning = desk.described()
    assert meaning, 'what a figure means'
    desk.act('win.say', 'Checkpoint saved')
    desk.wait(lambda: 'Checkpoint saved' in desk.said(), 'what happened')
    desk.wait(lambda: desk.described() == meaning, 'what it means, again')


def test_tab_leaves_a_table(desk):
    """A table is one stop, however many rows it has."""
    desk.start(desk.sample())
    desk.in_front('Overview')
    desk.settle()
    desk.act('win.drill', 'arr@2025-11..2025-12')
    desk.in_front('Customers behind')
    desk.tab_to(', ARR ')
    first = desk.focus_name()
    desk.key('Down')  # later versions of GTK first select the row where one is
    desk.wait(lambda: desk.focus_name() != first or desk.focus().has(SELECTED), 'Down to do something')
    row = desk.press('Down').name
    assert ', ARR ' not in desk.press('Tab').name, 'Tab stays in the table'
    assert desk.press('shift+Tab').name == row, 'and comes back to where it was'
    assert ', ARR ' not in desk.press('shift+Tab').name, 'nor does it stay going back'


def test_the_audit_finds_faults(desk):
    """A tree with planted faults, so that silence means something."""

    BUTTON, FRAME, LIST_ITEM = 43, 23, 32

    class Fake:
        def __init__(self, kind, name, states=(), children=()):
            self.role, self.kind, self.name, self.depth, self.parent, self.children = '', kind, name, 1, None, list(children)
            self.states = states
            for child in self.children:
                child.parent = self

        def has(self, state):
            return state in self.states

    def count(*children):
        return len(faults(Fake(FRAME, 'Quarterdeck', (), children)))

    assert count(Fake(BUTTON, 'GtkButton', {FOCUSABLE})) == 1
    assert count(Fake(BUTTON, '', {FOCUSABLE})) == 1
    assert count(Fake(FILLER, 'QdChartView', {FOCUSABLE})) == 1
    assert count(Fake(ICON, 'GtkImage')) == 0 and count(Fake(FILLER, '', (), [Fake(ICON, 'GtkImage')])) == 0
    assert count(Fake(FILLER, 'GtkBox')) == 0
    assert count(Fake(BUTTON, 'Save', {FOCUSABLE}, [Fake(ICON, 'GtkImage')])) == 0
    assert count(Fake(LIST_ITEM, 'GtkListItemWidget')) == 1
    assert count(Fake(BUTTON, '(None)', {FOCUSABLE})) == 1
    assert count(Fake(ALERT, '')) == 1 and count(Fake(ALERT, '', (), [Fake(LABEL, 'Imported')])) == 0


def test_pages(desk):
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.shows('Overview')
    found = []
    for name, title in page_ids(level=False):
        desk.act('win.go', name)
        desk.shows(title)
        found += look(desk, name)
    check(found)


def test_levels(desk):
    """Pages below others: the rows behind a number, one customer, one import."""
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.shows('Overview')
    account = desk.command('table', 'sample.quarterdeck', 'ledger', '--format', 'csv').splitlines()[1].split(',')
    ways = {'rows': ('win.drill', 'arr@2025-11..2025-12'), 'account': ('win.open-account', account[0]),
            'findings': ('win.go', 'findings?ends-after-data')}
    found = []
    for name, _title in page_ids(level=True):
        assert name in ways, f'say here how page {name} is opened'
        desk.act(*ways[name])
        found += look(desk, name)
        desk.act('win.back')
    check(found)


def test_retention_modes(desk):
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.shows('Overview')
    found = []
    for mode in ('trend', 'cohorts-logos', 'cohorts-net', 'cohorts-gross'):
        desk.act('win.go', f'retention?{mode}')
        found += look(desk, f'retention?{mode}')
    check(found)


def test_dialogs(desk):
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.shows('Overview')
    there = set(desk.actions())
    found = []
    for action in (('palette',), ('search',), ('glossary',), ('explain', 'nrr'), ('preferences',), ('shortcuts',),
                   ('about',), ('print-preview',), ('import',), ('edit-profile',), ('save-view',)):
        if action[0] not in there:
            continue
        before = {node.path for node in desk.all()}
        desk.act('win.go', 'bridge')
        desk.settle()
        desk.act('win.' + action[0], *action[1:])
        desk.wait(lambda: any(node.path not in before for node in desk.all()), f'what {action[0]} opens')
        found += look(desk, action[0])
        desk.key('Escape', 'Escape')
        desk.settle()
    check(found)


def test_import(desk):
    """The assistant, from the file to what came of it."""
    desk.command('new', 'w.quarterdeck')
    with open(desk.path('lines.csv'), 'w', encoding='utf-8') as file:
        file.write('subscription_id,account_id,start_date,end_date,mrr_amount\n'
                   'S1,A1,2024-01-01,,100\nS2,A2,2024-02-01,,50\nS3,A3,2024-03-01,,wrong\n')
    desk.start('w.quarterdeck')
    desk.settle()
    desk.act('win.import-file', desk.path('lines.csv'))
    found = []
    desk.walk_assistant(lambda step: found.extend(look(desk, f'import, {step}')))
    found += look(desk, 'imported')
    check(found)
    # all steps were there: the two rows that fit came in
    rows = desk.command('table', 'w.quarterdeck', 'imports', '--format', 'csv').splitlines()
    assert len(rows) == 2, rows


def test_welcome(desk):
    desk.start()
    check(look(desk, 'welcome'))


if __name__ == '__main__':
    desk_module.main(globals())
