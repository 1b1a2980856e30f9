"""Translations without the GNU tools: `python -m infra.messages compile|check`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from infra.programs import ROOT

SOURCES = ("src/kernel", "src/config", "tenants", "shared_apps", "tenant_apps")
KEYWORDS = dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop")) | dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
METHODS = [("**/migrations/**.py", "ignore"), ("**.py", "python")]
IN_TEMPLATES = re.compile(r'{%\s*trans(?:late)?\s+"([^"]+)"|{%\s*blocktrans(?:late)?\b[^%]*%}(.*?){%\s*endblocktrans', re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def catalogues() -> list[Path]:
    return sorted(path for folder in SOURCES for path in (ROOT / folder).rglob("locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Write every catalogue that has changed in the form that gettext reads; tells how many."""
    done = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text, target.open("wb") as binary:
            write_mo(binary, read_po(text))
        done += 1
    return done


def used() -> set[str]:
    """Every sentence that the server may say."""
    found: set[str] = set()
    for folder in SOURCES:
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
        for page in (ROOT / folder).rglob("templates/**/*.*"):
            found.update(_of_template(page.read_text()))
    return found - {""}


def _of_template(text: str) -> Iterator[str]:
    for short, block in IN_TEMPLATES.findall(text):
        yield short or VARIABLE.sub(r"%(\1)s", block)


def translated() -> set[str]:
    found: set[str] = set()
    for path in catalogues():
        with path.open("rb") as text:
            for message in read_po(text):
                if message.string and not message.fuzzy:
                    found.add(message.id if isinstance(message.id, str) else message.id[0])
    return found


def main() -> None:
    if sys.argv[1:] == ["compile"]:
        print(f"{compile_all()} catalogues compiled")
    elif sys.argv[1:] == ["check"]:
        missing = sorted(used() - translated())
        print("\n".join(f"not translated: {sentence}" for sentence in missing) or "every sentence is translated")
        sys.exit(bool(missing))
    else:
        sys.exit("python -m infra.messages compile|check")


if __name__ == "__main__":
    main()
