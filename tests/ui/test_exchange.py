#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes between the program and others on the desk: files that another
window drags onto it, with a real pointer, and copies that another program reads
from the clipboard."""
import contextlib
import csv
import html.parser
import os
import struct
import subprocess
import sys
from decimal import Decimal
from xml.etree import ElementTree

import desk as desk_module

NEIGHBOUR = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'neighbour.py')
LINES = 'subscription_id,account_id,start_date,end_date,mrr_amount\nS1,A1,2024-01-01,,100\nS2,A2,2024-02-01,,50\n'
DISPLAY = 1280, 900
PLACE = 200  # for the other window, at the right


def xdotool(*words):
    return subprocess.run(['xdotool', *map(str, words)], check=True, capture_output=True, text=True).stdout.split()


def put(desk, window, x, y, width, height):
    """Moves a window and waits until it is there, give or take its frame."""
    def there():
        found = dict(line.split('=') for line in xdotool('getwindowgeometry', '--shell', window))
        return abs(int(found['X']) - x) + abs(int(found['Y']) - y) < 60

    xdotool('windowsize', window, width, height)
    xdotool('windowmove', window, x, y)
    desk.wait(there, 'the window to move')


def check_neighbour():
    import gi
    try:
        gi.require_version('Gtk', '4.0')
    except ValueError as error:
        raise desk_module.Missing('gir1.2-gtk-4.0 is not installed') from error


@contextlib.contextmanager
def dragged(desk, *paths):
    """Files from another window are dropped into the middle of the program's; what comes of it is waited for inside."""
    check_neighbour()
    put(desk, xdotool('getactivewindow')[0], 0, 30, DISPLAY[0] - PLACE - 40, DISPLAY[1] - 100)
    desk.settle()
    other = subprocess.Popen([sys.executable, NEIGHBOUR, 'files', *paths], env={**os.environ, 'GTK_A11Y': 'none'})
    try:
        desk.wait(lambda: desk.title() == 'Files', 'the other window')
        put(desk, xdotool('getactivewindow')[0], DISPLAY[0] - PLACE, 100, PLACE - 40, 150)
        x, y = DISPLAY[0] - PLACE // 2 - 20, 190
        xdotool('mousemove', x, y, 'mousedown', 1)
        to = [0]

        def invited():
            to[0] += 1
            xdotool('mousemove', max(x - to[0] * 60, 300) + to[0] % 2, y + 100)
            return desk.find(part='Drop a Workspace')

        desk.wait(invited, 'the words that a file may be dropped')
        xdotool('mouseup', 1)
        yield
    finally:
        other.kill()
        other.wait()


def clipboard(desk):
    """Form → bytes, as another program gets them."""
    check_neighbour()
    folder = desk.path('clipboard')
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))
    subprocess.run([sys.executable, NEIGHBOUR, 'clipboard', folder], check=True, timeout=desk_module.LIMIT,
                   env={**os.environ, 'GTK_A11Y': 'none'})
    found = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), 'rb') as file:
            found[name.replace('-', '/', 1)] = file.read()
    return found


class Cells(html.parser.HTMLParser):
    """Rows of cells of the table in a page: a number where the page says that it is one."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.number, self.open = [], None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == 'tr':
            self.rows.append([])
        elif tag in ('td', 'th'):
            kind = dict(attributes)
            dated = kind.get('sdnum', '').endswith('YYYY-MM-DD')  # a day's own number is no text that people read
            self.number, self.open = None if dated else kind.get('sdval'), True
            self.rows[-1].append('')

    def handle_endtag(self, tag):
        if tag in ('td', 'th'):
            if self.number is not None:
                assert self.rows[-1][-1] == self.number, self.rows[-1]
                self.rows[-1][-1] = Decimal(self.number)
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data


def read_table(forms):
    """The rows that were copied, without their headings: all forms of them say the same."""
    cells = Cells(forms['text/html'].decode()).rows
    plain = [[str(cell) for cell in row] for row in cells]
    text = forms['text/plain;charset=utf-8'].decode()
    assert [line.split('\t') for line in text.splitlines()] == plain, text
    assert list(csv.reader(forms['text/csv'].decode().splitlines()))[1:] == plain[1:]
    return cells[1:]


def arr(desk):
    rows = desk.command('metrics', 'sample.quarterdeck', 'arr', '--format', 'csv').splitlines()
    return Decimal(rows[1].split(',')[1])


def write_lines(desk):
    with open(desk.path('lines.csv'), 'w', encoding='utf-8') as file:
        file.write(LINES)
    return desk.path('lines.csv')


def test_copy_of_a_chart(desk):
    """Ctrl+C: a picture in two forms, and the numbers behind it."""
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.in_front('Overview')
    desk.key('ctrl+2')
    desk.in_front('ARR Bridge')
    desk.tab_to('step [0-9] of')
    desk.key('ctrl+c')
    desk.shows('Picture copied')
    forms = clipboard(desk)
    assert forms['image/png'].startswith(b'\x89PNG\r\n\x1a\n') and forms['image/png'].endswith(b'IEND\xaeB`\x82')
    width, height = struct.unpack('>II', forms['image/png'][16:24])
    assert width > 1000 and height > 500, (width, height)
    assert ElementTree.fromstring(forms['image/svg+xml']).tag.endswith('svg')
    rows = read_table(forms)
    assert rows[-1][0] == 'Closing Dec 2025' and rows[-1][1] == arr(desk), rows
    assert sum(row[1] for row in rows[:-1]) == arr(desk), rows


def test_copy_of_a_table(desk):
    desk.sample()
    desk.start('sample.quarterdeck')
    desk.in_front('Overview')
    desk.act('win.drill', 'arr@2025-11..2025-12')
    desk.in_front('Customers behind')
    desk.tab_to(', ARR ')
    desk.key('ctrl+c')
    desk.shows('rows copied')
    forms = clipboard(desk)
    assert not any(form.startswith('image') for form in forms)
    rows = read_table(forms)
    assert sum(row[1] for row in rows) == arr(desk), rows


def test_export_on_welcome(desk):
    """A workspace is made for it, and the assistant opens."""
    path = write_lines(desk)
    desk.start(HOME=desk.folder, XDG_DOCUMENTS_DIR=desk.folder)
    desk.in_front('Quarterdeck')
    with dragged(desk, path):
        desk.in_front('New Workspace')
        desk.type('Dropped')
        desk.key('alt+r')
        desk.in_front('Import “lines.csv”')


def test_export_on_workspace(desk):
    path = write_lines(desk)
    desk.command('new', 'w.quarterdeck')
    desk.start('w.quarterdeck')
    desk.in_front('Overview')
    with dragged(desk, path):
        desk.walk_assistant()
    rows = list(csv.DictReader(desk.command('table', 'w.quarterdeck', 'imports', '--format', 'csv').splitlines()))
    assert [row['imported'] for row in rows] == ['2'], rows


def test_workspace_on_welcome(desk):
    path = desk.sample()
    desk.start()
    desk.in_front('Quarterdeck')
    with dragged(desk, path):
        desk.in_front('Overview')


if __name__ == '__main__':
    desk_module.main(globals())
