"""The endpoints every resource has. No business here: they read what was sent, call the kernel, and write the answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel import batch, calls, clock, config, doors, holding, jobs, limits, once, pace, people, registry, saving
from kernel.access import Actor
from kernel.actions import Action, perform
from kernel.listing import Listing
from kernel.preview import asked, preview
from kernel.reading import render_document
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import MASK, key_of
from tenants.context import PUBLIC

AMOUNTS = ("money", "price")


class ResourceView(APIView):
    """Base: knows its resource, finds documents among those visible, and answers a repeated request with the first answer."""

    resource: Resource = None  # type: ignore[assignment]
    action: Action | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with ExitStack() as self.left:
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A company's member works among the platform's documents as a guest; a company's own are not known to the console."""
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            pace.ask(self.actor)
        outside = config.schema() == PUBLIC
        if self.resource.platform and not outside:
            request.user = self.left.enter_context(people.platform.enter(self.actor))  # type: ignore[assignment]
        elif outside and not self.resource.platform and self.resource.app != "kernel":
            raise Http404

    @property
    def actor(self) -> Actor:
        return self.request.user  # type: ignore[return-value]

    def document(self, pk: int) -> Any:
        """A document this member may see; one of another's is as absent as one that never was."""
        return doors.find(self.resource, pk, self.actor)

    def handle(self, pk: int) -> Any:
        return doors.handle(self.resource, pk, self.actor)

    def shown(self, pk: int) -> dict[str, Any]:
        """The document for the answer; only its envelope when the client prefers little."""
        found = render_document(self.resource, pk, self.actor)
        if found is None:
            raise Http404
        return found

    def once(self, request: Request, work: Callable[[], once.Answer]) -> Response:
        data = request.data if request.content_type == "application/json" else None
        (status, body), again = once.carried_out(
            self.actor, request.headers.get("Idempotency-Key", ""), (request.method or "", request.get_full_path(), data), work
        )
        response = Response(body, status=status)
        if again:
            response["Idempotent-Replay"] = "true"
        return response

    def answer(self, document: Any) -> dict[str, Any]:
        """What an action answers: the document as it is now, what came into being with it, and who is waited for."""
        call = calls.current()
        held = {"held": call.held[0]} if call.held else {}
        if document is None:
            return {"document": None, "created": [], **held}
        created = [made for made in call.created if made is not document and registry.of(type(made)) is not None]
        told = [{"_key": key_of(type(made)), "id": made.pk, "_label": str(made)} for made in created[:50]]
        if "return=minimal" in self.request.headers.get("Prefer", ""):
            brief = {"id": document.pk, "version": document.version, "number": document.number, "state": getattr(document, "state", None)}
            return {"document": brief, "created": told, **held}
        return {"document": self.shown(document.pk), "created": told, **held}

    def body(self, request: Request) -> dict[str, Any]:
        if not isinstance(request.data, dict):
            raise Refused("bad_json", _("Please send an object of fields."), status=400)
        return dict(request.data)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Refused) and exc.code == "stale" and "pk" in self.kwargs:
            exc.extra["current"] = render_document(self.resource, self.kwargs["pk"], self.actor)
        return super().handle_exception(exc)


class Collection(ResourceView):
    """List and create."""

    def get(self, request: Request) -> Response:
        listing = Listing(self.resource, self.actor, dict(request._request.GET.lists()))
        if listing.one("group"):
            return Response(listing.grouped() | listing.totals())
        if listing.one("count") or listing.one("sum"):
            return Response(listing.page() | listing.totals())
        return Response(listing.page())

    def post(self, request: Request) -> Response:
        resource, by = self.resource, self.actor
        if not resource.creatable:
            raise Refused(
                "not_creatable", _("“%(label)s” is made by another document's action, not by hand.") % {"label": resource.label}, status=405
            )
        by.require(resource.key, "create", label=resource.label)
        limits.ask_creating(resource.app, program=request.auth == "token" and bool(resource.model.date_field))
        data = self.body(request)
        verbs = [verb for verb in request.query_params.get("then", "").split(",") if verb]

        def work() -> once.Answer:
            at = clock.now()
            document = doors.create(resource, holding.choose(data), by=by, at=at)
            for position, verb in enumerate(verbs if document is not None else ()):
                if calls.current().held:
                    holding.go_on_with(verbs[position:])
                    break
                document = perform(doors.known(resource, verb), document, by=by, at=at, values={})
            if calls.current().held:
                return 202, self.answer(document)
            return 201, self.answer(document) if verbs else self.shown(document.pk)

        return self.once(request, work)


