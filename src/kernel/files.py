"""Files: kept under a name nobody can guess, in the company's own folder, locally or in S3-compatible storage."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from kernel import calls, config, events, people, scanning, sniffing
from kernel.access import Actor
from kernel.documents import Document
from kernel.models import File
from kernel.refusals import Refused
from kernel.specs import key_of

DANGEROUS = {".exe", ".bat", ".cmd", ".com", ".scr", ".js", ".vbs", ".ps1", ".msi", ".hta", ".html", ".htm", ".svg", ".xhtml"}


def clean_name(name: str) -> str:
    """The file's own name without any path or control character; kinds that a browser or Windows would run are refused."""
    short = get_valid_filename(PurePosixPath(name.replace("\\", "/")).name or "file")[-180:]
    if PurePosixPath(short).suffix.lower() in DANGEROUS:
        raise Refused(
            "file_kind",
            _("Files of the kind “%(kind)s” are not taken. Put it into a .zip if it must be kept.") % {"kind": PurePosixPath(short).suffix},
            status=422,
        )
    return short


def begin(name: str, kind: str, size: int, *, by: Actor, at: datetime) -> File:
    """A place for a file that is about to be uploaded."""
    if not 0 < size <= settings.MAX_UPLOAD_BYTES:
        raise Refused("file_size", _("A file may have up to %(n)d MB.") % {"n": settings.MAX_UPLOAD_BYTES // 2**20}, status=413)
    name = clean_name(name)
    path = f"{config.schema()}/{at:%Y%m}/{secrets.token_urlsafe(16)}/{name}"
    return File.objects.create(
        name=name, type=kind[:120] or "application/octet-stream", size=size, path=path, created_at=at, created_by=by.id
    )


def upload_target(file: File) -> dict[str, Any]:
    """Where the client puts the bytes: straight into S3 by a signed address, or to the product itself."""
    if not settings.S3_BUCKET:
        return {"method": "PUT", "url": f"/api/v1/files/{file.pk}/content/", "headers": {}}
    storage: Any = default_storage
    params = {"Bucket": settings.S3_BUCKET, "Key": file.path, "ContentType": file.type}
    url = storage.connection.meta.client.generate_presigned_url("put_object", Params=params, ExpiresIn=600)
    return {"method": "PUT", "url": url, "headers": {"Content-Type": file.type}}


def put(file: File, content: bytes) -> None:
    """Store the bytes of a file that was begun; their number must be the one announced."""
    if len(content) != file.size:
        raise Refused("file_size", _("The file arrived incomplete. Please send it again."), status=422)
    default_storage.save(file.path, ContentFile(content))
    File.objects.filter(pk=file.pk).update(stored=True)


def keep(name: str, content: bytes, kind: str, *, by: Actor, at: datetime) -> File:
    """Store a file the product made itself (an export, a printed form)."""
    file = begin(name, kind, len(content), by=by, at=at)
    put(file, content)
    file.stored = True
    return file


def _arrived(file: File) -> bool:
    """Whether the bytes that a client put straight into S3 are there, all of them."""
    return default_storage.exists(file.path) and default_storage.size(file.path) == file.size


def keep_large(name: str, content: Any, size: int, kind: str, *, by: Actor, at: datetime) -> File:
    """Store a file the product made itself that may be larger than what people upload."""
    path = f"{config.schema()}/{at:%Y%m}/{secrets.token_urlsafe(16)}/{clean_name(name)}"
    kept = default_storage.save(path, content)
    return File.objects.create(name=clean_name(name), type=kind, size=size, path=kept, stored=True, created_at=at, created_by=by.id)


def attach(document: Document, file: File, *, by: Actor, at: datetime) -> File:
    """Hang an uploaded file on a document; it appears in its history."""
    if file.created_by != by.id or file.subject:
        raise Refused("not_found", _("Please upload the file again."), status=404)
    if not file.stored and not _arrived(file):
        raise Refused("file_size", _("The file arrived incomplete. Please send it again."), status=422)
    with default_storage.open(file.path) as stream:
        sniffing.check(file.name, stream.read(sniffing.HEAD))
        if not file.stored:  # straight into S3: nobody has looked into it yet
            stream.seek(0)
            scanning.check(file.name, iter(lambda: stream.read(scanning.BLOCK), b""))
    with calls.call() as call:
        file.subject, file.subject_id = key_of(type(document)), document.pk
        file.stored = True
        file.save(update_fields=["subject", "subject_id", "stored"])
        call.events.append(events.make("file", document, by=by, at=at, changes={}, data={"name": file.name}))
    return file


def content_of(file: File) -> bytes:
    with default_storage.open(file.path) as stream:
        return bytes(stream.read())


def signed_url(file: File) -> str:
    """A link to the bytes that works for a few minutes, when they lie in S3; empty otherwise."""
    return default_storage.url(file.path) if settings.S3_BUCKET else ""


def told(file: File) -> dict[str, Any]:
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "type": file.type,
        "url": f"/api/v1/files/{file.pk}/",
        "at": file.created_at.isoformat(timespec="seconds"),
        "by": people.named("member", file.created_by),
    }
