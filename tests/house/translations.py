# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS is complete: all messages of the sources stand in its file, translated and not "fuzzy",
and none that the sources no longer have; and its words keep to what was settled for the language."""
import os
import re
import subprocess
import tempfile

# What meson's preset "glib" looks for; our own come from po/meson.build.
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3')


# What must not stand in a translation, why, and a text that has it.
SETTLED = {
    'de': ((r'\bKont(o|os|en)\b', 'accounts are Kunden, everywhere', 'Das Konto'),),
    'fr': ((r'« | »| [;:!?](?![;:!?=])|\d %(?![\w$.\'<])', 'a line may break there: U+00A0 within « » and before a colon, U+202F before ; ! ? and %',
            'Le fichier « x » :'),),
}


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError('%s: %s' % (command[0], done.stderr.strip()))
    return done.stdout


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as stream:
        return stream.read()


def make_template(top, folder):
    """The messages of the sources, as they are now."""
    template = os.path.join(folder, 'messages.pot')
    own = re.findall(r'--keyword=[^\']+', read(top, 'po', 'meson.build'))
    run('xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES.in', '--directory=.', '--output=' + template,
        *('--keyword=' + word for word in KEYWORDS), *own, cwd=top)
    return template


def messages(po):
    """(message, where it stands) of a listing."""
    for entry in po.split('\n\n')[1:]:
        words = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.MULTILINE)
        where = re.search(r'^#: (\S+)', entry, re.MULTILINE)
        if words and words.group(1).strip() != '""':
            yield ''.join(re.findall(r'"(.*)"', words.group(1))), where.group(1) if where else '?'


def faults(language, text, template, folder):
    """What a translation lacks."""
    mine = os.path.join(folder, 'mine.po')
    merged = os.path.join(folder, 'merged.po')
    with open(mine, 'w', encoding='utf-8') as stream:
        stream.write(text)
    run('msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file=' + merged, mine, template)
    for option, what in (('--untranslated', 'not translated'), ('--only-fuzzy', 'fuzzy: look at it')):
        for words, where in messages(run('msgattrib', '--no-wrap', '--no-obsolete', option, merged)):
            yield 'po/%s.po: %s: “%s” (%s)' % (language, what, words, where)
    for words, _ in messages(run('msgattrib', '--no-wrap', '--only-obsolete', '--clear-obsolete', merged)):
        yield 'po/%s.po: the sources do not have it any more: “%s”' % (language, words)


def unsettled(language, text):
    """Translations that do not keep to what was settled."""
    for entry in text.split('\n\n')[1:]:
        for said in re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', entry, re.MULTILINE):
            words = ''.join(re.findall(r'"(.*)"', said))
            for pattern, why, _ in SETTLED.get(language, ()):
                if re.search(pattern, words):
                    yield 'po/%s.po: “%s”: %s' % (language, words, why)


def spoil(text):
    """Copies of a translation with one fault each."""
    word = r'(\n\n#: [^\n]*\n)(msgid "[^"]+"\n)(msgstr "[^"]+"\n)'
    for replacement in (r'\1\2msgstr ""\n', r'\1#, fuzzy\n\2\3', r'\n'):
        changed = re.sub(word, replacement, text, count=1)
        assert changed != text, 'nothing to spoil'
        yield changed
    yield text + '\n#: data/gone.c\nmsgid "Nobody says this"\nmsgstr "x"\n'


def check(top):
    languages = [line.strip() for line in read(top, 'po', 'LINGUAS').splitlines() if line.strip() and line[0] != '#']
    found = []
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(top, folder)
        for language in languages:
            text = read(top, 'po', language + '.po')
            here = list(faults(language, text, template, folder))
            if not here and any(len(list(faults(language, changed, template, folder))) != 1 for changed in spoil(text)):
                return ['a planted fault went unseen in po/%s.po' % language]
            for _, _, wrong in SETTLED.get(language, ()):
                if len(list(unsettled(language, text + '\n\nmsgid "x"\nmsgstr "%s"\n' % wrong))) \
                        != len(list(unsettled(language, text))) + 1:
                    return ['a planted word went unseen in po/%s.po' % language]
            found += here + list(unsettled(language, text))
    return found
