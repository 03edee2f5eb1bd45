# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include against the table of allowed arrows.

Arrows only run down: app, ui, draw, data. Inside data several rooms share one
library, so that the compiler cannot tell; this can.
"""
import os
import re

# Room: the rooms that its files may include besides their own.
ROOMS = {
    'data/base': set(),
    'data/store': {'data/base'},
    'data/intake': {'data/store', 'data/base'},
    'data/book': {'data/base'},
    'data/metrics': {'data/book', 'data/base'},
    'data/sample': {'data/base'},
    'data/workspace': {'data/base', 'data/store', 'data/intake', 'data/book', 'data/metrics', 'data/sample'},
    'ui/draw': {'data/base', 'data/book', 'data/metrics'},
}
EVERY_DATA_ROOM = {room for room in ROOMS if room.startswith('data/')}
SEEN = EVERY_DATA_ROOM | {'ui/draw'}
ROOMS['ui/compat'] = {'data/base'}
ROOMS['ui/widgets'] = SEEN | {'ui/compat'}
ROOMS['ui/pages'] = ROOMS['ui/widgets'] | {'ui/widgets'}
ROOMS['ui/dialogs'] = ROOMS['ui/pages'] | {'ui/pages'}
ROOMS['ui/window'] = ROOMS['ui/dialogs'] | {'ui/dialogs'}
ROOMS['ui/qd-ui'] = ROOMS['ui/window'] | {'ui/window'}
UI = {room for room in ROOMS if room.startswith('ui/')}
ROOMS['app'] = EVERY_DATA_ROOM | UI
TESTS = ROOMS['app'] | {'app'}

# The one gate through which rows become columns.
GATES = {f'data/book/qd-book-load{name}': {'data/store'} for name in ('.c', '.h', '-facts.c', '-private.h')}
# Headers of a room that other rooms may not take, and who may.
CLOSED = {'data/book/qd-book-load.h': {'data/workspace', 'data/book', 'app', 'tests'}}

# Headers of other projects, besides the C library's and GLib's.
SYSTEM = {
    'data/base': r'$-',
    'data/store': r'sqlite3\.h',
    'data/intake': r'sqlite3\.h|uchardet/uchardet\.h|uchardet\.h|emmintrin\.h|libxml/.*|archive\.h|archive_entry\.h',
    'data/book': r'sqlite3\.h',
    'data/metrics': r'gsl/.*',
    'data/sample': r'gsl/.*',
    'data/workspace': r'sqlite3\.h',
    'ui/draw': r'cairo.*|pango/.*|fontconfig/.*',
    'app': r'cairo.*|pango/.*|gtk/.*|gdk/.*|adwaita\.h',
    'tests': r'cairo.*|pango/.*|sqlite3\.h|gsl/.*|gtk/.*|gdk/.*|adwaita\.h',
}
for _room in ('ui/compat', 'ui/widgets', 'ui/pages', 'ui/dialogs', 'ui/window', 'ui/qd-ui'):
    SYSTEM[_room] = r'gtk/.*|gdk/.*|gsk/.*|graphene\.h|adwaita\.h|cairo.*|pango/.*'
COMMON = re.compile(
    r'(assert|ctype|errno|fcntl|float|inttypes|langinfo|limits|locale|math|poll|pwd|signal|stdarg|stddef|stdint|stdio|stdlib|string'
    r'|strings|termios|time|unistd|wchar|glib|glib-object|glib-unix)\.h|(sys|gio|glib)/.*')
LINE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def room_of(path):
    """The room of a file, by its path from the top; None outside of all."""
    parts = path.split('/')
    if parts[0] == 'app' or parts[0] == 'tests':
        return parts[0]
    if parts[:1] == ['ui'] and len(parts) == 2:
        return 'ui/qd-ui'
    room = '/'.join(parts[:2])
    return room if room in ROOMS else None


def check_file(path, text, exists):
    """Complaints about one file. @exists tells whether a path from the top is a file."""
    room = room_of(path)
    if room is None:
        return ['%s: no room has this file; add it to the table in tests/house/includes.py' % path]
    allowed = (TESTS if room == 'tests' else ROOMS[room]) | GATES.get(path, set())
    public = path.endswith('.h') and not path.endswith('-private.h') and room != 'tests'
    found = []

    for match in LINE.finditer(text):
        where = '%s:%d' % (path, text.count('\n', 0, match.start()) + 1)
        name = match.group(2)
        if match.group(1) == '<':
            if not COMMON.fullmatch(name) and not re.fullmatch(SYSTEM[room], name):
                found.append('%s: %s must not see <%s>' % (where, room, name))
            continue
        target = os.path.normpath(os.path.join(os.path.dirname(path), name))
        if not exists(target):
            target = name
        if not exists(target):
            if name in ('config.h',) or name.endswith(('-resources.h', '-table.inc')):
                continue
            found.append('%s: no file "%s"' % (where, name))
            continue
        other = room_of(target)
        if other is None:
            found.append('%s: "%s" is in no room' % (where, name))
            continue
        if other != room and other not in allowed:
            found.append('%s: %s must not include %s ("%s")' % (where, room, other, name))
        if target in CLOSED and room not in CLOSED[target]:
            found.append('%s: %s must not include "%s"' % (where, room, name))
        if other != room and room != 'tests' and target.endswith('-private.h'):
            found.append('%s: "%s" is private to %s' % (where, name, other))
        if public and target.endswith('-private.h'):
            found.append('%s: a public header includes the private "%s"' % (where, name))
    return found
