"""What a whole-company archive looks like: a zip of `manifest.json`, `data/<table>.csv` and `.json`, and `files/…`."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

FORMAT = "millwright-company/1"
KIND = "application/vnd.millwright.company+zip"
"""The type of such an archive among a company's files; archives are not put into archives."""
STAYS = frozenset({"django_migrations", "organization_token", "kernel_job", "kernel_replay"})
"""Secrets of programs, and what means nothing anywhere else."""
LONGEST_CONTENTS = 64 * 2**20
BLOCK = 1 << 20
Progress = Callable[[int, int], None]


class NotTaken(Exception):
    """An archive that cannot be brought in, and why."""

    def __init__(self, code: str, sentence: Any, **told: object) -> None:
        self.code = code
        super().__init__(str(sentence) % told)


@dataclass
class Part:
    """A table: what people call it, its columns, and the hashes of its two forms."""

    label: str
    columns: list[str]
    rows: int
    csv_sha256: str
    json_sha256: str
    counters: dict[str, Any] = field(default_factory=dict)


@dataclass
class Kept:
    """A file: where it was, what it is called, and its hash."""

    path: str
    member: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """The table of contents."""

    company: dict[str, str]
    at: str
    tables: dict[str, Part] = field(default_factory=dict)
    files: list[Kept] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    format: str = FORMAT

    def dump(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def manifest_of(whole: zipfile.ZipFile) -> Manifest:
    """The table of contents, or a refusal of what is no archive of ours."""
    try:
        if whole.getinfo("manifest.json").file_size > LONGEST_CONTENTS:
            raise ValueError
        told = json.loads(whole.read("manifest.json"))
        told["tables"] = {name: Part(**part) for name, part in told["tables"].items()}
        told["files"] = [Kept(**kept) for kept in told["files"]]
        manifest = Manifest(**told)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zipfile.BadZipFile) as error:
        raise NotTaken("not_an_archive", _("This is not an export of a whole company. Choose the .zip that the export made.")) from error
    if manifest.format != FORMAT:
        raise NotTaken("archive_format", _("This export has the form “%(format)s”, which is not known here."), format=manifest.format)
    return manifest


def copied(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Copy a stream; tells its size and hash."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        target.write(block)
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()
