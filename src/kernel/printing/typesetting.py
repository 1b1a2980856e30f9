"""Typst in this process: fonts are read once, and each thread keeps a compiler with what it has learned."""

from __future__ import annotations

import json
import logging
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from kernel.refusals import Refused

log = logging.getLogger("millwright.printing")
CHINESE = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Serif CJK SC",
    "WenQuanYi Micro Hei",
    "SimHei",
    "SimSun",
)
HAN = re.compile(r"[\u3400-\u9fff]")
PPI = 110.0
_mine = threading.local()


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The product's own Chinese type; where it was not installed, that of the machine."""
    own = [str(settings.FONT_DIR)] if any(Path(settings.FONT_DIR).glob("*.ttf")) else []
    found = typst.Fonts(include_system_fonts=not own, include_embedded_fonts=True, font_paths=own)
    if not _chinese(found):
        log.error("no Chinese font in %s nor on this machine: forms with Chinese text cannot be printed", settings.FONT_DIR)
    elif not own:
        log.warning("no fonts in %s: forms are printed with %s", settings.FONT_DIR, _chinese(found)[0])
    return found


def _chinese(found: typst.Fonts) -> list[str]:
    families = set(found.families())
    return [name for name in CHINESE if name in families]


def pdf(template: Path, content: dict[str, Any]) -> bytes:
    """Set a template with its content."""
    made = _set(template, content, "pdf")
    assert isinstance(made, bytes)
    return made


def pictures(template: Path, content: dict[str, Any]) -> list[bytes]:
    """The same as one picture (PNG) a page, for a look on the screen."""
    made = _set(template, content, "png")
    return made if isinstance(made, list) else [made]


def drawings(template: Path, content: dict[str, Any]) -> list[str]:
    """The same as one drawing (SVG) a page: sharp at any size, and small on its way."""
    made = _set(template, content, "svg")
    return [page.decode() for page in (made if isinstance(made, list) else [made])]


def _set(template: Path, content: dict[str, Any], form: Literal["pdf", "png", "svg"]) -> bytes | list[bytes]:
    usable = _chinese(fonts())
    data = json.dumps({**content, "fonts": usable or ["Libertinus Serif"]}, ensure_ascii=False)
    if not usable and HAN.search(data):
        raise Refused(
            "no_font",
            _("There is no Chinese font on the server. The administrator can install one with `make run`, or set FONT_DIR."),
            status=503,
        )
    try:
        made = _compiler().compile(input=str(template), sys_inputs={"data": data}, format=form, ppi=PPI)
    except typst.TypstError as error:
        log.error("%s: %s", template.name, error)
        raise Refused(
            "bad_template",
            _("The form “%(name)s” cannot be printed: %(why)s") % {"name": template.stem, "why": str(error)[:200]},
            status=500,
        ) from error
    assert made is not None
    return made


def _compiler() -> typst.Compiler:
    if not hasattr(_mine, "compiler"):
        _mine.compiler = typst.Compiler(root=str(settings.ROOT), font_paths=fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _mine.compiler
    return compiler
