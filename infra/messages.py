"""Translations without the GNU tools: `python -m infra.messages compile|check|update`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from infra.programs import ROOT

SOURCES = ("src/kernel", "src/config", "tenants", "shared_apps", "tenant_apps")
MAIN = ROOT / "src/config/locale/zh_Hans/LC_MESSAGES/django.po"
PLAIN = ("_", "_t", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy")
KEYWORDS = dict.fromkeys(PLAIN) | dict.fromkeys(PLURAL, (1, 2)) | dict.fromkeys(WITH_CONTEXT, ((1, "c"), 2))
METHODS = [("**/migrations/**.py", "ignore"), ("**.py", "python")]
IN_TEMPLATES = re.compile(r'{%\s*trans(?:late)?\s+"([^"]+)"|{%\s*blocktrans(?:late)?\b[^%]*%}(.*?){%\s*endblocktrans', re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^}]*\}")
HEADER = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

Key = tuple[str, str | tuple[str, ...]]
"""What a sentence is looked up by: its context, empty for most, and its English, both forms of it where it counts."""


def catalogues() -> list[Path]:
    return sorted(path for folder in SOURCES for path in (ROOT / folder).rglob("locale/*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale=path.parts[-3])


def compile_all() -> int:
    """Write every catalogue that has changed in the form that gettext reads; tells how many."""
    done = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with target.open("wb") as binary:
            write_mo(binary, read(source))
        done += 1
    return done


def used() -> set[Key]:
    """Every sentence that the server may say."""
    found: set[Key] = set()
    for folder in SOURCES:
        for _file, _line, message, _comments, context in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            found.add((context or "", message))
        for page in (ROOT / folder).rglob("templates/**/*.*"):
            found.update(("", sentence) for sentence in _of_template(page.read_text()))
        for module in (ROOT / folder).rglob("*.py"):
            found.update(("", sentence) for sentence in _of_actions(module.read_text()))
    return found - {("", "")}


def _of_template(text: str) -> Iterator[str]:
    for short, block in IN_TEMPLATES.findall(text):
        yield short or VARIABLE.sub(r"%(\1)s", block)


def _of_actions(text: str) -> Iterator[str]:
    """The first line of an action's docstring is the help that its button shows."""
    if "@action" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(one).startswith("action(") for one in node.decorator_list):
            yield (ast.get_docstring(node) or "").partition("\n")[0]


def translated() -> dict[Key, tuple[str, ...]]:
    """What the catalogues say, without what is empty or marked as unsure."""
    found: dict[Key, tuple[str, ...]] = {}
    for path in catalogues():
        for message in read(path):
            said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if message.id and said and all(said) and not message.fuzzy:
                found[message.context or "", message.id if isinstance(message.id, str) else tuple(message.id)] = said
    return found


def faults() -> list[str]:
    """What is wrong between the sentences of the code and those of the catalogues."""
    wanted, there = used(), translated()
    wrong = [f"not translated: {_shown(key)}" for key in wanted - there.keys()]
    wrong += [f"used no more: {_shown(key)}" for key in there.keys() - wanted]
    return sorted(wrong + [f"other placeholders: {_shown(key)}" for key, said in there.items() if not _fits(key[1], said)])


def _fits(english: str | tuple[str, ...], said: tuple[str, ...]) -> bool:
    needed = english if isinstance(english, str) else english[-1]
    return all(sorted(PLACEHOLDER.findall(one)) == sorted(PLACEHOLDER.findall(needed)) for one in said)


def _shown(key: Key) -> str:
    context, english = key
    return (f"[{context}] " if context else "") + (english if isinstance(english, str) else english[0])


def update() -> None:
    """Add what is missing to the main catalogue, to be filled in, and take out of all what is used no more."""
    wanted = used()
    missing = wanted - translated().keys()
    for path in catalogues():
        kept = Catalog(locale=path.parts[-3])
        for message in read(path):
            key = (message.context or "", message.id if isinstance(message.id, str) else tuple(message.id))
            if message.id and key in wanted:
                kept.add(message.id, message.string, flags=message.flags, context=message.context)
        for context, english in missing if path == MAIN else ():
            kept.add(english, context=context or None)
        text = BytesIO()
        write_po(text, kept, width=0, sort_output=True, omit_header=True)
        path.write_text(f"{HEADER}{text.getvalue().decode().strip()}\n")


def main() -> None:
    if sys.argv[1:] == ["compile"]:
        print(f"{compile_all()} catalogues compiled")
    elif sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        wrong = faults()
        print("\n".join(wrong) or "every sentence is translated")
        sys.exit(bool(wrong))
    else:
        sys.exit("python -m infra.messages compile|check|update")


if __name__ == "__main__":
    main()