class Single(ResourceView):
    """Read, change, delete."""

    def get(self, request: Request, pk: int) -> Response:
        self.handle(pk)
        return Response(self.shown(pk))

    def patch(self, request: Request, pk: int) -> Response:
        resource, by, data = self.resource, self.actor, self.body(request)
        limits.ask_open(resource.app)
        version = doors.version_of(data)

        def work() -> once.Answer:
            document = saving.lock(self.handle(pk), version)
            doors.change(resource, document, holding.choose(data), by=by, at=clock.now())
            return (202, self.answer(document)) if calls.current().held else (200, self.shown(pk))

        return self.once(request, work)

    def delete(self, request: Request, pk: int) -> Response:
        limits.ask_open(self.resource.app)
        with calls.call() as call:
            holding.choose(self.body(request))
            document = saving.lock(self.handle(pk))
            doors.remove(self.resource, document, by=self.actor, at=clock.now())
            return Response(self.answer(document), status=202) if call.held else Response(status=204)


class Act(ResourceView):
    """Carry out one action."""

    def post(self, request: Request, pk: int) -> Response:
        action, by, data = self.action, self.actor, self.body(request)
        assert action is not None
        limits.ask_open(self.resource.app)
        version = doors.version_of(data)

        def work() -> once.Answer:
            handle = self.handle(pk)
            by.require(self.resource.key, action.verb, label=str(action.label))
            values = doors.read_params(action, holding.choose(data), by)
            document = perform(action, handle, by=by, at=clock.now(), values=values, version=version)
            return 202 if calls.current().held else 200, self.answer(document)

        return self.once(request, work)


class Preview(ResourceView):
    """Compute without saving."""

    only_reads = True
    while_read_only = True

    def post(self, request: Request) -> Response:
        data = self.body(request)
        self.actor.require(self.resource.key, "read", label=self.resource.label)
        document = asked(data, self.document)
        return Response(preview(self.resource, data, document=document, by=self.actor, at=clock.now()))


class Bulk(ResourceView):
    """One verb, or one change, on many documents; more than a handful are done by a worker."""

    def post(self, request: Request) -> Response:
        limits.ask_open(self.resource.app)
        data = self.body(request)
        rows, verb, values = batch.checked(self.resource, data.get("ids"), data.get("verb"), data.get("values") or {})
        if len(rows) > batch.AT_ONCE:
            return Response({"job": jobs.told(batch.queue(self.resource, rows, verb, values, self.actor))}, status=202)
        return Response({"results": [batch.one(self.resource, row, verb, values, self.actor) for row in rows]})


class Lookup(ResourceView):
    """What a picker offers."""

    only_reads = True

    def get(self, request: Request) -> Response:
        params = {name: values for name, values in request._request.GET.lists() if name not in ("columns", "sort", "count", "sum", "group")}
        params.setdefault("limit", ["20"])
        listing = Listing(
            self.resource, self.actor, {**params, "columns": [",".join(self.resource.lookup)] if self.resource.lookup else ["id"]}
        )
        return Response({"rows": [self.row(row) for row in listing.page()["rows"]]})

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        values = {name: row[name] for name in self.resource.lookup if name in row}
        texts = [self.text(name, value) for name, value in values.items() if value not in (None, "", row["_label"])]
        return {"id": row["id"], "label": row["_label"], "sub": " · ".join(texts[:3]), "values": values | {"number": row["number"]}}

    def text(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            return str(value["label"])
        spec = self.resource.own.get(name)
        return f"{Decimal(value):,.2f}" if spec is not None and spec.type in AMOUNTS and value != MASK else str(value)

    def post(self, request: Request) -> Response:
        """Many texts at once, as pasted from a spreadsheet: each finds the one row whose business key or name it is."""
        data = self.body(request)
        texts, filters = data.get("texts"), data.get("filters") or {}
        if not isinstance(texts, list) or len(texts) > 2000 or not isinstance(filters, dict):
            raise Refused("bad_lookup", _("Please send at most 2000 texts."), status=400)
        asked = {name: [str(one) for one in (value if isinstance(value, list) else [value])] for name, value in filters.items()}
        listing = Listing(self.resource, self.actor, asked)
        found = match_texts(listing, self.resource, [str(text).strip()[:300] for text in texts])
        return Response({"rows": [self.row(row) if row else None for row in found]})


def match_texts(listing: Listing, resource: Resource, texts: list[str]) -> list[dict[str, Any] | None]:
    """For each text the one visible row of which it is a business key or the name; None when there is none or several."""
    from django.db.models import Q

    from kernel.exchange.references import names_of
    from kernel.reading import render_rows

    names = names_of(resource.model)
    if not names:
        return [None] * len(texts)
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{name}__in": texts})
    specs = {name: resource.fields[name] for name in (*resource.lookup, *names) if name in resource.fields}
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in render_rows(resource, listing.queryset().filter(wanted)[:5000], specs, listing.actor):
        for text in {str(row[name]) for name in names if row.get(name)}:
            by_text.setdefault(text, []).append(row)
    return [by_text[text][0] if text and len(by_text.get(text, ())) == 1 else None for text in texts]
