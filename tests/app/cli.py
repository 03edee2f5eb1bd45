# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: runs the program in a room of its
own, prints TAP, keeps nothing.

Usage of a test file: test_x.py QUARTERDECK; each function named test_* is a
test, gets a Room and fails by an exception.
"""
import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else 'quarterdeck'

ACCOUNTS = '''account_id,name,segment,region
A1,Alpha,Enterprise,EMEA
A2,"Beta, Ltd",SMB,EMEA
A3,Gamma,SMB,Americas
'''

# Month ends to June 2024: A1 100, then 120 from August 2023; A2 50 until May 2024; A3 30, then 40 in June 2024.
SUBSCRIPTIONS = '''line_id,account_id,start,end,mrr
L1,A1,2023-01-10,,100.00
L2,A2,2023-01-15,2024-06-01,50.00
L3,A1,2023-08-01,,20.00
L4,A3,2023-06-05,,30.00
L5,A3,2024-06-15,,10.00
'''


class Skip(Exception):
    pass


class Result:
    def __init__(self, command, done):
        self.command = command
        self.status = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode('utf-8')
        self.err = done.stderr.decode('utf-8')

    def __repr__(self):
        return '%s\nstatus %d\n--- out\n%s\n--- err\n%s' % (self.command, self.status, self.out, self.err)

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out)))


class Room:
    """An empty folder, and an environment that points nowhere else."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix='quarterdeck-test-')
        self.env = dict(os.environ, HOME=self.path, LC_ALL='C.UTF-8', TZ='UTC', NO_AT_BRIDGE='1')
        for name in ('DISPLAY', 'WAYLAND_DISPLAY'):
            self.env.pop(name, None)
        for name in ('CONFIG', 'DATA', 'CACHE', 'STATE', 'RUNTIME'):
            folder = os.path.join(self.path, '.xdg', name.lower())
            os.makedirs(folder, mode=0o700)
            self.env['XDG_%s_%s' % (name, 'DIR' if name == 'RUNTIME' else 'HOME')] = folder
        self.work = os.path.join(self.path, 'work')
        os.mkdir(self.work)

    def close(self):
        for folder, _, _ in os.walk(self.path):
            os.chmod(folder, 0o700)
        shutil.rmtree(self.path)

    def file(self, name):
        return os.path.join(os.fsencode(self.work) if isinstance(name, bytes) else self.work, name)

    def write(self, name, text):
        with open(self.file(name), 'wb') as stream:
            stream.write(text if isinstance(text, bytes) else text.encode('utf-8'))
        return name

    def read(self, name):
        with open(self.file(name), 'rb') as stream:
            return stream.read()

    def digest(self, name):
        return hashlib.sha256(self.read(name)).hexdigest()

    def run(self, *arguments, status=0, env=None, **options):
        options.setdefault('stdout', subprocess.PIPE)
        done = subprocess.run([PROGRAM, *arguments], cwd=self.work, env=dict(self.env, **(env or {})),
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=100, **options)
        done.stdout = done.stdout or b''
        result = Result(arguments, done)
        if status is not None and result.status != status:
            raise AssertionError('status %d expected\n%r' % (status, result))
        if status == 0:
            check('quarterdeck-CRITICAL' not in result.err and 'GLib' not in result.err, result)
        return result

    def start(self, *arguments, **options):
        return subprocess.Popen([PROGRAM, *arguments], cwd=self.work, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def make(self, name='w.quarterdeck'):
        """The small company above, imported."""
        self.write('accounts.csv', ACCOUNTS)
        self.write('subscriptions.csv', SUBSCRIPTIONS)
        self.run('new', name, '--name', 'Small', '--currency', 'USD')
        self.run('import', name, 'accounts', 'accounts.csv')
        self.run('import', name, 'subscriptions', 'subscriptions.csv')
        return name


def check(condition, message=''):
    if not condition:
        raise AssertionError(str(message))


def equal(found, expected, message=''):
    if found != expected:
        raise AssertionError('expected %r\nfound    %r\n%s' % (expected, found, message))


def within(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError('%r is not in\n%s' % (part, text))


def dump(path):
    """The data tables of a workspace, as a list of statements."""
    import sqlite3
    with sqlite3.connect('file:%s?mode=ro' % path, uri=True) as db:
        own = ('import_batch', 'import_effect', 'import_row', 'history_entry', 'setting', 'cache', 'mapping')
        return [line for line in db.iterdump()
                if not any(line.startswith('INSERT INTO "%s"' % name) for name in own)
                and not line.startswith(('PRAGMA', 'BEGIN', 'COMMIT'))]


def main(tests):
    names = [name for name in tests if name.startswith('test_')]
    suite = os.path.splitext(os.path.basename(sys.argv[0]))[0].replace('test_', '')
    print('1..%d' % len(names), flush=True)
    bad = False
    for number, name in enumerate(names, 1):
        room = Room()
        label = '/app/%s/%s' % (suite, name[5:].replace('_', '-'))
        try:
            tests[name](room)
            print('ok %d %s' % (number, label), flush=True)
        except Skip as reason:
            print('ok %d %s # SKIP %s' % (number, label, reason), flush=True)
        except Exception:
            bad = True
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print('not ok %d %s' % (number, label), flush=True)
        finally:
            room.close()
    return 1 if bad else 0
