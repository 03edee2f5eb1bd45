# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes and functions of GTK and libadwaita that versions after our floor
deprecate, or that come after it: the first stand in ui/compat alone, the others
nowhere. Properties and signals too, which a compiler does not see."""
import re

# Classes by their name in C and .ui; functions follow from them.
LATER_DEPRECATED = (
    'GtkFileChooserNative', 'GtkFileChooserDialog', 'GtkFileChooserWidget', 'GtkFileChooserButton', 'GtkDialog',
    'GtkMessageDialog', 'AdwMessageDialog', 'AdwLeaflet', 'AdwFlap', 'AdwSqueezer', 'AdwViewSwitcherTitle',
    'AdwPreferencesWindow', 'AdwAboutWindow', 'GtkInfoBar', 'GtkEntryCompletion', 'GtkTreeView', 'GtkTreeStore',
    'GtkListStore', 'GtkComboBox', 'GtkComboBoxText', 'GtkCellRenderer', 'GtkIconView', 'GtkShortcutsWindow',
    'GtkStyleContext', 'GtkColorButton', 'GtkFontButton', 'GtkAppChooserButton', 'GtkStatusbar', 'GtkLockButton',
    'GtkVolumeButton', 'GtkAssistant',
)
TOO_NEW = (
    'GtkFileDialog', 'GtkAlertDialog', 'GtkColorDialog', 'GtkFontDialog', 'GtkUriLauncher', 'GtkFileLauncher',
    'GtkPrintDialog', 'GtkListHeader', 'GtkSectionModel', 'AdwBanner', 'AdwBreakpoint', 'AdwBreakpointBin',
    'AdwNavigationView', 'AdwNavigationPage', 'AdwNavigationSplitView', 'AdwOverlaySplitView', 'AdwToolbarView',
    'AdwSwitchRow', 'AdwSpinRow', 'AdwAlertDialog', 'AdwDialog', 'AdwPreferencesDialog', 'AdwAboutDialog',
    'AdwButtonRow', 'AdwSpinner', 'AdwToggleGroup', 'AdwWrapBox', 'AdwShortcutsDialog', 'AdwSidebar',
)
# Single functions and properties that go the same way.
FUNCTIONS = re.compile(
    r'\bgtk_widget_(?:show|hide|get_allocated_\w+|get_allocation|get_style_context|get_color)\s*\('
    r'|\bgtk_show_uri\w*\s*\(|\bgtk_css_provider_load_from_data\s*\(|\bgtk_application_window_set_help_overlay\s*\('
    r'|\bgdk_pixbuf_get_from_texture\s*\(|\badw_action_row_set_icon_name\s*\(|\bgtk_accessible_announce\s*\(')
# The one frame that folds: there is nothing at the floor that would not be deprecated.
ALLOWED = {('ui/window/qd-main-window', 'AdwFlap')}


def to_function(name):
    """GtkInfoBar: gtk_info_bar_"""
    return re.sub(r'(?<!^)([A-Z])', r'_\1', name).lower() + '_'


def patterns(names):
    for name in names:
        yield name, re.compile(r'\b(?:%s(?![A-Za-z])|%s(?=[a-z])|%sTYPE_%s\b)' % (
            name, to_function(name), name[:3].upper() + '_', to_function(name)[4:-1].upper()))


DEPRECATED_PATTERNS = list(patterns(LATER_DEPRECATED))
NEW_PATTERNS = list(patterns(TOO_NEW))


def find(path, text):
    """What is wrong in one file of ui or app, comments left out."""
    if not path.startswith(('ui/', 'app/')) or not path.endswith(('.c', '.h', '.ui')):
        return
    rules = [(NEW_PATTERNS, 'is not in the oldest version that we build with')]
    found_function = None
    if not path.startswith('ui/compat/'):
        rules.append((DEPRECATED_PATTERNS, 'is deprecated later: only ui/compat may use it'))
        found_function = FUNCTIONS.search(text)
    for group, why in rules:
        for name, pattern in group:
            if any(path.startswith(start) and name == allowed for start, allowed in ALLOWED):
                continue
            match = pattern.search(text)
            if match:
                yield '%s:%d: %s %s' % (path, text.count('\n', 0, match.start()) + 1, name, why)
    if found_function:
        yield '%s:%d: %s is deprecated later: only ui/compat may use it' % (
            path, text.count('\n', 0, found_function.start()) + 1, found_function.group().rstrip(' ('))


def check(tree, comment):
    """@tree: path to text of .c, .h and .ui; @comment: the pattern of comments in C."""
    planted = [
        ('ui/pages/x.ui', '<object class="GtkInfoBar"/>', True),
        ('ui/pages/x.c', 'gtk_info_bar_new ();', True),
        ('ui/pages/x.c', 'g_object_new (ADW_TYPE_MESSAGE_DIALOG, NULL);', True),
        ('ui/compat/x.c', 'AdwMessageDialog *dialog;', False),
        ('ui/compat/x.c', 'adw_alert_dialog_new ();', True),
        ('ui/window/x.c', 'gtk_widget_show (widget);', True),
        ('ui/window/qd-main-window.ui', '<object class="AdwFlap"/>', False),
        ('ui/pages/x.c', 'gtk_widget_set_visible (w, TRUE); adw_preferences_page_new ();', False),
    ]
    for path, text, bad in planted:
        if bool(list(find(path, text))) != bad:
            return ['the check of retired classes does not work: %s' % text]
    found = []
    for path, text in tree.items():
        if path.endswith(('.c', '.h')):
            text = comment.sub(lambda match: re.sub(r'[^\n]', ' ', match.group()), text)
        found += find(path, text)
    return found
