#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The retention review, read back by poppler: pages, outline, fonts, and the figures that finance can recompute."""
import csv
import io
import os
import re
import shutil
import subprocess
import sys

from cli import Skip, check, equal, main, within


def tool(*words):
    if shutil.which(words[0]) is None:
        raise Skip('%s is not installed (poppler-utils)' % words[0])
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def pages(room, name):
    return tool('pdftotext', '-layout', room.file(name), '-').split('\f')[:-1]


def lines_workspace(room, name='w.quarterdeck'):
    """Three customers over two years, worked out by hand: 100 and 200 at the end of 2024, then 150 and nothing, and 50 new."""
    room.write('a.csv', 'account_id,name,segment\na,Alpha,SMB\nb,Beta,Enterprise\nc,"Gamma, Sons & <Co>",SMB\n')
    room.write('s.csv', 'line_id,account_id,start,end,mrr\n1,a,2024-01-10,,100.00\n2,a,2025-03-01,,50.00\n'
                        '3,b,2024-02-01,2025-06-15,200.00\n4,c,2025-05-05,,50.00\n5,c,2025-12-05,,0.00\n')
    room.run('new', name, '--name', 'Northwind')
    room.run('import', name, 'accounts', 'a.csv')
    room.run('import', name, 'subscriptions', 's.csv')


def test_figures_and_names(room):
    lines_workspace(room)
    within(room.run('review', 'w.quarterdeck', 'r.pdf').out, 'r.pdf')
    text = pages(room, 'r.pdf')
    whole = '\n'.join(text)
    within(text[0], 'Northwind', 'Retention review', 'As of 31 Dec 2025', 'Board@1')
    # 12 × 200 = 2,400; NRR (150 + 0) ÷ 300 = 50 %; GRR 100 ÷ 300 = 33.3 %; one of two customers stayed.
    within(text[1], '$2.4k', '50.0 %', '33.3 %', 'existing customers shrink')
    within(whole, 'Gamma, Sons & <Co>', 'Beta', '−$2 400')
    within(text[-1], 'accounts', 'subscriptions', '3 rows', '5 rows')


def test_shape(room):
    room.run('sample', 'w.quarterdeck', '--accounts', '120', '--months', '30')
    room.run('review', 'w.quarterdeck', 'r.pdf')
    room.run('review', 'w.quarterdeck', 'again.pdf')
    equal(room.read('r.pdf'), room.read('again.pdf'))

    info = tool('pdfinfo', room.file('r.pdf'))
    count = int(re.search(r'Pages:\s+(\d+)', info).group(1))
    check(count >= 12, info)
    within(info, 'retention review', 'Author:', '960 x 540')
    text = pages(room, 'r.pdf')
    equal(len(text), count)
    titles = [next(line.strip() for line in page.splitlines() if line.strip()) for page in text]
    equal(len(set(titles)), count, titles)
    for number, page in enumerate(text[1:], 1):
        check(re.search(r'Sample data\s+%d\s*$' % number, page.rstrip()), page[-200:])

    fonts = tool('pdffonts', room.file('r.pdf')).splitlines()[2:]
    check(fonts and all(re.search(r'\syes\s+yes\s+(yes|no)\s+\d+\s+\d+$', line) for line in fonts), fonts)
    outline = tool('pdftohtml', '-xml', '-i', '-stdout', room.file('r.pdf'))
    equal(len(re.findall(r'<item page="\d+">', outline)), count, outline[-2000:])
    equal([int(n) for n in re.findall(r'<item page="(\d+)">', outline)], list(range(1, count + 1)))


def test_sentences_stay_on_their_page(room):
    """Five, and long ones: when customers came back, that is one of them."""
    room.run('sample', 'w.quarterdeck', '--accounts', '60', '--months', '36', '--seed', '7')
    room.run('review', 'w.quarterdeck', 'r.pdf')
    words = [(float(x), float(bottom), word) for x, bottom, word in
             re.findall(r'<word xMin="([0-9.]+)" yMin="[0-9.]+" xMax="[0-9.]+" yMax="([0-9.]+)">([^<]*)</word>',
                        tool('pdftotext', '-bbox', '-f', '2', '-l', '2', room.file('r.pdf'), '-'))]
    beside = [(bottom, word) for x, bottom, word in words if x > 640 and word not in ('Sample', 'data', '1')]
    text = ' '.join(word for _, word in beside)
    within(text, 'came back with')
    assert 'ten largest' not in text, text
    check(max(beside)[0] < 490, max(beside))


