"""Letters with links to quotes and contracts of a demo company: read, asked about, signed, late, and one that came back."""

from __future__ import annotations

import base64
from datetime import timedelta

from django.utils import timezone

from kernel import calls, events
from kernel.access import Actor
from kernel.returned import Notice, Trail, reasons, trails
from tenant_apps.analytics.demo.agreements import TOLD
from tenant_apps.analytics.demo.book import HERE
from tenant_apps.analytics.demo.deals import World
from tenant_apps.contracts.models import Contract
from tenant_apps.quoting import delivery, links, signing
from tenant_apps.quoting.models import Quote, QuoteLink

HOUR = timedelta(hours=1)


def go(world: World) -> None:
    """Those of the last quotes that are still open, and of a contract that waits for our own signature."""
    late, back, asked, agreed = _open(world)
    _returned(late, world, 3, "delayed", TOLD["late"])
    _returned(back, world, 20, "failed", TOLD["undelivered"])
    _read(_written(QuoteLink(quote=asked), world, 30), world, 26, TOLD["question"])
    link = _written(QuoteLink(quote=agreed), world, 44)
    links.opened(link, world.now - 28 * HOUR)
    links.accept(link, _name(link), _signature(), world.now - 27 * HOUR)
    contract = Contract.objects.filter(state=Contract.State.DRAFT, kind=Contract.Kind.SALES, source="quoting.quote").order_by("-pk")[0]
    link = _written(QuoteLink(contract=contract), world, 22)
    _read(link, world, 20, TOLD["comment"])
    signing.accept(link, _name(link), _signature(), world.now - 5 * HOUR)


def _open(world: World) -> list[Quote]:
    """Four that the customer can still answer to, with a contact; the latest first."""
    today = timezone.localdate(world.now)
    rows = Quote.objects.filter(
        state=Quote.State.SENT, valid_until__gte=today, contact__isnull=False, quote_date__lt=today - timedelta(days=2)
    )
    return list(rows.select_related("contact").order_by("-quote_date", "-pk")[:4])


def _written(link: QuoteLink, world: World, hours: int) -> QuoteLink:
    """A letter that went out so many hours ago."""
    document = link.document
    contact = document.contact if link.quote_id else document.customer.contacts.order_by("-main", "seq")[0]
    link.email, link.delivery = contact.email, QuoteLink.Delivery.SENT
    link.expires_on = document.valid_until if link.quote_id else timezone.localdate(world.now) + timedelta(days=signing.DAYS)
    by, at = _seller(document, world), world.now - hours * HOUR
    links.issue(link, by=by, at=at)
    calls.current().events.append(events.make("mail", document, by=by, at=at, changes={}, data={"values": {"email": link.email}}))
    return link


def _seller(document: Quote | Contract, world: World) -> Actor:
    return next((one for one in world.crew.regions.values() if one.id == document.owner), world.crew["Sales director"])


def _returned(quote: Quote, world: World, hours: int, outcome: str, said: str) -> None:
    """What a mail server has told of a letter since."""
    link = _written(QuoteLink(quote=quote), world, hours)
    delivery.came_back(link.pk, Trail(0, "q", link.pk, trails.mark_of(link.email)), Notice(outcome, reasons.status_in(said), said))


def _read(link: QuoteLink, world: World, hours: int, text: str) -> None:
    links.opened(link, world.now - hours * HOUR)
    links.comment(link, _name(link), text, world.now - (hours - 1) * HOUR)


def _name(link: QuoteLink) -> str:
    """Who opened it."""
    return str(link.document.customer.contacts.get(email=link.email).name)


def _signature() -> str:
    return f"data:image/png;base64,{base64.b64encode((HERE / 'signature.png').read_bytes()).decode()}"
