"""A message about something to decide, with the answers that can be given from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.models import Message
from tenant_apps.approvals import turns
from tenants import directory
from tenants.context import here

PAGE = "/decide"


@dataclass(frozen=True)
class Card:
    """What a service that knows buttons puts under a message."""

    task: str
    """What the service calls it and tells us when a button is pressed: `turn-<task>-<turn>-<message>`."""
    page: str
    """The page of the product that shows the document's summary and asks."""
    answers: Mapping[str, str]
    """{verb: what its button says}; none: it is decided after logging in."""

    def link(self, verb: str) -> str:
        path, _hash, word = self.page.partition("#")
        return f"{path}/{verb}#{word}"

    @property
    def lines(self) -> str:
        """For services without buttons."""
        if not self.answers:
            return _("Decide: %(url)s") % {"url": self.page}
        told = [f"{label}: {self.link(verb)}" for verb, label in self.answers.items()]
        return "\n".join([*told, _("These links are for you alone. Nothing is decided before you confirm it on the page they open.")])


def of(origin: str, member: int, pk: int) -> Card | None:
    """The card of a message that stands in somebody's inbox; None when there is nothing to decide, or no longer."""
    link = Message.objects.filter(member=member, origin=origin).values_list("link", flat=True).first()
    found = turns.of_message(link, member)
    if found is None:
        return None
    task, verbs = found
    slug = here().tenant.slug  # type: ignore[union-attr]
    labels = {"agree": pgettext("task", "Agree"), "refuse": pgettext("task", "Refuse")}
    page = directory.url_of(slug, f"{PAGE}#{turns.word(task)}" if verbs else "/w/page/approvals")
    return Card(f"turn-{task.pk}-{turns.number(task)}-{pk}", page, {verb: labels[verb] for verb in verbs})
