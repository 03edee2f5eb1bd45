#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's own checkers over what is installed, as TAP: validate.py TOP BUILD

Each has to refuse a planted fault first, so that a checker that says yes to
anything is noticed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ID = 'org.quarterdeck.Quarterdeck'


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def spoiled(path, pattern, replacement):
    """A copy of a file with a fault in it, under the same name."""
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    changed = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
    assert changed != text, 'nothing to spoil in ' + path
    copy = os.path.join(tempfile.mkdtemp(dir=scratch.name), os.path.basename(path))
    with open(copy, 'w', encoding='utf-8') as stream:
        stream.write(changed)
    return copy


def main():
    top, build = sys.argv[1:]
    resources = os.path.join(top, 'resources')
    desktop = os.path.join(build, 'resources', ID + '.desktop')
    metainfo = os.path.join(build, 'resources', ID + '.metainfo.xml')
    schema = os.path.join(resources, ID + '.gschema.xml')
    mime = os.path.join(resources, ID + '.mime.xml')
    icons = [os.path.join(resources, 'icons', ID + suffix) for suffix in ('.svg', '-symbolic.svg')]
    with open(os.path.join(top, 'po', 'LINGUAS'), encoding='utf-8') as stream:
        translations = [os.path.join(top, 'po', line.strip() + '.po') for line in stream if line.strip() and line[0] != '#']
    manual = os.path.join(resources, 'quarterdeck.1')

    def check_schema(path):
        return run('glib-compile-schemas', '--strict', '--dry-run', os.path.dirname(path))

    def check_metainfo(path):
        result = run('appstreamcli', 'validate', '--no-net', path)
        faults = re.findall(r'^[EW]: .*$', result.stdout, re.MULTILINE)
        # There is no home page yet; newer versions mind, older ones cannot be told.
        if result.returncode != 0 and faults and all('url-homepage-missing' in line for line in faults):
            result.returncode = 0
        return result

    def check_icon(path):
        return run('rsvg-convert', '-w', '64', '-o', os.path.join(scratch.name, 'icon.png'), path)

    def check_manual(path):
        result = run('groff', '-man', '-Tutf8', '-ww', '-z', path)
        if result.stderr.strip():
            result.returncode = result.returncode or 1
        return result

    checks = [
        ('desktop', 'desktop-file-validate', lambda path: run('desktop-file-validate', path), [desktop],
         (r'Type=Application', 'Type=Nonsense')),
        ('metainfo', 'appstreamcli', check_metainfo, [metainfo], (r'<summary>.*?</summary>', '')),
        ('schema', 'glib-compile-schemas', check_schema, [schema], (r"<default>'system'", "<default>'nonsense'")),
        ('mime', 'xmllint', lambda path: run('xmllint', '--nonet', '--noout', path), [mime], (r'</mime-type>', '')),
        ('icons', 'rsvg-convert', check_icon, icons, (r'</svg>', '')),
        ('translations', 'msgfmt', lambda path: run('msgfmt', '--check', '-o', os.devnull, path), translations,
         (r'#, c-format\nmsgid "([^"%]*)%s([^"]*)"\nmsgstr "[^"]*"', r'#, c-format\nmsgid "\1%s\2"\nmsgstr "%d"')),
        ('manual', 'groff', check_manual, [manual], (r'\.SH', '.NONSENSE')),
    ]
    print('1..%d' % len(checks))
    bad = False
    for number, (name, tool, check, paths, (pattern, replacement)) in enumerate(checks, 1):
        if not shutil.which(tool):
            print('ok %d /validate/%s # SKIP %s is not installed' % (number, name, tool))
            continue
        faults = []
        for path in paths:
            result = check(path)
            if result.returncode != 0:
                faults.append('%s: %s' % (path, (result.stdout + result.stderr).strip()))
        if not faults and check(spoiled(paths[0], pattern, replacement)).returncode == 0:
            faults.append('%s let a planted fault through' % tool)
        for line in '\n'.join(faults).splitlines():
            print('# ' + line)
        print('%sok %d /validate/%s' % ('not ' if faults else '', number, name))
        bad = bad or bool(faults)
    return 1 if bad else 0


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        scratch = type('Scratch', (), {'name': folder})
        sys.exit(main())
