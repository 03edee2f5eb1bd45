# SPDX-License-Identifier: GPL-3.0-or-later
"""What is declared for others has to be used by others: every function of a
header outside the file that defines it, in the program or in its tests; every
statement of SQL by its name. The type functions of GObject's macros are used
by the macro beside them. What nobody calls goes, what one file calls is static."""
import os
import re

COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)
DECLARED = re.compile(r'^(?!typedef|static|#)[A-Za-z_][\w \*]*?\b(qd_\w+) \(', re.MULTILINE)
DEFINED = re.compile(r'^(qd_\w+) \(', re.MULTILINE)
WORD = re.compile(r'\bqd_\w+')
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
STATEMENTS = 'data/store/sql/'


def unused_functions(tree):
    code = {path: COMMENT.sub('', text) for path, text in tree.items() if path.endswith(('.c', '.h'))}
    places = {}  # of each name: the files that have it and do not define it
    for path, text in code.items():
        for name in set(WORD.findall(text)) - set(DEFINED.findall(text)):
            places.setdefault(name, set()).add(path)
    for path, text in code.items():
        if not path.endswith('.h') or path.startswith('tests/'):
            continue
        for name in DECLARED.findall(text):
            in_header = len(re.findall(r'\b%s\b' % name, text)) > 1
            if not in_header and places.get(name, set()) <= {path}:
                yield '%s: nobody else uses %s(): take it out, or make it static' % (path, name)


def unused_statements(names, tree):
    """A name may be put together: "%s-unused", "-delete-source"."""
    strings = {string for path, text in tree.items() if path.endswith('.c') and not path.startswith('tests/')
               for string in STRING.findall(text)}
    ends = tuple(re.sub(r'^.*%s|\.sql$', '', string) for string in strings if re.match(r'(?:sql/)?(?:%s)?-\w', string))
    for name in names:
        if name not in strings and 'sql/%s.sql' % name not in strings and not name.endswith(ends):
            yield '%s%s.sql: no statement of this name is asked for' % (STATEMENTS, name)


def check(top, tree):
    planted = {'data/qd-x.h': 'GType qd_x_get_type (void);\n#define QD_TYPE_X (qd_x_get_type ())\n'
                              'void qd_used (int a,\n              int b);\nint *qd_alone (void); /* qd_alone */\n'
                              'void qd_tested (void);\nint qd_inner (void);\n',
               'data/qd-x.c': 'int *\nqd_alone (void)\n{\n  return 0;\n}\n\nint\nqd_inner (void)\n{\n  return qd_inner ();\n}\n',
               'data/qd-y.c': 'int main (void) { qd_used (1, 2); }\n', 'tests/test-x.c': '  qd_tested ();\n'}
    if [line.split()[4] for line in unused_functions(planted)] != ['qd_alone():', 'qd_inner():']:
        return ['planted functions that nobody uses went unseen']
    planted = {'data/qd-x.c': 'f ("known"); g ("%s-ending"); h ("sql/whole.sql", "sql/%s-more.sql");\n'}
    if [line.split(':')[0] for line in unused_statements(('known', 'x-ending', 'whole', 'y-more', 'gone'), planted)] != [
            STATEMENTS + 'gone.sql']:
        return ['a planted statement that nobody asks for went unseen']
    names = sorted(name[:-4] for name in os.listdir(os.path.join(top, STATEMENTS)) if name.endswith('.sql'))
    return list(unused_functions(tree)) + list(unused_statements(names, tree))
