#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of the house, as TAP: check.py TOP COMPILER [FLAGS...]

Each check first proves that it sees a planted fault, then reads the tree.
"""
import concurrent.futures
import os
import re
import subprocess
import sys

import includes
import retired
import translations
import unused

FOLDERS = ('app', 'data', 'ui', 'tests')
CODE = ('.c', '.h')
MAX_LINES = 1200
MAX_HEADER_LINES = 120
SPDX = 'SPDX-License-Identifier: GPL-3.0-or-later'
# `_(`, `N_(`, `ngettext (` and their kin: what xgettext takes up.
MARKED = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*(?:"|[a-z])')
# GLib's format macros in them: xgettext only knows those of inttypes.h, and cuts the text at any other.
CUT = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext)\s*\((?:[^()"]|"(?:[^"\\]|\\.)*")*?\bG_G[A-Z0-9]+_FORMAT')
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)


def files(top, folders, suffixes):
    """Paths from the top, in order, of what stands in the tree."""
    for folder in folders:
        for directory, below, names in os.walk(os.path.join(top, folder)):
            below[:] = sorted(d for d in below if not d.startswith(('_build', '.', '__')))
            for name in sorted(names):
                if name.endswith(suffixes):
                    yield os.path.relpath(os.path.join(directory, name), top)


def read(top, path):
    with open(os.path.join(top, path), encoding='utf-8') as stream:
        return stream.read()


def check_includes(tree):
    planted = [
        ('data/metrics/qd-x.c', '#include "../store/qd-store.h"\n', 'data/metrics must not include data/store'),
        ('data/metrics/qd-x.c', '#include "../book/qd-book-load.h"\n', 'must not include "../book/qd-book-load.h"'),
        ('data/base/qd-x.c', '#include "../book/qd-book.h"\n', 'data/base must not include data/book'),
        ('data/book/qd-x.c', '#include "../store/qd-store.h"\n', 'data/book must not include data/store'),
        ('data/store/qd-x.c', '# include <cairo.h>\n', 'data/store must not see <cairo.h>'),
        ('data/base/qd-x.h', '#include <gtk/gtk.h>\n', 'data/base must not see <gtk/gtk.h>'),
        ('data/metrics/qd-x.c', '#include <sqlite3.h>\n', 'data/metrics must not see <sqlite3.h>'),
        ('ui/draw/qd-x.c', '#include "../../data/workspace/qd-workspace.h"\n', 'ui/draw must not include'),
        ('ui/draw/qd-x.c', '#include "data/store/qd-store.h"\n', 'ui/draw must not include data/store'),
        ('data/base/qd-x.h', '#include "qd-y-private.h"\n', 'a public header includes the private'),
        ('data/metrics/qd-x.c', '#include "../book/qd-book-private.h"\n', 'is private to data/book'),
        ('app/qd-x.c', '#include "qd-nothing.h"\n', 'no file "qd-nothing.h"'),
        ('data/attic/qd-x.c', '', 'no room has this file'),
    ]
    known = {'data/store/qd-store.h', 'data/book/qd-book-private.h', 'data/book/qd-book-load.h', 'data/book/qd-book.h',
             'data/base/qd-y-private.h', 'data/workspace/qd-workspace.h'}
    for path, text, expected in planted:
        found = includes.check_file(path, text, known.__contains__)
        if not any(expected in line for line in found):
            return ['a planted fault went unseen: %s: %s' % (path, text.strip() or 'folder')]
    for path, text in (('data/book/qd-book-load.c', '#include "../store/qd-store.h"\n'),
                       ('ui/draw/qd-x.c', '#include <cairo.h>\n#include "data/book/qd-book.h"\n'),
                       ('data/workspace/qd-x.c', '#include "../book/qd-book-load.h"\n')):
        if includes.check_file(path, text, known.__contains__):
            return ['an allowed include was refused: %s: %s' % (path, text.strip())]
    found = []
    for path, text in tree.items():
        if path.endswith(CODE):
            found += includes.check_file(path, text, tree.__contains__)
    return found


def long_files(tree):
    for path, text in tree.items():
        lines = text.count('\n')
        if lines > MAX_LINES:
            yield '%s: %d lines; %d is the stop: split it by concern' % (path, lines, MAX_LINES)
        if (path.endswith('.h') and not path.endswith('-private.h') and not path.startswith('tests/')
                and lines > MAX_HEADER_LINES):
            yield '%s: %d lines; a public header has at most %d' % (path, lines, MAX_HEADER_LINES)


def check_length(tree):
    planted = {'data/x.c': '\n' * (MAX_LINES + 1), 'data/x.h': '\n' * (MAX_HEADER_LINES + 1),
               'data/ok.h': '\n' * MAX_HEADER_LINES, 'data/x-private.h': '\n' * (MAX_HEADER_LINES + 1)}
    if len(list(long_files(planted))) != 2:
        return ['planted long files went unseen']
    return list(long_files(tree))


def unlicensed(tree):
    for path, text in tree.items():
        head = text.split('\n', 2)[:2]
        if not any(SPDX in line for line in head):
            yield '%s: the first line must hold "%s"' % (path, SPDX)


def check_licence(tree):
    if list(unlicensed({'a.c': 'int x;\n'})) == [] or list(unlicensed({'a.c': '/* %s */\n' % SPDX})):
        return ['the check of licences does not work']
    return list(unlicensed(tree))


def unlisted(tree, potfiles):
    listed = {line.strip() for line in potfiles.splitlines() if line.strip() and not line.startswith('#')}
    for path in sorted(listed):
        if path not in tree and path.endswith(CODE):
            yield 'po/POTFILES.in: %s is no file of the tree' % path
    for path, text in tree.items():
        if path.endswith(CODE) and CUT.search(text):
            yield '%s: words with %s: use PRId64, PRIu64 or %%zu, which translators see' % (
                path, CUT.search(text).group().split()[-1])
        if path.endswith(CODE) and not path.startswith('tests/') and path not in listed:
            if MARKED.search(COMMENT.sub('', text)):
                yield '%s: has words for people, but po/POTFILES.in lacks it: run po/update-potfiles' % path


def check_potfiles(tree, potfiles):
    planted = {'data/x.c': 'say (_("Hello"));\n', 'tests/w.c': '_("%" G_GINT64_FORMAT " rows")\n',
               'data/y.c': '/* _("no") */ f ("no");\n', 'data/z.c': 'N_ ("X")\n'}
    seen = sorted(line.split(':')[0] for line in unlisted(planted, 'data/gone.c\n'))
    if seen != ['data/x.c', 'data/z.c', 'po/POTFILES.in', 'tests/w.c']:
        return ['planted words went unseen']
    return list(unlisted(tree, potfiles))


def check_words(tree):
    """The project's own rules on what must not stand in code."""
    rules = [
        (re.compile(r'\b(?:TODO|FIXME|XXX)\b'), 'unfinished', CODE),
        (re.compile(r'\bg_date_time_new_now|\bg_get_real_time|\btime \(NULL\)'), 'the clock in metrics or drawing', None),
        (re.compile(r'\bgoto\b'), 'goto', CODE),
    ]
    found = []
    for path, text in tree.items():
        if not path.endswith(CODE):
            continue
        text = COMMENT.sub(lambda m: re.sub(r'[^\n]', ' ', m.group()) if 'TODO' not in m.group() else m.group(), text)
        for pattern, what, suffixes in rules:
            if suffixes is None and not path.startswith(('data/metrics/', 'data/book/', 'ui/draw/')):
                continue
            for match in pattern.finditer(text):
                found.append('%s:%d: %s: %s' % (path, text.count('\n', 0, match.start()) + 1, what, match.group()))
    return found


