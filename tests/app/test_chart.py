#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verb chart: names, formats, sizes, themes, the same bytes twice."""
import os
import struct
import subprocess
import sys
import xml.etree.ElementTree

from cli import check, equal, main, within


def size_of_png(data):
    equal(data[:8], b'\x89PNG\r\n\x1a\n')
    return struct.unpack('>II', data[16:24])


def test_list(room):
    names = room.run('chart', '--list').out.split()
    for name in ('bridge', 'bridge-customers', 'retention', 'movements', 'arr', 'cohorts', 'cohorts-net', 'cohorts-gross',
                 'sparkline'):
        check(name in names, names)
    text = room.run('chart', '--help').out
    for name in names:
        within(text, '\n  %s ' % name)


def test_every_chart_in_every_format(room):
    room.make()
    for name in room.run('chart', '--list').out.split() + ['cohorts-logos', 'table']:
        for ending in ('png', 'svg', 'pdf'):
            out = '%s.%s' % (name, ending)
            within(room.run('chart', 'w.quarterdeck', name, out).out, out)
        check(size_of_png(room.read(name + '.png'))[0] >= 300)
        root = xml.etree.ElementTree.fromstring(room.read(name + '.svg'))
        check(root.tag.endswith('svg'))
        data = room.read(name + '.pdf')
        check(data.startswith(b'%PDF-') and data.rstrip().endswith(b'%%EOF'))
    equal([n for n in os.listdir(room.work) if not n.endswith(('.png', '.svg', '.pdf', '.csv', '.quarterdeck'))], [])


def test_size_and_theme(room):
    room.make()
    room.run('chart', 'w.quarterdeck', 'bridge', 'a.png', '--size', '640x360')
    equal(size_of_png(room.read('a.png')), (640, 360))
    room.run('chart', 'w.quarterdeck', 'bridge', 'b.png')
    equal(size_of_png(room.read('b.png')), (1440, 810))
    room.run('chart', 'w.quarterdeck', 'bridge', 'c.svg', '--size', '640x360')
    root = xml.etree.ElementTree.fromstring(room.read('c.svg'))
    equal(root.get('viewBox'), '0 0 640 360')
    room.run('chart', 'w.quarterdeck', 'bridge', 'd.png', '--dark', '--size', '640x360')
    check(room.read('d.png') != room.read('a.png'))


def test_wrong_use(room):
    room.make()
    within(room.run('chart', 'w.quarterdeck', 'bride', 'x.png', status=2).err, 'bride', 'bridge, bridge-customers')
    for out in ('x.gif', 'x', 'png'):
        within(room.run('chart', 'w.quarterdeck', 'bridge', out, status=2).err, out, '.png')
    for size in ('10x10', '640', '640x', 'x360', '640x360x1', '-640x360', '99999x100', '6e2x3e2', ''):
        within(room.run('chart', 'w.quarterdeck', 'bridge', 'x.png', '--size', size, status=2).err, '--size')
    check(not os.path.exists(room.file('x.png')))


def test_scope_reaches_the_chart(room):
    room.make()
    bytes_of = {}
    for name, scope in (('all', ()), ('smb', ('--where', 'segment=SMB')), ('early', ('--as-of', '2024-01')),
                        ('month', ('--period', 'month')), ('defined', ('--define', 'first_month=opening'))):
        room.run('chart', 'w.quarterdeck', 'bridge', name + '.png', *scope)
        bytes_of[name] = room.read(name + '.png')
    equal(len(set(bytes_of.values())), len(bytes_of))


def words(room, name):
    """The texts of a PDF."""
    text = subprocess.run(['pdftotext', '-layout', room.file(name), '-'], check=True, stdout=subprocess.PIPE).stdout
    return ' '.join(text.decode('utf-8').split())


def test_open_year(room):
    room.make()
    scope = ('--period', 'year', '--as-of', '2024-05')
    for name in ('bridge', 'bridge-customers', 'retention', 'table-movements', 'table-retention'):
        room.run('chart', 'w.quarterdeck', name, name + '.pdf', *scope)
    for name in ('bridge', 'bridge-customers'):
        within(words(room, name + '.pdf'), '5 months to date, May 2024', 'Striped: the period is not over.')
    within(words(room, 'retention.pdf'), '5 months of the fiscal year to date', '5 months to date, May 2024')
    for name in ('table-movements', 'table-retention'):
        within(words(room, name + '.pdf'), 'May 2024 (open)')
    room.run('chart', 'w.quarterdeck', 'cohorts', 'cohorts.pdf', '--period', 'year', '--as-of', '2023-08')
    within(words(room, 'cohorts.pdf'), 'Jan 2023 to Aug 2023')


def test_same_bytes_twice(room):
    room.make()
    for name in ('retention.png', 'retention.svg', 'retention.pdf'):
        room.run('chart', 'w.quarterdeck', 'retention', name)
        first = room.read(name)
        room.run('chart', 'w.quarterdeck', 'retention', name)
        equal(room.read(name), first, name)


def test_odd_companies(room):
    room.run('new', 'w.quarterdeck', '--name', 'A name that goes on & on <b>' + 'long ' * 60, '--currency', 'KWD')
    room.write('s.csv', 'line_id,account_id,start,end,mrr\nL1,A1,2024-01-10,2024-02-01,100.123\n')
    room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv', '--decimal', '.')
    for name in room.run('chart', '--list').out.split():
        for ending in ('png', 'svg', 'pdf'):
            room.run('chart', 'w.quarterdeck', name, 'out.' + ending)
        xml.etree.ElementTree.fromstring(room.read('out.svg'))


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
