#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl+Q quits from wherever the keys are: the window, the import assistant,
dialogs, whose keys are not those of the program. What stands before a window
goes with it, and nothing is written meanwhile."""
import desk as desk_module


def quits(desk, key=None, title=None):
    desk.start(desk.sample())
    desk.in_front('Overview')
    if key is not None:
        desk.key(key)
        desk.wait(lambda: desk.title() != '' and not desk.title().startswith('Overview'), 'another window in front')
        desk.settle()
        assert title in desk.title(), desk.title()
    desk.key('ctrl+q')
    over(desk)


def over(desk):
    status = desk.process.wait(desk_module.LIMIT)
    with open(desk.log.name, errors='replace') as written:
        assert status == 0, f'{status}: {written.read()}'


def test_window(desk):
    quits(desk)


def test_assistant(desk):
    quits(desk, 'ctrl+i', 'Import')


def test_new(desk):
    quits(desk, 'ctrl+n', 'New Workspace')


def test_preferences(desk):
    quits(desk, 'ctrl+comma', 'Preferences')


def test_shortcuts(desk):
    quits(desk, 'ctrl+question', 'Keyboard Shortcuts')


def test_palette(desk):
    quits(desk, 'ctrl+k', 'Palette')


def test_preview(desk):
    quits(desk, 'shift+ctrl+p', 'Print Preview')


def test_about(desk):
    """A window of libadwaita's, which has no such key."""
    desk.start(desk.sample())
    desk.in_front('Overview')
    desk.act('win.about')
    desk.in_front('About')
    desk.act('app.quit')
    over(desk)


if __name__ == '__main__':
    desk_module.main(globals())
