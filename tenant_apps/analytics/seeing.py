"""What a reader of an overview may see: parts of it are other documents, with rights of their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kernel import registry, words
from kernel.access import Actor


def sees(actor: Actor, key: str, *amounts: str) -> bool:
    """Whether somebody may read a screen and these amounts on it."""
    return actor.may(key, "read") and not actor.profile.hidden(key).intersection(amounts)


def part_only(actor: Actor, keys: Iterable[str]) -> list[str]:
    """What to say where some documents of these kinds may be left out of what is counted."""
    narrow = [str(registry.get(key).plural) for key in keys if actor.may(key, "read") and not actor.everywhere(key, "read")]
    return [_("Only the documents you may see are counted here (%(names)s).") % {"names": words.listed(narrow)}] if narrow else []
