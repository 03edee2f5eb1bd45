#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-format on the lines that differ from the last commit, as TAP: style.py TOP

Only lines that somebody is changing are read, so that old ones need not be
touched. Skips where there is no clang-format or no git.
"""
import re
import shutil
import subprocess
import sys


def changed(top):
    """{path: [(first, last)]} of C files, against the commit before the working tree's."""
    diff = subprocess.run(['git', '-C', top, 'diff', '-U0', '--no-color', 'HEAD', '--', '*.c', '*.h'],
                          capture_output=True, text=True, check=True).stdout
    ranges, path = {}, None
    for line in diff.splitlines():
        if line.startswith('+++ '):
            path = line[6:] if line.startswith('+++ b/') else None
        match = re.match(r'^@@ -\S+ \+(\d+)(?:,(\d+))? @@', line)
        if match and path:
            first, count = int(match.group(1)), int(match.group(2) or 1)
            if count:
                ranges.setdefault(path, []).append((first, first + count - 1))
    return ranges


def main():
    top = sys.argv[1]
    print('1..1')
    if not shutil.which('clang-format'):
        print('ok 1 /house/style # SKIP clang-format is not installed')
        return 0
    try:
        ranges = changed(top)
    except (OSError, subprocess.CalledProcessError):
        print('ok 1 /house/style # SKIP not a git checkout')
        return 0
    for path, lines in sorted(ranges.items()):
        arguments = ['--lines=%d:%d' % pair for pair in lines]
        formatted = subprocess.run(['clang-format', *arguments, path], cwd=top, capture_output=True, text=True)
        with open('%s/%s' % (top, path), encoding='utf-8') as stream:
            if formatted.returncode == 0 and formatted.stdout != stream.read():
                print('# %s: clang-format would write some of the changed lines otherwise' % path)
    print('ok 1 /house/style')
    return 0


if __name__ == '__main__':
    sys.exit(main())
