"""What can happen to a document. An action is a function; its signature is the API request and the dialog.

    @action(when=Quote.State.DRAFT, then=Quote.State.SENT, label=_("Send"))
    def send(quote: Quote, *, by: Actor, at: datetime, message: str = "") -> None:
        \"\"\"Fix the total and offer the quote to the customer.\"\"\"

Whoever calls it (button, API, bulk edit, import, another action) goes through the same steps in the same order: lock and
compare the version, state, permission, gates, approval, the function itself, new state, one event, and what follows from it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kernel import calls, events, gates, holding, saving, words
from kernel.access import Actor
from kernel.differences import differences, snapshot, told
from kernel.documents import Document
from kernel.refusals import Refused
from kernel.specs import Spec, key_of

Text = str | Promise
States = str | Iterable[str] | None
PARAM_TYPES = {str: "text", int: "int", bool: "bool", Decimal: "money", date: "date", datetime: "datetime", dict: "json", list: "json"}


class Action:
    """An action as the kernel knows it. Calling it carries it out, whoever calls."""

    def __init__(
        self,
        function: Callable[..., None],
        *,
        when: States,
        then: str | None,
        label: Text,
        style: str,
        confirm: Text,
        bulk: bool,
        says: Text,
        opens: bool,
        params: dict[str, Any],
    ) -> None:
        self.function, self.label, self.style, self.confirm, self.bulk = function, label, style, confirm, bulk
        self.says, self.opens = says, opens
        self.verb = function.__name__.rstrip("_")
        self.when = frozenset({when} if isinstance(when, str) else when or ())
        self.then = then
        self.overlay = params
        self.__doc__ = function.__doc__

    @cached_property
    def hints(self) -> dict[str, Any]:
        return get_type_hints(self.function)

    @cached_property
    def model(self) -> type[Document]:
        first = next(iter(inspect.signature(self.function).parameters))
        return cast("type[Document]", self.hints[first])

    @property
    def help(self) -> str:
        """What it does, in the reader's language: the first line of the function's docstring."""
        text = (self.__doc__ or "").strip().partition("\n")[0]
        return _(text) if text else ""

    @property
    def kind(self) -> str:
        return f"{key_of(self.model)}.{self.verb}"

    @cached_property
    def params(self) -> dict[str, Spec]:
        """What the caller is asked, read from the signature."""
        found = {}
        for name, parameter in inspect.signature(self.function).parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY and name not in ("by", "at"):
                found[name] = self._param(name, parameter)
        return found

    def _param(self, name: str, parameter: inspect.Parameter) -> Spec:
        hint = self.hints[name]
        optional = False
        if get_origin(hint) in (Union, type(int | str)) and type(None) in get_args(hint):
            hint, optional = next(arg for arg in get_args(hint) if arg is not type(None)), True
        required = parameter.default is parameter.empty
        default = None if required else parameter.default
        is_model = isinstance(hint, type) and issubclass(hint, models.Model)
        given = dict(self.overlay.get(name, {}))
        kind = "ref" if is_model else PARAM_TYPES[get_origin(hint) or hint]
        basis: dict[str, Any] = {"name": name, "label": name.replace("_", " ").capitalize(), "type": kind}
        basis |= {"required": required, "default": default, "null": optional, "target": hint if is_model else None}
        if kind == "money":
            basis["scale"] = 2
        if kind == "text":
            basis["max_length"] = 2000
        return Spec(**{**basis, **given})

    def __call__(self, document: Document, *, by: Actor, at: datetime, **values: Any) -> None:
        """Carry it out as a part of another action, whose permission covers it; states and gates hold all the same."""
        perform(self, document, by=by, at=at, values=values, part=True)

    def possible(self, document: Any) -> bool:
        """Whether the document's state allows it."""
        return not self.when or document.state in self.when


def action(
    *,
    label: Text,
    when: States = None,
    then: str | None = None,
    style: str = "default",
    confirm: Text = "",
    bulk: bool = False,
    says: Text = "",
    opens: bool = False,
    params: dict[str, Any] | None = None,
) -> Callable[[Callable[..., None]], Action]:
    """Declare what can happen to a document, in which states, and what state it ends in.

    `style` primary, default or danger; `confirm` a question asked first; `bulk` offered on a list's selection; `says` the
    event in words; `opens` its purpose is the document it makes, in which work goes on; `params` labels and other details of
    parameters ({name: {Spec field: value}}).
    """

    def declare(function: Callable[..., None]) -> Action:
        return Action(
            function,
            when=when,
            then=then,
            label=label,
            style=style,
            confirm=confirm,
            bulk=bulk,
            says=says,
            opens=opens,
            params=params or {},
        )

    return declare


def perform(
    what: Action, document: Document, *, by: Actor, at: datetime, values: dict[str, Any], version: int | None = None, part: bool = False
) -> Document:
    """Carry out an action on a document, given itself or as a mere handle with its key. Returns it as it is afterwards.

    `part`: it belongs to another action, whose permission covers it.
    """
    with calls.call() as call:
        document = saving.lock(document, version)
        if what.when and document.state not in what.when:  # type: ignore[attr-defined]
            raise wrong_state(what, document)
        if not part:
            by.require(key_of(what.model), what.verb, document, str(what.label))
        holding.check_free(document, by)
        gates.ask(what.kind, document, by=by, at=at)
        if holding.held(key_of(what.model), what.verb, document, lambda: holding.wire(what.params, values), by=by, at=at, part=part):
            return document
        before = snapshot(document)
        what.function(document, by=by, at=at, **values)
        if what.then is not None:
            set_state(document, what.then)
        saving.store(document, by=by, at=at)
        changes = told(document, differences(document, before))
        given = ({"values": _told(values)} if values else {}) | _confirmed(call, what.kind)
        event = events.make(what.verb, document, by=by, at=at, changes=changes, data=given or None)
        call.events.append(event)
        events.follow(document, event, by=by, at=at)
        return document


def _confirmed(call: calls.Call, kind: str) -> dict[str, Any]:
    return {"checked": call.confirmed.pop(kind)} if kind in call.confirmed else {}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in values.items() if value not in (None, "") and not isinstance(value, dict | list)}


def move(document: Document, to: str, *, by: Actor, at: datetime, reason: str = "", before: dict[str, Any] | None = None) -> None:
    """Set a state that follows from facts (a delivered order); for the one function that recomputes it, with its own event."""
    before = before or snapshot(document)
    set_state(document, to)
    saving.store(document, by=by, at=at)
    changes = told(document, differences(document, before))
    event = events.make("state", document, by=by, at=at, changes=changes, data={"reason": reason} if reason else None)
    calls.current().events.append(event)
    events.follow(document, event, by=by, at=at)


def set_state(document: Document, state: str) -> None:
    document.__dict__["state"] = state


def wrong_state(what: Action, document: Any) -> Refused:
    states = dict(type(document).State.choices)
    allowed = words.listed(str(states[state]) for state in states if state in what.when)
    told = {"action": what.label, "allowed": allowed, "document": document, "state": states.get(document.state, document.state)}
    sentence = _("“%(action)s” is possible when it is: %(allowed)s. %(document)s is now: %(state)s.") % told
    more, help = document.way_on()
    return Refused("wrong_state", f"{sentence} {more}".strip(), help=help)
