#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing line of tests/run counts right: test_count.py COUNT"""
import json
import subprocess
import sys
import tempfile

CASES = [
    ('points', [{'name': 'a', 'result': 'OK', 'stdout': '1..2\nok 1 /a\nok 2 /b\n'}], '2 passed, 0 failed, 0 skipped', 0),
    ('failed point', [{'name': 'a', 'result': 'FAIL', 'stdout': '1..2\nok 1 /a\nnot ok 2 /b\n'}],
     '1 passed, 1 failed, 0 skipped', 1),
    ('skipped point', [{'name': 'a', 'result': 'OK', 'stdout': '1..2\nok 1 /a\nok 2 /b # SKIP no display\n'}],
     '1 passed, 0 failed, 1 skipped', 0),
    ('crash', [{'name': 'a', 'result': 'ERROR', 'stdout': '1..3\nok 1 /a\n'}], '1 passed, 1 failed, 0 skipped', 1),
    ('time out', [{'name': 'a', 'result': 'TIMEOUT', 'stdout': '1..3\nok 1 /a\n'}], '1 passed, 1 failed, 0 skipped', 1),
    ('exit status', [{'name': 'a', 'result': 'OK', 'stdout': 'anything'}, {'name': 'b', 'result': 'FAIL', 'stdout': ''},
                     {'name': 'c', 'result': 'SKIP', 'stdout': 'no peer here'}], '1 passed, 1 failed, 1 skipped', 1),
    ('all skipped', [{'name': 'a', 'result': 'SKIP', 'stdout': '1..0 # SKIP no data\n'}], '0 passed, 0 failed, 1 skipped', 1),
    ('not built', None, '0 passed, 1 failed, 0 skipped', 1),
    ('nothing', [], '0 passed, 0 failed, 1 skipped', 1),
    ('a text that looks like a point', [{'name': 'a', 'result': 'OK', 'stdout': '1..1\n# ok 7\nokay\nok 1 /a\n'}],
     '1 passed, 0 failed, 0 skipped', 0),
]


def main():
    print('1..%d' % len(CASES))
    bad = False
    for number, (name, entries, line, status) in enumerate(CASES, 1):
        with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
            log.write(''.join(json.dumps(entry) + '\n' for entry in entries or []))
            log.flush()
            result = subprocess.run([sys.executable, sys.argv[1], 'x=' + (log.name if entries is not None else '')], capture_output=True, text=True)
        right = result.stdout.splitlines()[-1:] == [line] and result.returncode == status
        if not right:
            print('# %s (%d), expected %s (%d)' % (result.stdout.strip(), result.returncode, line, status))
        print('%sok %d /count/%s' % ('' if right else 'not ', number, name))
        bad = bad or not right
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