def check_headers(top, compiler, tree):
    """Each header compiles alone."""
    headers = [path for path in tree if path.endswith('.h') and not path.startswith('tests/')]

    def compile_header(text):
        return subprocess.run(compiler + ['-x', 'c', '-fsyntax-only', '-Werror', '-I' + top, '-'], cwd=top,
                              input=text, capture_output=True, text=True)

    if compile_header('QdDay qd_f (void);\n').returncode == 0:
        return ['a planted header without its includes went unseen']
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda path: compile_header('#include "%s"\n' % path), headers)
    return ['%s: %s' % (path, result.stderr.strip().split('\n')[0])
            for path, result in zip(headers, results) if result.returncode != 0]


def main():
    top, compiler = sys.argv[1], sys.argv[2:]
    paths = list(files(top, FOLDERS, CODE + ('.py',)))
    tree = {path: read(top, path) for path in paths}
    forms = {path: read(top, path) for path in files(top, ('ui',), ('.ui',))}
    potfiles = read(top, 'po/POTFILES.in')
    checks = [
        ('includes', lambda: check_includes(tree)),
        ('length', lambda: check_length(tree)),
        ('licence', lambda: check_licence(tree)),
        ('potfiles', lambda: check_potfiles(tree, potfiles)),
        ('translations', lambda: translations.check(top)),
        ('words', lambda: check_words(tree)),
        ('unused', lambda: unused.check(top, tree)),
        ('retired', lambda: retired.check({**tree, **forms}, COMMENT)),
        ('headers', lambda: check_headers(top, compiler, tree)),
    ]
    print('1..%d' % len(checks))
    bad = False
    for number, (name, check) in enumerate(checks, 1):
        found = check()
        for line in found:
            print('# ' + line)
            print(line, file=sys.stderr)
        print('%sok %d /house/%s' % ('not ' if found else '', number, name))
        bad = bad or bool(found)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
