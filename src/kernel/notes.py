"""What colleagues write about a document; who is named in it hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import calls, events, people, words
from kernel.access import Actor
from kernel.documents import Document
from kernel.models import Note
from kernel.refusals import FieldError, Invalid
from kernel.specs import key_of

MOST, TOLD = 5000, 500
OFFERED = 20


def write(document: Document, text: Any, mentions: Any = (), *, by: Actor, at: datetime) -> Note:
    """Write a note on a document, in its history too. Refused when it says nothing or names somebody who is not a colleague."""
    if not isinstance(text, str) or not text.strip() or len(text) > MOST or "\x00" in text:
        raise Invalid([FieldError("text", "required", _("Please write something (up to 5,000 characters)."))])
    if not _known(mentions, people.here().nameable(document, by)):
        raise Invalid([FieldError("mentions", "not_found", _("It is not known here. Please choose it from the list."))])
    key = key_of(type(document))
    with calls.call() as call:
        note = Note.objects.create(subject=key, subject_id=document.pk, text=text, mentions=list(mentions), created_at=at, created_by=by.id)
        data = {"text": text[:TOLD], "mentions": list(mentions), "note": note.pk}
        call.events.append(events.make("note", document, by=by, at=at, changes={}, data=data))
        return note


def _known(mentions: Any, there: people.Names) -> bool:
    return (
        isinstance(mentions, Sequence) and not isinstance(mentions, str) and all(isinstance(key, int) and key in there for key in mentions)
    )


def found(document: Document, sought: str, by: Actor) -> list[tuple[int, str]]:
    """Whom a note on a document may name, by part of the name, in Chinese, pinyin or initials."""
    names = sorted(people.here().nameable(document, by).items(), key=lambda one: one[1])
    return [(key, name) for key, name in names if key != by.id and words.finds(sought, name)][:OFFERED]
