#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of a chart, over the real bus: its name, its
description, one item for each value, and the item that gets the focus when
keys are pressed. Without the bindings, the bus or xdotool: skipped."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi
except (ImportError, ValueError):
    print('1..0 # SKIP no bindings of AT-SPI')
    sys.exit(0)
if not shutil.which('xdotool') or not shutil.which('dbus-run-session'):
    print('1..0 # SKIP no xdotool or no bus')
    sys.exit(0)
if len(sys.argv) == 2:
    # A bus of its own, in a folder of its own: other tests run beside this one.
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(subprocess.call(['dbus-run-session', '--', sys.executable, __file__, sys.argv[1], 'inside'],
                                 env=dict(os.environ, XDG_RUNTIME_DIR=folder)))

PROGRAM, CHART = sys.argv[1], 'retention'
FORBIDDEN = ('Gtk', 'Adw', 'Qd')
failures = []
count = 0


def check(name, good, detail=''):
    global count
    count += 1
    print(f'{"ok" if good else "not ok"} {count} - {name}{"" if good else ": " + str(detail)}')
    if not good:
        failures.append(name)


def children(node):
    return [node.get_child_at_index(i) for i in range(node.get_child_count())]


def walk(node):
    if node is None:
        return
    yield node
    for child in children(node):
        yield from walk(child)


def wait_for(what, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    return None


def find_application(pid):
    for application in children(Atspi.get_desktop(0)):
        if application is not None and application.get_process_id() == pid:
            return application
    return None


def find_list(application):
    for node in walk(application):
        if node.get_role() == Atspi.Role.LIST and node.get_child_count() > 20:
            return node
    return None


def find_focused(chart):
    chart.clear_cache()
    for child in children(chart):
        child.clear_cache()
        if child.get_state_set().contains(Atspi.StateType.FOCUSED):
            return child
    return None


def main():
    environment = dict(os.environ, GTK_A11Y='atspi', GDK_BACKEND='x11')
    environment.pop('NO_AT_BRIDGE', None)
    environment['G_DEBUG'] = ''
    process = subprocess.Popen([PROGRAM, CHART], env=environment, stdout=subprocess.DEVNULL)
    try:
        application = wait_for(lambda: find_application(process.pid))
        if application is None:
            print('1..0 # SKIP no bus of AT-SPI')
            return 0
        chart = wait_for(lambda: find_list(application))
        check('the chart is a list', chart is not None)
        if chart is not None:
            examine(application, chart)
        print(f'1..{count}')
    finally:
        process.terminate()
        process.wait()
    return 1 if failures else 0


def examine(application, chart):
    items = [c for c in children(chart) if c.get_role() == Atspi.Role.LIST_ITEM]
    check('its name is the message', chart.get_name().startswith('NRR rose 4.9'), chart.get_name())
    check('its description says type and trend', 'Chart of lines and columns' in chart.get_description(), chart.get_description())
    check('its description says the keys', 'Shift+Ctrl+T' in chart.get_description(), chart.get_description())
    check('five series of 24 months', len(items) == 120, len(items))
    check('the last is counted', items[23].get_name().endswith('point 24 of 24'), items[23].get_name())
    bad = [n.get_name() for n in walk(application)
           if n.get_state_set().contains(Atspi.StateType.FOCUSABLE) and (not n.get_name() or n.get_name().startswith(FORBIDDEN))]
    check('everything that takes the focus has a name', not bad, bad)
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(application.get_process_id())],
                            capture_output=True, text=True).stdout.split()
    if window:
        subprocess.run(['xdotool', 'windowfocus', window[-1]])
    first = wait_for(lambda: find_focused(chart), 5)
    if first is None:
        subprocess.run(['xdotool', 'key', 'Tab'])
        first = wait_for(lambda: find_focused(chart), 5)
    check('an item has the focus', first is not None)
    if first is None:
        return
    before = first.get_name()
    subprocess.run(['xdotool', 'key', 'Left'])
    moved = wait_for(lambda: (lambda n: n if n is not None and n.get_name() != before else None)(find_focused(chart)), 5)
    check('an arrow moves the focus', moved is not None, before)
    check('to the month before', moved is not None and 'point 23 of 24' in moved.get_name(), moved and moved.get_name())
    print('#', moved and moved.get_name())


sys.exit(main())
