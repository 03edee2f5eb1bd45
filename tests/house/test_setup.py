#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The set-up asks, installs or stops as it should: test_setup.py TOP

The system's package tools are played by scripts that note how they are called.
"""
import os
import shutil
import subprocess
import sys
import tempfile

PACKAGES = '''# a comment
[build]
gcc                       compiler
new-name | old-name       either of two

[test]
checker                   checks
'''
TOOLS = ('bash', 'cat', 'env', 'grep', 'head', 'mktemp', 'rm', 'sed', 'tail', 'tr', 'true')


def play(top, installed=(), known=('gcc', 'old-name', 'checker'), user=0, sudo=None, apt_status=0, debian=True,
         sections='build test'):
    """(status, messages, calls of apt-get) of need_packages."""
    with tempfile.TemporaryDirectory() as folder:
        tools = os.path.join(folder, 'bin')
        os.makedirs(tools)
        os.makedirs(os.path.join(folder, 'top', 'app'))
        shutil.copy(os.path.join(top, 'app', 'setup.sh'), os.path.join(folder, 'top', 'app'))
        with open(os.path.join(folder, 'top', 'app', 'packages'), 'w', encoding='utf-8') as stream:
            stream.write(PACKAGES)
        for name in TOOLS:
            os.symlink(shutil.which(name), os.path.join(tools, name))

        def fake(name, body):
            path = os.path.join(tools, name)
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write('#!%s/bash\n%s\n' % (tools, body))
            os.chmod(path, 0o755)

        if debian:
            fake('dpkg-query', 'case " %s " in *" ${@: -1} "*) echo -n installed ;; *) exit 1 ;; esac' % ' '.join(installed))
        fake('apt-cache', 'case " %s " in *" ${@: -1} "*) ;; *) exit 100 ;; esac' % ' '.join(known))
        fake('apt-get', 'echo "apt-get $*" >>"%s/calls"; case " $* " in *" install "*) exit %d ;; esac' % (folder, apt_status))
        fake('id', 'echo %d' % user)
        if sudo is not None:
            fake('sudo', '[ "$1" = -n ] || exit 1; shift; [ %d = 0 ] || exit 1; echo "sudo $*" >>"%s/calls"; exec "$@"'
                 % (sudo, folder))
        result = subprocess.run(
            [os.path.join(tools, 'bash'), '-c', 'set -euo pipefail; top=%s/top; . "$top/app/setup.sh"; need_packages %s'
             % (folder, sections)], env={'PATH': tools, 'TMPDIR': folder}, capture_output=True, text=True)
        calls = ''
        if os.path.exists(os.path.join(folder, 'calls')):
            with open(os.path.join(folder, 'calls'), encoding='utf-8') as stream:
                calls = stream.read()
        return result.returncode, result.stderr, calls


def main():
    top = sys.argv[1]
    number, bad = 0, False
    print('1..8')

    def point(name, right, seen):
        nonlocal number, bad
        number += 1
        bad = bad or not right
        if not right:
            for line in repr(seen).split('\\n'):
                print('# ' + line)
        print('%sok %d /setup/%s' % ('' if right else 'not ', number, name))

    seen = play(top, installed=('gcc', 'old-name', 'checker'))
    point('nothing to do', seen == (0, '', ''), seen)

    seen = play(top, installed=('gcc',), user=1000)
    point('names packages and stops', seen[0] == 1 and not seen[2] and
          'apt-get install --no-install-recommends old-name checker\n' in seen[1], seen)

    seen = play(top, installed=('gcc',), user=1000, sudo=1)
    point('sudo that asks is not used', seen[0] == 1 and not seen[2] and 'old-name checker' in seen[1], seen)

    seen = play(top)
    point('installs as root', seen[0] == 0 and 'sudo' not in seen[2] and
          seen[2].endswith('--no-install-recommends install gcc old-name checker\n'), seen)

    seen = play(top, user=1000, sudo=0)
    point('installs by sudo', seen[0] == 0 and 'sudo env DEBIAN_FRONTEND=noninteractive apt-get' in seen[2] and
          seen[2].endswith('install gcc old-name checker\n'), seen)

    seen = play(top, apt_status=100)
    point('says that installing failed', seen[0] == 1 and 'Installing failed' in seen[1] and 'gcc old-name checker' in seen[1],
          seen)

    seen = play(top, debian=False)
    point('another system', seen[0] == 0 and 'no Debian' in seen[1] and not seen[2], seen)

    seen = play(top, sections='build')
    point('only the sections asked for', seen[0] == 0 and 'checker' not in seen[2] and 'gcc' in seen[2], seen)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
