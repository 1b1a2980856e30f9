"""The operator of the demo platform, what they announce, and what people of the demo companies report."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from kernel import calls, saving
from kernel.access import Actor
from kernel.actions import Action, perform
from kernel.documents import Document
from shared_apps.accounts.models import User
from shared_apps.console import training
from shared_apps.console.actions import announcements, feedback, materials
from shared_apps.console.models import Announcement, Feedback, Material, Person, Release
from shared_apps.console.people import enter, hire, load_actor
from tenants.context import public_context

EMAIL = "ops@millwright.example"
NAME = "陈维"
SECOND_FACTOR = "MILLWRIGHTDEMOSECRETOFOPERATOR23"
"""The secret of the authenticator app; printed beside the password, so it protects nothing but the demo."""
TOLD: dict[str, Any] = tomllib.loads((Path(__file__).parent / "demo.toml").read_text())


def operator(secret: str) -> Actor:
    """The demo's operator with password and second factor, made when they are not there yet."""
    with public_context():
        user, new = User.objects.get_or_create(email=EMAIL, defaults={"name": NAME, "password": secret})
        if new:
            EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(user, SECOND_FACTOR)
        hire(user, Person.Role.ADMIN)
        actor = load_actor(user.pk)
    assert actor is not None
    return actor


def at(now: datetime, days: int, hour: int) -> datetime:
    """So many days ago at an hour of the day; never later than now."""
    return min(now, datetime.combine(now.date() - timedelta(days=days), time(hour, 20), now.tzinfo))


def do(action: Action, document: Any, by: Actor, at: datetime, **values: Any) -> Any:
    """Carry out an action as this person could on the screen."""
    return perform(action, type(document)(pk=document.pk), by=by, at=at, values=values)


def make(model: type[Document], by: Actor, at: datetime, values: dict[str, Any], **lines: Any) -> Any:
    """Create a document as this person could on the screen."""
    by.require(f"{model._meta.app_label}.{model._meta.model_name}", "create")
    return saving.create(model, values, lines, by=by, at=at)


def news(ops: Actor, now: datetime) -> None:
    """One release and what was announced of it."""
    with public_context(), calls.call():
        told = TOLD["release"]
        if Release.objects.filter(version_name=told["version_name"]).exists():
            return
        make(Release, ops, at(now, 12, 18), {**told, "released_on": at(now, 12, 18).date()})
        draft = make(Announcement, ops, at(now, 12, 18), TOLD["announcement"])
        do(announcements.publish, draft, ops, at(now, 12, 19))


def library(ops: Actor, people: Sequence[Actor], now: datetime) -> None:
    """Training material, and what some people of the company in force have ticked off."""
    with public_context():
        there = dict(Material.objects.values_list("title", "pk"))
        for place, told in enumerate(TOLD["material"]):
            if told["title"] in there:
                continue
            with calls.call():
                values = {name: told[name] for name in told if name != "ticked"} | {"text": told["text"].strip(), "place": place}
                row = make(Material, ops, at(now, 20, 10), values)
                do(materials.publish, row, ops, at(now, 20, 11))
    for number, person in enumerate(people):
        with enter(person) as guest:
            for told in TOLD["material"]:
                if number < told.get("ticked", 0):
                    row = Material.objects.get(title=told["title"])
                    training.tick(row, guest.company or 0, guest.id or 0, at(now, 15 - number, 16))


def report(ops: Actor, people: Sequence[Actor], now: datetime) -> None:
    """What people of the company in force have reported, and what became of it. `people`: some members, anyone."""
    for number, told in enumerate(TOLD["feedback"]):
        with enter(people[number % len(people)]) as guest, calls.call():
            assert guest is not None
            if number == 0 and Feedback.objects.filter(client=guest.company).exists():
                return
            row = make(Feedback, guest, at(now, told["days"], 10), {name: told[name] for name in ("title", "text", "kind", "screen")})
            _answer(row, told, ops, guest, now)


def _answer(row: Feedback, told: dict[str, Any], ops: Actor, guest: Actor, now: datetime) -> None:
    days = told["days"]
    if "severity" in told:
        do(feedback.classify, row, ops, at(now, days, 11), kind=told["kind"], severity=told["severity"], area=told["area"])
    if "answer" in told:
        do(feedback.reply, row, ops, at(now, days, 15), text=told["answer"])
    if told.get("released"):
        do(feedback.deliver, row, ops, at(now, 12, 19), release=Release.objects.get(version_name=TOLD["release"]["version_name"]))
    if told.get("closed"):
        do(feedback.close, row, guest, at(now, 11, 9))