def test_no_sentence_is_cut(room):
    """Where names leave no room for all of it, a sentence says less, but to its end."""
    names = ['%s Versicherungsverein auf Gegenseitigkeit %s' % (chr(65 + i), 'und Partner ' * 14) for i in range(12)]
    room.write('accounts.csv', 'account_id,name,segment\n' +
               ''.join('A%d,%s,Gewerbliche Kunden %s %d\n' % (i, name, 'im Norden ' * 9, i % 3) for i, name in enumerate(names)))
    room.write('lines.csv', 'line_id,account_id,start,end,mrr\n' + ''.join(
        'L%da,A%d,2024-01-01,2025-0%d-01,%d\nL%db,A%d,2025-0%d-01,,%d\n' % (i, i, 2 + i % 3, 100 + i, i, i, 6 + i % 3, 200 + i)
        for i in range(8)) + 'Z,A9,2025-12-01,,1\n' + ''.join('L%d,A%d,2024-0%d-01,%s,300\n' % (i, i, i % 9 + 1, '2025-05-01' if i % 2 else '')
                                     for i in range(8, 12)))
    room.run('new', 'w.quarterdeck')
    room.run('import', 'w.quarterdeck', 'accounts', 'accounts.csv')
    room.run('import', 'w.quarterdeck', 'subscriptions', 'lines.csv')
    room.run('review', 'w.quarterdeck', 'r.pdf', '--as-of', '2025-12')
    text = ' '.join(pages(room, 'r.pdf')[1].split())
    within(text, 'came back with', 'ARR grew by')
    assert '…' not in text, text


def test_what_moved_is_said(room):
    """Of whom left and came back, when, as on the first page of the window."""
    room.write('lines.csv', 'line_id,account_id,start,end,mrr\nL1,Alpha,2024-01-01,2025-03-01,100\n'
               'L2,Alpha,2025-07-01,,250\nL3,Beta,2024-01-01,2025-06-01,100\nL4,Gamma,2025-12-01,,100\n')
    room.run('new', 'w.quarterdeck')
    room.run('import', 'w.quarterdeck', 'subscriptions', 'lines.csv')
    room.run('review', 'w.quarterdeck', 'r.pdf', '--as-of', '2025-12')
    text = next(page for page in pages(room, 'r.pdf') if 'Largest losses' in page)
    within(' '.join(text.split()), 'Left Mar 2025, Back Jul 2025', 'Churn')


def test_same_figures_as_the_command(room):
    room.run('sample', 'w.quarterdeck', '--accounts', '200', '--months', '40', '--seed', '7')
    room.run('review', 'w.quarterdeck', 'r.pdf', '--as-of', '2025-10', '--where', 'segment=SMB')
    rows = csv.DictReader(io.StringIO(room.run('metrics', 'w.quarterdeck', 'nrr', 'grr', 'logo_retention', '--as-of',
                                               '2025-10', '--where', 'segment=SMB', '--format', 'csv').out))
    summary = pages(room, 'r.pdf')[1]
    for row in rows:
        within(summary, '%.1f %%' % (100 * float(row['value'])))
    within(pages(room, 'r.pdf')[0], 'SMB', '31 Oct 2025')


def test_each_definition(room):
    lines_workspace(room)
    for define in ('period_form=lowest', 'period_form=product', 'period_form=flow', 'netting=day', 'netting=quarter',
                   'segment_at=period_start', 'first_month=opening', 'hierarchy=ultimate_parent', 'fx=month_end'):
        room.run('review', 'w.quarterdeck', 'r.pdf', '--define', define)
        within(pages(room, 'r.pdf')[0], define.split('=')[0])
    for period in ('month', 'quarter', 'year', '3'):
        room.run('review', 'w.quarterdeck', 'r.pdf', '--period', period)


def test_little_data(room):
    room.run('new', 'w.quarterdeck')
    check(room.run('review', 'w.quarterdeck', 'r.pdf', status=1).err)
    check('r.pdf' not in os.listdir(room.work))
    room.write('one.csv', 'account_id,name\nx,%s\n' % ('Wolfeschlegelsteinhausenbergerdorff ' * 8))
    room.write('s.csv', 'line_id,account_id,start,mrr\n1,x,2025-01-31,9.99\n')
    room.run('import', 'w.quarterdeck', 'accounts', 'one.csv')
    room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv')
    room.run('review', 'w.quarterdeck', 'r.pdf')
    within(pages(room, 'r.pdf')[1], 'no starting base')


def test_wrong_use(room):
    lines_workspace(room)
    within(room.run('review', 'w.quarterdeck', 'r.pptx', status=2).err, '.pdf')
    check(room.run('review', 'w.quarterdeck', '/nowhere/at/all/r.pdf', status=1).err)


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
