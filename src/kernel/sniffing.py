"""What a file is, by its first bytes: a name is only what somebody says of it."""

from __future__ import annotations

import re
from mimetypes import guess_type
from pathlib import PurePosixPath

import filetype
from django.utils.translation import gettext as _

from kernel.refusals import Refused

HEAD = 4096
RUNS = {"exe", "elf", "swf", "crx", "deb", "rpm", "wasm"}
SCRIPT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:#!|<\?php|<(?:!doctype\s+html|html|head|body|script|svg|iframe)\b)", re.IGNORECASE)
MACH_O = {b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"}
ZIPPED = {"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"}
COMPOUND = {"doc", "xls", "ppt"}
KNOWN = {"pdf", "png", "jpg", "gif", "webp", "bmp", "tif", "7z", "rar", "gz", "mp4", "mp3"} | ZIPPED | COMPOUND
SAME = {"jpeg": "jpg", "tiff": "tif", "xlsm": "zip", "wps": "doc", "et": "xls"}


def kind_of(name: str) -> str:
    """The kind told by the name, for the reader's browser; what a client says it is counts for nothing."""
    return guess_type(name)[0] or "application/octet-stream"


def refuse_programs(head: bytes) -> None:
    """Refuse what runs on a computer or in a browser, whatever its name."""
    runs = filetype.guess_extension(head) in RUNS or head[:4] in MACH_O
    if runs or SCRIPT.match(head) or b"<svg" in head[:512].lower():
        raise Refused("file_kind", _("This is a program or a web page, whatever its name says. It is not taken."), status=422)


def check(name: str, head: bytes) -> None:
    """Refuse programs, and what is not what its name says."""
    refuse_programs(head)
    told = PurePosixPath(name).suffix.lower().removeprefix(".")
    told = SAME.get(told, told)
    if told in KNOWN and not _fits(told, filetype.guess_extension(head), head):
        sentence = _("“%(name)s” is not what its name says. Check the file, or give it its right ending.") % {"name": name}
        raise Refused("file_content", sentence, status=422)


def _fits(told: str, found: str | None, head: bytes) -> bool:
    if told in ZIPPED:
        return head[:2] == b"PK"
    if told in COMPOUND:  # older programs write their own web page or text under these names; those are no compound files
        return head[:4] == b"\xd0\xcf\x11\xe0"
    if told == "mp4":
        return head[4:8] == b"ftyp"
    return found == told
