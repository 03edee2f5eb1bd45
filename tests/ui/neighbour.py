#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program on the same desk.

    neighbour.py clipboard FOLDER    reads what lies on the clipboard: a file for each form, named by its type
    neighbour.py files FILE…         a window “Files” whose whole face drags these files, until it is killed
"""
import os
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def read_clipboard(folder):
    Gtk.init()
    loop = GLib.MainLoop()
    clipboard = Gdk.Display.get_default().get_clipboard()
    waiting = []

    def taken(_clipboard, result, name):
        stream, _type = clipboard.read_finish(result)
        memory = Gio.MemoryOutputStream.new_resizable()
        memory.splice_async(stream, Gio.OutputStreamSpliceFlags.CLOSE_TARGET, GLib.PRIORITY_DEFAULT, None, read, name)

    def read(memory, result, name):
        memory.splice_finish(result)
        with open(os.path.join(folder, name.replace('/', '-')), 'wb') as file:
            file.write(memory.steal_as_bytes().get_data())
        read_next()

    def read_next():
        if not waiting:
            loop.quit()
            return
        name = waiting.pop()
        clipboard.read_async([name], GLib.PRIORITY_DEFAULT, None, taken, name)

    def begin(*_changed):
        if not waiting:
            waiting.extend(clipboard.get_formats().get_mime_types() or [])
            if waiting:
                read_next()

    # what lies there is asked for first
    clipboard.connect('notify::formats', begin)
    begin()
    loop.run()


def offer_files(paths):
    Gtk.init()
    window = Gtk.Window(title='Files', default_width=200, default_height=150, child=Gtk.Label(label='Files'))
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    uris = '\r\n'.join(Gio.File.new_for_path(path).get_uri() for path in paths) + '\r\n'
    source.set_content(Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode())))
    window.add_controller(source)
    window.present()
    GLib.MainLoop().run()


if __name__ == '__main__':
    if sys.argv[1] == 'clipboard':
        read_clipboard(sys.argv[2])
    else:
        offer_files(sys.argv[2:])
