#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of a chart, over the real bus: its name, its
description, one item for each value, and the item that gets the focus when
keys are pressed."""
import desk as desk_module
from desk import FOCUSABLE, nodes

FORBIDDEN = ('Gtk', 'Adw', 'Qd')


def find_chart(desk):
    for node in desk.all():
        if node.role in ('list', 'list box') and len(node.children) > 20:
            return node
    return None


def test_chart(desk):
    desk.start('retention')
    chart = desk.wait(lambda: find_chart(desk), 'a list of many items')
    description = desk.tree.get(chart.bus_name, chart.path, 'Description')
    assert chart.name.startswith('NRR rose 4.9'), chart.name
    assert 'Chart of lines and columns' in description and 'Shift+Ctrl+T' in description, description
    items = [node for node in chart.children if node.role == 'list item']
    assert len(items) == 5 * 24, len(items)  # five series of 24 months
    assert items[23].name.endswith('point 24 of 24'), items[23].name
    bad = [node.where() for node in nodes(desk.application())
           if node.has(FOCUSABLE) and (not node.name or node.name.startswith(FORBIDDEN))]
    assert not bad, bad

    # an item has the focus, and an arrow moves it to the month before
    desk.settle()
    desk.wait(lambda: 'point 24 of 24' in desk.focus_name(), 'the newest month to have the focus')
    desk.key('Left', 'Left')  # the first key shows where the cursor is
    desk.wait(lambda: 'point 23 of 24' in desk.focus_name(), 'the month before')


if __name__ == '__main__':
    desk_module.main(globals())
