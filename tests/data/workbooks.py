#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks for tests, put together from their parts with Python's zipfile.

workbooks.py DIRECTORY writes all of them: good ones with a CSV file of the
same name, which says row by row and cell by cell what is in them, and hostile
ones; with "good" behind it only those. The same bytes each time. As a module: workbook(), for other tests.
"""
import io
import os
import struct
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Styles by number: 0 as it is, 1 date, 2 day and time, 3 percent, 4 time, 5 "dd/mm/yyyy", 6 German money, 7 elapsed time,
# 8 a date whose text is quoted, 9 a month, 10 a colour that begins with a d, 11 five
# digits.
CODES = {164: 'dd/mm/yyyy;@', 165: '#,##0.00\\ [$€-407];[Red]\\-#,##0.00\\ [$€-407]', 166: '[h]:mm:ss',
         167: '"Day "dd.mm.yyyy', 168: 'mmm\\ yyyy', 169: '[Red]0.0"d";\\d', 170: '00000'}
FORMATS = [0, 14, 22, 10, 20, 164, 165, 166, 167, 168, 169, 170]


def column_name(number):
    name = ''
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def relations(*targets):
    """(id, kind, target) each."""
    return '%s<Relationships xmlns="%s">%s</Relationships>' % (HEAD, PACKAGE, ''.join(
        '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (id, OFFICE, kind, target) for id, kind, target in targets))


def sheet(rows, before='', after=''):
    """@rows: XML of them."""
    return '%s<worksheet xmlns="%s">%s<sheetData>%s</sheetData>%s</worksheet>' % (HEAD, MAIN, before, rows, after)


def cell(reference, value, style=0):
    """A cell of a Python value: text in place, number, boolean, or XML that stands as it is in a tuple."""
    style = ' s="%d"' % style if style else ''
    if isinstance(value, tuple):
        return value[0].replace('<c', '<c r="%s"%s' % (reference, style), 1)
    if isinstance(value, bool):
        return '<c r="%s"%s t="b"><v>%d</v></c>' % (reference, style, value)
    if isinstance(value, str):
        return '<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (reference, style, escape(value))
    return '<c r="%s"%s><v>%s</v></c>' % (reference, style, repr(value))


def row(number, values):
    """Cells in order; None is none; (value, style) has a style."""
    cells = ''
    for at, value in enumerate(values, 1):
        style = 0
        if isinstance(value, tuple) and len(value) == 2:
            value, style = value
        if value is not None:
            cells += cell('%s%d' % (column_name(at), number), value, style)
    return '<row r="%d">%s</row>' % (number, cells)


def rows_of(table):
    return ''.join(row(number, values) for number, values in enumerate(table, 1))


def styles():
    codes = ''.join('<numFmt numFmtId="%d" formatCode=%s/>' % (id, quoteattr(code)) for id, code in CODES.items())
    cells = ''.join('<xf numFmtId="%d"/>' % id for id in FORMATS)
    return ('%s<styleSheet xmlns="%s"><numFmts>%s</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            '<cellXfs>%s</cellXfs><dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs></styleSheet>'
            % (HEAD, MAIN, codes, cells))


def strings(items):
    """@items: XML of each."""
    return '%s<sst xmlns="%s">%s</sst>' % (HEAD, MAIN, ''.join('<si>%s</si>' % item for item in items))


def parts(sheets, shared=(), states=None, properties='', targets=None):
    """name → bytes of a whole workbook. @sheets: name → XML of the part, whose file and id never fit their order."""
    states = states or {}
    names = list(sheets)
    files = {name: 'worksheets/sheet%d.xml' % (len(names) - i) for i, name in enumerate(names)}
    listed = ''.join('<sheet name=%s sheetId="%d"%s r:id="rId%d"/>'
                     % (quoteattr(name), i + 7, ' state="%s"' % states[name] if name in states else '', 90 - i)
                     for i, name in enumerate(names))
    own = [('rIdS', 'styles', 'styles.xml'), ('rIdT', 'sharedStrings', 'sharedStrings.xml')]
    own += [('rId%d' % (90 - i), 'worksheet', (targets or files)[name]) for i, name in enumerate(names)]
    made = {
        '[Content_Types].xml': '%s<Types xmlns="%s"><Default Extension="xml" ContentType="application/xml"/>'
                               '<Override PartName="/xl/workbook.xml" ContentType="%s"/></Types>' % (HEAD, TYPES, WORKBOOK_TYPE),
        '_rels/.rels': relations(('rId1', 'officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': '%s<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>'
                           % (HEAD, MAIN, OFFICE, properties, listed),
        'xl/_rels/workbook.xml.rels': relations(*reversed(own)),
        'xl/styles.xml': styles(),
        'xl/sharedStrings.xml': strings(shared),
    }
    for name, xml in sheets.items():
        made['xl/' + files[name]] = xml
    return made


def pack(made, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as archive:
        for name, content in made.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, content if isinstance(content, bytes) else content.encode())
    return out.getvalue()


def workbook(tables, **more):
    """The bytes of a workbook of tables: name → rows of Python values."""
    return pack(parts({name: sheet(rows_of(table)) for name, table in tables.items()}, **more))


# Good ones: what is in the cell, and what is read.

def number(text):
    return ('<c><v>%s</v></c>' % text,)


VALUES = [
    # numbers
    (1234, '1234'), (12.5, '12.5'), (number('12.50'), '12.5'), (-0.25, '-0.25'), (number('-0'), '0'), (number('007'), '7'),
    (number('1.234'), '1.234'), (number('1E+05'), '100000'), (number('1.5E-3'), '0.0015'), (number('1E+300'), '1E+300'),
    (number('4.4000000000000004'), '4.4'), (number('0.30000000000000004'), '0.3'),
    (number('1234.5600000000001'), '1234.56'), (number('123456789012345678'), '123456789012345678'),
    (number('9007199254740993'), '9007199254740993'), (number('2.5000000000000001E-2'), '0.025'), (number(' 7'), ' 7'), (number('0x10'), '0x10'), (number('NaN'), 'NaN'),
    # what a calculation leaves of nothing; thirds, and numbers that are small
    (number('5.6843418860808015E-14'), '0'), (number('-1.4551915228366852E-11'), '0'), (number('-2.3283064365386963E-10'), '0'),
    (number('1E-40'), '0'), (number('0.0000000000568'), '0'), ((number('5.5511151231257827E-17'), 3), '0%'),
    (number('33.3333333333333'), '33.3333333333333'), (number('33.333333333333336'), '33.3333333333333'),
    (number('1234567.8912345'), '1234567.8912345'), (number('0.33333333333333331'), '0.333333333333333'),
    (number('3.3333333333333333E-2'), '0.033333333333333'), (number('1.23456789012345E-7'), '0.000000123456789'),
    (number('2.4E-5'), '0.000024'), (number('1E-9'), '0.000000001'), ((number('0.33333333333333331'), 3), '33.3333333333333%'),
    ((1234.5, 6), '1234.5'), ((number('-1234.5')[0], 10), None),
    ((42, 11), '00042'), ((0, 11), '00000'), ((1234567, 11), '1234567'), ((1.5, 11), '1.5'), ((-42, 11), '-42'),
    # percent
    ((0.1, 3), '10%'), ((number('0.125'), 3), '12.5%'), ((number('7.0000000000000007E-2'), 3), '7%'), ((1, 3), '100%'),
    ((0, 3), '0%'), ((number('12.3456'), 3), '1234.56%'),
    # dates
    ((45351, 1), '2024-02-29'), ((45351.5, 1), '2024-02-29 12:00:00'), ((45351.75, 2), '2024-02-29 18:00:00'),
    ((45351, 5), '2024-02-29'), ((45351, 8), '2024-02-29'), ((45352, 9), '2024-03-01'), ((1, 1), '1900-01-01'),
    ((59, 1), '1900-02-28'), ((60, 1), '1900-02-29'), ((61, 1), '1900-03-01'), ((0, 1), '1900-01-00'), ((-1, 1), '-1'),
    ((2958465, 1), '9999-12-31'), ((2958466, 1), '2958466'), ((number('45350.999999'), 2), '2024-02-28 23:59:59'),
    # the last moments of a month: 23:59:59.997; less than half a thousandth of a second is none
    ((number('45322.999999965278'), 2), '2024-01-31 23:59:59'), ((number('45322.999999999'), 2), '2024-02-01'),
    ((number('0.99999'), 4), '23:59:59'), ((number('45351.041666666664'), 2), '2024-02-29 01:00:00'),
    ((number('45351.000011574'), 2), '2024-02-29 00:00:01'), ((0.5, 4), '12:00:00'), ((45351.25, 4), '2024-02-29 06:00:00'),
    ((1.5, 7), '1.5'), ((3.5, 10), '3.5'), ((number('soon'), 1), 'soon'),
    (('<c t="d"><v>2024-02-29</v></c>',), '2024-02-29'), (('<c t="d"><v>2024-02-29T00:00:00</v></c>',), '2024-02-29'),
    (('<c t="d"><v>2024-02-29T00:00:00.000Z</v></c>',), '2024-02-29'),
    (('<c t="d"><v>2024-02-29T10:00:00</v></c>',), '2024-02-29T10:00:00'),
    # other types
    (True, 'TRUE'), (False, 'FALSE'), (('<c t="e"><v>#N/A</v></c>',), '#N/A'), (('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',), '#DIV/0!'),
    (('<c><f>A1+1</f><v>3.5</v></c>',), '3.5'), (('<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c>',), 'ab'),
    (('<c t="str"><f>""</f><v></v></c>',), ''), (('<c><f t="shared" ref="A1:A9" si="0">A1</f><v>2</v></c>',), '2'), (('<c/>',), ''),
    # texts
    ('plain', 'plain'), ('a, "quoted"; text', 'a, "quoted"; text'), (' spaces ', ' spaces '), ('=1+2', '=1+2'), ("'=x", "'=x"),
    ('two\nlines', 'two lines'), ('tab\tand\r\nmore\n\nlines', 'tab and more lines'), ('Zoë & Söhne <€>', 'Zoë & Söhne <€>'),
    ('1.234,50', '1.234,50'), ('03/04/2024', '03/04/2024'), ('_x0041_', 'A'), ('a_x000D_\nb', 'a b'), ('_x005F_x0041_', '_x0041_'),
    ('_x00', '_x00'), ('_x0000_', '_x0000_'), ('_xD83D_', '_xD83D_'), ('\U0001f600', '\U0001f600'),
    (('<c t="s"><v>0</v></c>',), 'shared'), (('<c t="s"><v>1</v></c>',), 'rich text, joined'), (('<c t="s"><v>2</v></c>',), '東京'),
    (('<c t="s"><v>3</v></c>',), ''), (('<c t="s"><v>4</v></c>',), 'both lines'),
    (('<c t="inlineStr"><is><r><t>in</t></r><r><rPr><b/></rPr><t xml:space="preserve"> place</t></r></is></c>',), 'in place'),
    (('<c t="inlineStr"><is><t>京</t><rPh sb="0" eb="1"><t>kyo</t></rPh></is></c>',), '京'),
    (('<c t="s"><x:v xmlns:x="urn:other">1</x:v><v>0</v></c>',), 'shared'), (('<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>',), 'a<b'),
]
SHARED = ['<t>shared</t>', '<r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text, joined</t></r>',
          '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>', '<t/>', '<t>both&#10;lines</t>']
VALUES = [(value, read) for value, read in VALUES if read is not None]


def quote(text):
    return '"%s"' % text.replace('"', '""')


def csv_of(table):
    return ''.join('%s\n' % ','.join(quote(text) if text else '' for text in line) for line in table)


def write_good(write):
    cells = ''.join(row(number, ['v%d' % number, value]) for number, (value, _) in enumerate(VALUES, 2))
    write('values', pack(parts({'Values': sheet(row(1, ['id', 'value']) + cells)}, shared=SHARED)),
          csv_of([['id', 'value']] + [['v%d' % number, read] for number, (_, read) in enumerate(VALUES, 2)]))

    # Rows that are not there, columns that are not there, cells without a place, what stands beside the table.
    sparse = (row(3, [None, 'id', 'name', 'note']) + row(4, [None, 'a', None, 'x']) + '<row r="5"/>' + '<row r="6"><c r="B6" s="1"/></row>' +
              row(9, [None, 'b', 'Beta']) + '<row><c t="inlineStr"><is><t>left</t></is></c><c><v>7</v></c></row>' +
              row(12, [None, 'c', None, None, None, 'far out']))
    write('sparse', pack(parts({'Sparse': sheet(sparse, '<dimension ref="A1:A1"/>', '<mergeCells><mergeCell ref="B4:C4"/></mergeCells>')})),
          '\n\n,id,name,note,,\n,a,,x,,\n\n\n\n\n,b,Beta,,,\nleft,7,,,,\n\n,c,,,,far out\n')

    # What looks like the beginning or the end of a tag, and is none; in UTF-16 letters of which a half looks like one.
    marks = [['id', 'it\'s "text" > 1'], ['a', '\u4e3c\u223c\u3e3e\u2227\U0001f600']]
    marked = rows_of(marks).replace('<row r="2"', '<!--> "it\'s" <c a="" b=" - -> ] -->\n<?m "it\'s > <c a=\'" ??><row r="2" note=\'">\'')
    marked = marked.replace('<row r="2"', '<row %s r="2"' % ' '.join('a%d=">"' % i for i in range(254))) # as many as there may be
    marked = marked.replace('&gt;', '>').replace('>a<', '><![CDATA[a]]><![CDATA[]]]]><![CDATA[ < "it\'s" -->]]><')
    twin = csv_of([marks[0], ['a]] < "it\'s" -->', marks[1][1]]])
    made = parts({'Marks': sheet(marked)})
    write('marks', pack(made), twin)
    for name, coding, mark in ('marks-big', 'utf-16-be', ''), ('marks-little', 'utf-16-le', '\ufeff'):
        made['xl/worksheets/sheet1.xml'] = (mark + sheet(marked).replace('UTF-8', 'UTF-16')).encode(coding)
        write(name, pack(made), twin)

    # 1904; absolute targets; another prefix; stored, not packed; UTF-16.
    old = parts({'Old': sheet(rows_of([['id', 'day'], ['a', (43889, 1)], ['b', (0, 1)]]))}, properties='<workbookPr date1904="1"/>')
    old['xl/_rels/workbook.xml.rels'] = old['xl/_rels/workbook.xml.rels'].replace('Target="worksheets', 'Target="/xl/./worksheets')
    old['xl/workbook.xml'] = old['xl/workbook.xml'].replace('encoding="UTF-8"', 'encoding="UTF-16"').encode('utf-16')
    name = 'xl/worksheets/sheet1.xml'
    old[name] = old[name].replace('xmlns=', 'xmlns:m=').replace('<', '<m:').replace('<m:/', '</m:').replace('<m:?', '<?')
    write('old', pack(old, zipfile.ZIP_STORED), 'id,day\na,2024-02-29\nb,1904-01-01\n')

    write('company', pack(parts(
        {'Cover': sheet(rows_of([['Export of 2024-06-30']])),
         'Accounts': sheet(rows_of([['account_id', 'name', 'segment'], ['A1', 'Acme', 'SMB'], ['A2', 'Beta', 'Enterprise']])),
         'Lines': sheet(rows_of([['line_id', 'account_id', 'start', 'mrr'], ['L1', 'A1', (45292, 1), 100.5],
                                 ['L2', 'A2', (45323, 1), 70], ['L3', 'A1', (45352, 5), 1.125]])),
         'Old': sheet(rows_of([['line_id'], ['x']]))}, states={'Old': 'hidden'})))
    twice = sheet(row(1, ['line_id', 'account_id']) + '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>')
    write('unreadable', pack(parts({'Lines': twice, 'Again': twice, 'Once more': twice})))
    # 1.234 is a number, "1,234" a text that may be one thing or the other.
    write('decimals', workbook({'Lines': [['line_id', 'account_id', 'start', 'mrr'], ['L1', 'A', (45292, 1), 1.234],
                                          ['L2', 'A', (45293, 1), '1,234']]}))
    write('rests', workbook({'Lines': [['line_id', 'account_id', 'start', 'mrr'], ['L1', 'A', (45292, 1), number('5.6843418860808015E-14')],
                                       ['L2', 'A', (45293, 1), number('-5.6843418860808015E-14')]]}))
    never = ('<c><f>B1+1</f></c>',)
    write('formulas', workbook({'Accounts': [['account_id', 'name', 'owner'], ['A', 'Alpha', never], ['B', 'Beta', never]]}))
    write('wide', workbook({'Wide': [['c%d' % i for i in range(4096)], list(range(4096))]}),
          '%s\n%s\n' % (','.join('c%d' % i for i in range(4096)), ','.join(str(i) for i in range(4096))))
    write('sheets', pack(parts(
        {'Cover': sheet(rows_of([['Report'], [2024]])), 'A & B <1>': sheet(rows_of([['id', 'name'], ['a', 'Alpha']])),
         'Empty': sheet('<row r="1"><c r="A1" s="3"/></row>'), 'Hidden': sheet(rows_of([['id'], ['h']])),
         'Buried': sheet(rows_of([['id'], ['v']])), 'Last': sheet(rows_of([['id', 'more'], ['z', 1]])), 'Bare': sheet(rows_of([[1, 2], [3, 4]]))},
        states={'Hidden': 'hidden', 'Buried': 'veryHidden'})))


# Hostile ones: name → bytes. What is said about each stands in the test.

LINES = [['line_id', 'account_id', 'start', 'mrr'], ['L1', 'A', (45292, 1), 10]]


def bomb(filling, size):
    """A sheet that unpacks to @size bytes of the same."""
    head, tail = sheet('@').encode().split(b'@')
    return head + filling * (size // len(filling)) + tail


def make_hostile():
    good = workbook({'Lines': LINES})
    plain = parts({'Lines': sheet(rows_of(LINES))})
    text = plain['xl/worksheets/sheet1.xml']

    def changed(**more):
        made = dict(plain)
        for name, content in more.items():
            made[NAMES[name]] = content
        return pack({name: content for name, content in made.items() if content is not None})

    def rows(xml):
        return changed(sheet=sheet(rows_of(LINES) + xml))

    def crowd(name, before='', count=20000):
        return '<row r="3">%s<c %s/></row>' % (before, ' '.join('%s%d=">"' % (name, i) for i in range(count)))

    NAMES = {'types': '[Content_Types].xml', 'top': '_rels/.rels', 'book': 'xl/workbook.xml',
             'rels': 'xl/_rels/workbook.xml.rels', 'styles': 'xl/styles.xml', 'strings': 'xl/sharedStrings.xml',
             'sheet': 'xl/worksheets/sheet1.xml'}
    laughs = '<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % ''.join(
        '<!ENTITY a%d "%s">' % (i, '&a%d;' % (i - 1) * 10) for i in range(1, 12))
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    broken = bytearray(good)
    at = good.index(b'PK\x03\x04', good.index(b'xl/worksheets/sheet1.xml') - 60)
    broken[at + 90] ^= 0x55
    where = good.index(b'PK\x01\x02', good.rindex(b'xl/worksheets/sheet1.xml') - 60)
    longer = good[:where + 24] + struct.pack('<I', 0x7fffffff) + good[where + 28:]
    locked = bytearray(good)
    for found in (b'PK\x03\x04', b'PK\x01\x02'):
        at = good.find(found)
        while at >= 0:
            locked[at + (6 if found[2] == 3 else 8)] |= 1
            at = good.find(found, at + 4)
    end = good.rindex(b'PK\x05\x06')
    far = good[:end + 16] + struct.pack('<I', 0xfffffff0) + good[end + 20:]
    many = good[:end + 8] + struct.pack('<HH', 65535, 65535) + good[end + 12:]
    ole = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(504)
    deep = dict(plain, **{'a/' * 30000 + 'x': 'x'})
    shared_long = strings(['<t>%s</t>' % ('x' * 32000)])
    return {
        'truncated': good[:len(good) // 2],
        'only-a-head': good[:30],
        'end-without-directory': far,
        'more-entries-than-there-are': many,
        'changed-byte': bytes(broken),
        'declared-longer': longer,
        'locked-archive': bytes(locked),
        'locked-workbook': ole + 'EncryptedPackage'.encode('utf-16-le') + bytes(512),
        'old-xls': ole + 'Workbook'.encode('utf-16-le') + bytes(512),
        'ods': pack({'mimetype': 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>'}, zipfile.ZIP_STORED),
        'xlsb': pack({'[Content_Types].xml': plain['[Content_Types].xml'].replace(
            WORKBOOK_TYPE, 'application/vnd.ms-excel.sheet.binary.macroEnabled.main'), 'xl/workbook.bin': 'x'}),
        'docx': changed(types=plain['[Content_Types].xml'].replace('spreadsheetml.sheet', 'wordprocessingml.document')),
        'archive-of-csv': pack({'accounts.csv': 'account_id,name\nA,B\n'}),
        'archive-of-nothing': pack({}),
        'no-relations': changed(top=None),
        'no-workbook': changed(book=None),
        'no-sheet': changed(sheet=None),
        'no-strings': changed(strings=None),
        'no-workbook-relations': changed(rels=None),
        'relations-without-workbook': changed(top=relations(('rId1', 'thumbnail', 'x.png'))),
        'relations-to-nowhere': changed(rels=relations(('rId90', 'worksheet', '../../../../etc/passwd'))),
        'relations-of-other-ids': changed(rels=relations(('rId1', 'worksheet', 'worksheets/sheet1.xml'))),
        'relations-to-itself': changed(rels=relations(('rId90', 'worksheet', 'workbook.xml'))),
        'no-xml': changed(sheet='line_id,account_id\nL1,A\n'),
        'cut-behind-the-rows': changed(sheet=text[:text.index('</sheetData>') + 12]),
        'cut-xml': changed(sheet=text[:len(text) // 2]),
        'not-utf8': changed(sheet=text.encode().replace(b'L1', b'L\xff')),
        'unknown-entity': changed(sheet=text.replace('L1', '&e;')),
        'billion-laughs': changed(sheet=text.replace(HEAD, HEAD + laughs).replace('L1', '&a11;')),
        'laughs-in-strings': changed(strings=strings(['<t>&a11;</t>']).replace(HEAD, HEAD + laughs)),
        'external-entity': changed(sheet=text.replace(HEAD, HEAD + outside).replace('L1', '&e;')),
        'external-document-type': changed(book=plain['xl/workbook.xml'].replace(HEAD, HEAD + '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">')),
        'deep-elements': changed(sheet=text.replace('<sheetData>', '<a>' * 1000 + '</a>' * 1000 + '<sheetData>')),
        'deep-folders': pack(deep),
        'many-attributes': rows('<row r="3"><c %s/></row>' % ' '.join('a%d=""' % i for i in range(80000))),
        'attributes-with-ends': rows(crowd('a')),
        'attributes-one-too-many': rows(crowd('a', count=257)),
        'namespaces-with-ends': rows(crowd('xmlns:a')),
        'attributes-behind-a-comment': rows(crowd('a', '<!--><c b=" -->')),
        'attributes-behind-an-instruction': rows(crowd('a', '<?b <c b="?>')),
        'attributes-behind-data': rows(crowd('a', '<![CDATA[]><c b="]]>')),
        'attributes-in-wide-letters': changed(sheet=sheet(rows_of(LINES) + crowd('a', '<!--\u223c-->')).encode('utf-16-le')),
        'attributes-in-another-encoding': changed(sheet=sheet(rows_of(LINES) + crowd('a')).replace('UTF-8', 'IBM037').encode('cp037')),
        'attributes-in-utf7': changed(sheet=sheet(rows_of(LINES) + crowd('a').replace('"', '+ACI-')).replace('UTF-8', 'UTF-7').encode()),
        'namespaces-in-depth': rows('<row r="3">%s%s</row>' % (''.join(
            '<c %s>' % ' '.join('xmlns:a%d-%d="urn:a"' % (depth, i) for i in range(200)) for depth in range(200)), '</c>' * 200)),
        'zeros-between': changed(sheet=text.replace(HEAD, '').encode('utf-16-le').decode('latin-1').encode('utf-16-le')),
        'string-out-of-range': rows('<row r="3"><c r="B3" t="s"><v>99</v></c></row>'),
        'string-below-zero': rows('<row r="3"><c r="B3" t="s"><v>-1</v></c></row>'),
        'string-of-no-number': rows('<row r="3"><c r="B3" t="s"><v>4294967296</v></c></row>'),
        'row-of-billions': rows('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
        'row-beyond-digits': rows('<row r="99999999999999999999"><c><v>1</v></c></row>'),
        'row-zero': rows('<row r="0"><c><v>1</v></c></row>'),
        'rows-out-of-order': rows('<row r="9"/><row r="5"><c r="A5"><v>1</v></c></row>'),
        'row-in-a-row': rows('<row r="3"><row r="4"><c r="A4"><v>1</v></c></row></row>'),
        'cell-in-a-cell': rows('<row r="3"><c r="A3"><c r="B3"><v>1</v></c></c></row>'),
        'cell-without-a-row': rows('<c r="A3"><v>1</v></c>'),
        'column-of-letters': rows('<row r="3"><c r="ZZZZZZZ3"><v>1</v></c></row>'),
        'column-beyond': rows('<row r="3"><c r="XFD3"><v>1</v></c></row>'),
        'cell-of-another-row': rows('<row r="3"><c r="B7"><v>1</v></c></row>'),
        'cells-twice': rows('<row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>'),
        'cells-out-of-order': rows('<row r="3"><c r="C3"><v>1</v></c><c r="B3"><v>2</v></c></row>'),
        'columns-20000': workbook({'Wide': [['c%d' % i for i in range(20000)]]}),
        'long-cell': rows('<row r="3"><c r="A3" t="inlineStr"><is>%s</is></c></row>' % ('<t>%s</t>' % ('x' * 60000) * 20)),
        'long-text': rows('<row r="3"><c r="A3" t="inlineStr"><is><t>%s</t></is></c></row>' % ('x' * 700000)),
        'empty-workbook': pack(parts({'Empty': sheet('')})),
        'no-sheets': pack(parts({})),
        'all-hidden': pack(parts({'Lines': sheet(rows_of(LINES))}, states={'Lines': 'hidden'})),
        'sheets-5000': pack(parts({'S%d' % i: '<x/>' for i in range(5000)})),
        'bomb-of-blanks': pack(dict(plain, **{'xl/worksheets/sheet1.xml': bomb(b' ' * 1000, 80 << 20)})),
        'bomb-of-rows': pack(dict(plain, **{'xl/worksheets/sheet1.xml': bomb(b'<row><c/></row>', 160 << 20)})),
        'bomb-of-strings': pack(dict(plain, **{'xl/sharedStrings.xml': strings(['<t>%s</t>' % ('x' * 32000)] * 3500)})),
        'one-text-a-million-times': pack(dict(parts({'Lines': sheet(
            rows_of(LINES) + '<row>%s</row>' % ('<c t="s"><v>0</v></c>' * 400) * 900)}), **{'xl/sharedStrings.xml': shared_long})),
        'rejected-cells': workbook({'Lines': LINES + [['L2', 'A', 'never', ('<c t="e"><v>#REF!</v></c>',)]]}),
    }


def write_all(folder, hostile=True):
    def write(name, content, twin=None):
        with open(os.path.join(folder, name + '.xlsx'), 'wb') as out:
            out.write(content)
        if twin is not None:
            with open(os.path.join(folder, name + '.csv'), 'w', encoding='utf-8', newline='') as out:
                out.write(twin)

    write_good(write)
    for name, content in make_hostile().items() if hostile else ():
        write('hostile-' + name, content)


if __name__ == '__main__':
    write_all(sys.argv[1], 'good' not in sys.argv[2:])
