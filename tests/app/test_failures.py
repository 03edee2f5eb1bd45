#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may go wrong around the program: odd names, full disks, closed pipes,
signals, files that may not be written or that somebody else has open."""
import locale
import os
import pty
import shutil
import signal
import stat
import subprocess
import sys
import time

from cli import PROGRAM, Skip, check, dump, equal, main, within

MANY = 400000


def write_many(room, name='many.csv', count=MANY):
    lines = ['line_id,account_id,start,end,mrr\n']
    lines += ['M%d,C%d,2024-0%d-10,,%d.00\n' % (i, i % 50000, i % 6 + 1, i % 90 + 1) for i in range(count)]
    room.write(name, ''.join(lines))


def test_all_rejected(room):
    """Nothing was imported because nothing fits, not because it is there already."""
    room.run('new', 'w.quarterdeck')
    room.write('s.csv', 'line_id,account_id,start,mrr\nL1,A1,soon,5\n')
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv', '--skip-rejected')
    within(result.out, 'no row could be imported', 'nothing was changed')
    check('already' not in result.out, result)


def test_odd_names(room):
    names = ['-dash.quarterdeck', 'with space.quarterdeck', 'ünï.quarterdeck', '%s%d.quarterdeck', 'file:x?mode=ro',
             b'\xff\xfe.quarterdeck', 'line\nend.quarterdeck', '--help']
    room.write('accounts.csv', 'account_id,name\nA1,Alpha\n')
    for name in names:
        room.run('new', '--', name)
        check(os.path.exists(room.file(name)), name)
        shutil.copy(room.file('accounts.csv'), room.file('-in.csv'))
        room.run('import', '--', name, 'accounts', '-in.csv')
        room.run('export', '--', name, 'accounts', '-out.csv')
        within(room.read('-out.csv').decode(), 'A1,Alpha')
        result = room.run('imports', '--', name)
        check('\x1b' not in result.out, result)
        room.run('new', '--', name, status=1)


def test_non_utf8_files(room):
    room.make()
    source = b'bad\xff\x1b[31m.csv'
    room.write(source, 'account_id,name\nA9,Iota\n')
    result = room.run('import', 'w.quarterdeck', 'accounts', source)
    check('\x1b' not in result.out + result.err, result)
    room.run('export', 'w.quarterdeck', 'accounts', b'out\xff.csv')
    check(b'A9,Iota' in room.read(b'out\xff.csv'))
    result = room.run('import', 'w.quarterdeck', 'accounts', b'gone\xff\x1b.csv', status=1)
    check('\x1b' not in result.err, result)


def test_nothing_steers_the_terminal(room):
    room.run('new', 'w.quarterdeck')
    room.write('a.csv', 'account_id,name,segment\nA1,"\x1b]0;gotcha\x07Al\npha",\x1b[31mred\n')
    room.write('s.csv', 'line_id,account_id,start,end,mrr\nL1,A1,2024-01-10,,100.00\n')
    outputs = [room.run('import', 'w.quarterdeck', 'accounts', 'a.csv', '--skip-rejected'),
               room.run('import', 'w.quarterdeck', 'subscriptions', 's.csv'),
               room.run('explain', 'w.quarterdeck', 'arr'), room.run('table', 'w.quarterdeck', 'ledger'),
               room.run('metrics', 'w.quarterdeck', 'arr', '--by', 'segment'),
               room.run('metrics', 'w.quarterdeck', '\x1b[31m', status=2)]
    for result in outputs:
        check('\x1b' not in result.out + result.err and '\x07' not in result.out + result.err, result)


def test_full_disk_on_output(room):
    if not os.path.exists('/dev/full'):
        raise Skip('no /dev/full')
    room.make()
    for arguments in (('metrics', 'w.quarterdeck'), ('table', 'w.quarterdeck', 'ledger', '--format', 'csv'),
                      ('--help',), ('--version',), ('import', '--help'), ('imports', 'w.quarterdeck')):
        with open('/dev/full', 'wb') as full:
            result = room.run(*arguments, status=1, stdout=full)
        within(result.err, 'quarterdeck: ', 'standard output')


def test_closed_pipe(room):
    # As other programs end: without a word, by the signal. What was done stays done, what failed is told.
    room.make()
    for arguments, status in ((('table', 'w.quarterdeck', 'ledger'), -signal.SIGPIPE), (('--help',), -signal.SIGPIPE),
                              (('new', 'other.quarterdeck'), -signal.SIGPIPE),
                              (('metrics', 'w.quarterdeck', 'nothing'), 2)):
        read, write = os.pipe()
        os.close(read)
        try:
            result = room.run(*arguments, status=status, stdout=write)
        finally:
            os.close(write)
        equal(result.err == '', status < 0, result)
    room.run('check', 'other.quarterdeck')


def test_closed_output(room):
    room.make()
    result = room.run('metrics', 'w.quarterdeck', status=None, stdout=None,
                      preexec_fn=lambda: os.close(1))
    equal(result.status, 1, result)


def test_full_disk_on_files(room):
    # A device of our own: the superuser could lose the real one.
    device = room.file('full.svg')
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 7))
        with open(device, 'wb', buffering=0) as stream:
            stream.write(b'x')
    except PermissionError:
        if os.geteuid() == 0:
            raise Skip('no devices here')
        device = '/dev/full'
    except OSError:
        pass
    room.make()
    out = room.run('export', 'w.quarterdeck', 'accounts', device, status=1)
    within(out.err, 'quarterdeck: ', 'No space left')
    if device.endswith('.svg'):
        within(room.run('chart', 'w.quarterdeck', 'bridge', device, status=1).err, 'No space left')
    check(stat.S_ISCHR(os.stat(device).st_mode), 'the device was replaced')


def test_files_that_cannot_be(room):
    room.make()
    os.mkdir(room.file('folder.svg'))
    for out in ('no/such/folder/x.svg', 'folder.svg'):
        for arguments in (('export', 'w.quarterdeck', 'accounts', out), ('chart', 'w.quarterdeck', 'bridge', out)):
            result = room.run(*arguments, status=1)
            check(result.err.startswith('quarterdeck: ') and out in result.err, result)
    equal(os.listdir(room.file('folder.svg')), [])


def test_pipes_are_written_to(room):
    room.make()
    result = room.run('export', 'w.quarterdeck', 'accounts', '/dev/stdout')
    within(result.out, 'account_id,name', 'A1,Alpha')


def test_links_stay(room):
    room.make()
    room.write('there.csv', 'old\n')
    room.write('there.svg', 'old\n')
    os.symlink('there.csv', room.file('link.csv'))
    os.symlink('there.svg', room.file('link.svg'))
    os.symlink('nowhere.csv', room.file('dangling.csv'))
    for link, *verb in (('link.csv', 'export', 'w.quarterdeck', 'accounts'),
                        ('dangling.csv', 'export', 'w.quarterdeck', 'accounts'),
                        ('link.svg', 'chart', 'w.quarterdeck', 'bridge')):
        room.run(*verb, link)
        check(os.path.islink(room.file(link)), link)
    for name in ('there.csv', 'nowhere.csv'):
        within(room.read(name).decode(), 'account_id,name', 'A1,Alpha')
    within(room.read('there.svg').decode(), '<svg')


def test_sources_that_are_no_files(room):
    room.make()
    before = dump(room.file('w.quarterdeck'))
    for source in ('gone.csv', '.', '/dev/null'):
        result = room.run('import', 'w.quarterdeck', 'accounts', source, status=1)
        check(result.err.startswith('quarterdeck: '), result)
    equal(dump(room.file('w.quarterdeck')), before)


def interrupt(room, number):
    """Starts an import and interrupts it: True when in time, False when too late, None when before it could listen."""
    process = room.start('import', 'w.quarterdeck', 'subscriptions', 'many.csv', '--replace')
    time.sleep(number)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=100)
    if process.returncode == 0:
        return False
    if process.returncode == -signal.SIGINT:
        return None  # ended by the system
    equal(process.returncode, 1, (out, err))
    within(err.decode(), 'nothing was changed')
    equal(out, b'')
    return True


def test_interrupt_leaves_the_file(room):
    room.make()
    write_many(room)
    before = room.digest('w.quarterdeck')
    content = dump(room.file('w.quarterdeck'))
    caught = 0
    for wait in (0.8, 0.4, 0.2, 0.1, 0.05):
        came = interrupt(room, wait)
        if came is not False:
            caught += came is True
            equal(dump(room.file('w.quarterdeck')), content)
            equal(room.digest('w.quarterdeck'), before)
            equal([n for n in os.listdir(room.work) if 'journal' in n or n.endswith('.lock')], [])
        else:
            room.run('imports', 'w.quarterdeck', '--undo', '3')
            raise Skip('this machine imports %d rows in %.1f s' % (MANY, wait)) if wait < 0.1 else AssertionError(wait)
    check(caught > 0)
    room.run('check', 'w.quarterdeck')


def test_interrupted_sample_is_removed(room):
    process = room.start('sample', 'big.quarterdeck', '--accounts', '100000', '--months', '60')
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=100)
    check(process.returncode in (1, -signal.SIGINT), err)
    equal(os.listdir(room.work), [])


def test_read_only_workspace(room):
    # The superuser may write everything: be nobody then.
    options = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
    room.make()
    for folder in (room.path, room.work):
        os.chmod(folder, 0o755)
    os.chmod(room.file('w.quarterdeck'), 0o444)
    before = room.digest('w.quarterdeck')
    try:
        room.run('--version', **options)
    except (PermissionError, subprocess.SubprocessError):
        raise Skip('the superuser may write everything, and nobody may not run the program')
    figures = room.run('metrics', 'w.quarterdeck', 'arr', '--format', 'csv', **options)
    equal(figures.rows()[0]['value'], '1920.00')
    within(room.run('import', 'w.quarterdeck', 'accounts', 'accounts.csv', status=1, **options).err, 'w.quarterdeck')
    equal(room.digest('w.quarterdeck'), before)
    os.chmod(room.file('w.quarterdeck'), 0)
    within(room.run('metrics', 'w.quarterdeck', status=1, **options).err, 'w.quarterdeck')


def test_locked_workspace(room):
    room.make()
    write_many(room)
    first = room.start('import', 'w.quarterdeck', 'subscriptions', 'many.csv')
    try:
        time.sleep(0.3)
        first.send_signal(signal.SIGSTOP)
        result = room.run('import', 'w.quarterdeck', 'accounts', 'accounts.csv', status=1)
        within(result.err, 'w.quarterdeck', str(first.pid))
        result = room.run('metrics', 'w.quarterdeck', 'arr', '--format', 'csv')
        check(result.err != '', result)
        equal(result.rows()[0]['value'], '1920.00')
    finally:
        first.send_signal(signal.SIGCONT)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=100)


def test_same_output_twice(room):
    room.make()
    for arguments in (('metrics', 'w.quarterdeck'), ('table', 'w.quarterdeck', 'movements', '--format', 'json'),
                      ('table', 'w.quarterdeck', 'ledger', '--format', 'csv'), ('explain', 'w.quarterdeck', 'grr'),
                      ('history', 'w.quarterdeck'), ('check', 'w.quarterdeck')):
        equal(room.run(*arguments).out, room.run(*arguments).out)


def find_german():
    german = 'de_DE.UTF-8'
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, german)  # `locale -a` does not know of LOCPATH
    except locale.Error:
        raise Skip('no German locale')
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return german


def test_counts_are_grouped(room):
    """In errors of the data rooms too, as the locale groups them."""
    room.run('new', 'w.quarterdeck')
    room.write('lines.csv', 'line_id,account_id,start,end,mrr\n' +
               ''.join('L%d,A%d,2024-01-10,,%s\n' % (i, i, '1.00' if i % 2 else 'much') for i in range(2468)))
    within(room.run('import', 'w.quarterdeck', 'subscriptions', 'lines.csv', status=1, env={'LC_ALL': find_german()}).err,
           '1.234 of 2.468 rows')


def test_locale_does_not_reach_files(room):
    german = find_german()
    room.make()
    plain = room.run('metrics', 'w.quarterdeck', '--format', 'csv').out
    equal(room.run('metrics', 'w.quarterdeck', '--format', 'csv', env={'LC_ALL': german}).out, plain)
    within(room.run('metrics', 'w.quarterdeck', 'arr', env={'LC_ALL': german}).out, '1.920,00')


def test_ascii_locale(room):
    room.make()
    room.write('ü.csv', 'account_id,name\nA1,Zürich\n')
    room.run('import', 'w.quarterdeck', 'accounts', 'ü.csv', env={'LC_ALL': 'C'})
    within(room.run('explain', 'w.quarterdeck', 'arr', env={'LC_ALL': 'C'}).out, 'Zürich')


def test_progress_only_on_a_terminal(room):
    room.make()
    write_many(room)
    try:
        main_end, terminal = pty.openpty()
    except OSError as error:
        raise Skip('no terminal to be had here: %s' % error)
    process = subprocess.Popen([PROGRAM, 'import', 'w.quarterdeck', 'subscriptions', 'many.csv', '--replace'],
                               cwd=room.work, env=room.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=terminal)
    os.close(terminal)
    shown = b''
    while True:
        try:
            piece = os.read(main_end, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    process.communicate(timeout=100)
    os.close(main_end)
    equal(process.returncode, 0, shown)
    check(b'%' in shown, shown)
    result = room.run('import', 'w.quarterdeck', 'subscriptions', 'many.csv')
    equal(result.err, '')


def test_nothing_that_is_read_is_written_over(room):
    room.make()
    before = room.digest('w.quarterdeck')
    os.link(room.file('w.quarterdeck'), room.file('other-name.pdf'))
    room.write('bad.csv', 'account_id,name\nA1,x\n,y\n')
    bad = room.digest('bad.csv')
    for words in (('export', 'w.quarterdeck', 'accounts', 'w.quarterdeck'),
                  ('review', 'w.quarterdeck', 'other-name.pdf'),
                  ('chart', 'w.quarterdeck', 'bridge', 'other-name.pdf'),
                  ('import', 'w.quarterdeck', 'accounts', 'bad.csv', '--rejects', 'w.quarterdeck'),
                  ('import', 'w.quarterdeck', 'accounts', 'bad.csv', '--dry-run', '--rejects', 'w.quarterdeck'),
                  ('import', 'w.quarterdeck', 'accounts', 'bad.csv', '--rejects', './bad.csv')):
        within(room.run(*words, status=1).err, 'Choose another name')
        equal(room.digest('w.quarterdeck'), before, words)
        equal(room.digest('bad.csv'), bad, words)
    room.run('new', 'second.quarterdeck')
    second = room.digest('second.quarterdeck')
    within(room.run('export', 'w.quarterdeck', 'accounts', 'second.quarterdeck', status=1).err, 'workspace')
    equal(room.digest('second.quarterdeck'), second)


if __name__ == '__main__':
    sys.exit(main(dict(globals())))
