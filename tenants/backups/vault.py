"""Where sealed things are kept: S3-compatible storage, or a folder. Names tell the company's schema and the moment, nothing else."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from django.core.files import File
from django.core.files.storage import storages

from tenants.backups import sealed

BLOCK = 1 << 20


def vault() -> Any:
    return storages["backups"]


def put(name: str, content: Iterable[bytes]) -> tuple[int, str]:
    """Seal and keep; tells the size and the hash of what was kept. What stood there is replaced."""
    with tempfile.TemporaryFile() as whole:
        sealed.seal(content, cast("Any", whole))
        size = whole.tell()
        whole.seek(0)
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
        whole.seek(0)
        if vault().exists(name):
            vault().delete(name)
        kept = vault().save(name, File(whole, name))
    if kept != name:
        raise FileExistsError(f"{name} was written by somebody else at the same moment.")
    return size, digest


def get(name: str) -> Iterator[bytes]:
    with vault().open(name) as stream:
        yield from sealed.unseal(stream)


@contextmanager
def fetched(name: str) -> Iterator[IO[bytes]]:
    """What was kept, opened again as a file to look around in."""
    with tempfile.TemporaryFile() as whole:
        for piece in get(name):
            whole.write(piece)
        whole.seek(0)
        yield whole


def names(folder: str) -> set[str]:
    """What is kept in a folder."""
    try:
        return {f"{folder}/{name}" for name in vault().listdir(folder)[1]}
    except FileNotFoundError:
        return set()


def remove(some: Iterable[str]) -> int:
    count = 0
    for name in some:
        vault().delete(name)
        count += 1
    return count


def of_file(schema: str, path: str) -> str:
    """Where a company's file is kept: once, however many backups hold it, since files never change."""
    return f"{schema}/files/{hashlib.sha256(path.encode()).hexdigest()}"


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block
