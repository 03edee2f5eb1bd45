#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual says what the program says: verbs, options, keys, kinds and their fields."""
import os
import re
import sys

from cli import check, main, within

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
with open(os.path.join(TOP, 'resources', 'quarterdeck.1'), encoding='utf-8') as stream:
    MANUAL = stream.read().replace('\\-', '-')


def verbs(room):
    text = room.run('--help').out
    return re.findall(r'^  ([a-z]+) ', text[text.index('Verbs:'):text.index('--help”')], re.MULTILINE)


def test_verbs(room):
    names = verbs(room)
    check(len(names) >= 13, names)
    for name in names:
        within(MANUAL, '\n.B %s\n' % name)


def test_options(room):
    known = set()
    for verb in verbs(room):
        options = set(re.findall(r'^  (--[a-z-]+)', room.run(verb, '--help').out, re.MULTILINE))
        missing = [option for option in sorted(options) if not re.search(r'(?<![a-z-])%s(?![a-z-])' % option, MANUAL)]
        check(not missing, 'the manual lacks %s of %s' % (', '.join(missing), verb))
        known |= options
    told = set(re.findall(r'(?<![a-z-])--[a-z]+(?:-[a-z]+)*', MANUAL)) - {'--help'}
    check(told <= known, 'the program lacks %s' % ', '.join(sorted(told - known)))


def test_profile_keys(room):
    section = MANUAL[MANUAL.index('.SH DEFINITIONS'):MANUAL.index('.SH OUTPUT')]
    keys = re.findall(r'^  ([a-z_]+)=([a-z0-9_|]+)', room.run('profiles', '--help').out, re.MULTILINE)
    check(len(keys) >= 14, keys)
    for key, values in keys:
        for word in [key, *values.split('|')]:
            check(re.search(r'\b%s\b' % word, section), '%s of %s' % (word, key))


def test_fields(room):
    text = room.run('import', '--help').out
    text = text[text.index('Kinds, '):text.index('\n\nColumns')]
    section = MANUAL[MANUAL.index('.SH IMPORT'):MANUAL.index('.SH SCOPE')]
    kinds = re.findall(r'^  ([a-z]+) +((?:.*\n(?!  [a-z]))*.*)', text, re.MULTILINE)
    check(len(kinds) >= 6, kinds)
    for kind, fields in kinds:
        head = '\n.TP\n.B %s\n' % kind
        within(section, head)
        told = section[section.index(head) + len(head):]
        told = told[:told.index('\n.TP') if '\n.TP' in told else told.index('\n.P\n')]
        for field in re.split(r',\s+', fields.strip()):
            name = field.split('=')[0].lower()
            check(re.search(r'\b%s\b' % name, told), '%s of %s' % (name, kind))


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
