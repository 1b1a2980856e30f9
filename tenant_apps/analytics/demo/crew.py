"""The people of a demo company, their departments and log-ins, and in whose name things are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils.translation import pgettext

from kernel import saving
from kernel.access import SYSTEM, Actor
from shared_apps.accounts.services import remember
from tenant_apps.analytics.demo.book import Book
from tenant_apps.organization import actions
from tenant_apps.organization.models import Company, Member, Position, Role, Unit
from tenant_apps.organization.people import actor
from tenants.context import public_context
from tenants.models import Tenant
from tenants.provisioning import Founding, create_company

PASSWORD = "millwright-demo"  # noqa: S105 - printed beside every log-in


@dataclass(frozen=True)
class Crew:
    """Who acts in the story, by role; sales engineers by region."""

    roles: dict[str, Actor]
    regions: dict[str, Actor]

    def __getitem__(self, role: str) -> Actor:
        return self.roles[role]

    def rep(self, region: str) -> Actor:
        return self.regions[region]


def account(book: Book, person: dict[str, str], secret: str) -> Any:
    """The log-in of somebody, with a confirmed e-mail."""
    user, new = get_user_model().objects.get_or_create(email=book.email(person), defaults={"name": person["name"], "password": secret})
    if new:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def found(book: Book) -> Tenant:
    """The company itself, founded by the first of its people."""
    with public_context():
        there = Tenant.objects.filter(slug=book.slug).first()
        if there is not None:
            return there
        founder = account(book, book.people[0], make_password(PASSWORD))
    company = create_company(Founding(name=book.name, slug=book.slug), founder.pk)
    with public_context():
        remember(founder, company)
    return company


def hire(book: Book, tenant: Tenant, at: datetime) -> Crew:
    """Letterhead, departments, positions and everybody with their role."""
    units = _departments(book, at)
    secret = make_password(PASSWORD)
    named: dict[str, Actor] = {}
    regions: dict[str, Actor] = {}
    for person in book.people:
        with public_context():
            user = account(book, person, secret)
            remember(user, tenant)
        acting = actor(_member(person, user, units, at))
        named.setdefault(person["role"], acting)
        if "region" in person:
            regions[person["region"]] = acting
    return Crew(named, regions)


def _departments(book: Book, at: datetime) -> dict[str, Unit]:
    own = Company.objects.get()
    saving.change(own, {**book.letterhead, "admin_factor_from": None}, by=SYSTEM, at=at)  # everybody looks at a demo with its one password
    head = Unit.objects.get(parent=None)
    units = {unit.name: unit for unit in Unit.objects.all()}
    for values in book.subsidiaries:
        letterhead = {name: value for name, value in values.items() if name != "department"}
        company = saving.create(Company, {**letterhead, "parent": own}, by=SYSTEM, at=at)
        department = {"name": values["department"], "company": company, "parent": head}
        units[values["department"]] = saving.create(Unit, department, by=SYSTEM, at=at)
    for name, above in book.departments.items():
        parent = units[pgettext("department", above)] if above else head
        units[name] = saving.create(Unit, {"name": name, "company": own, "parent": parent}, by=SYSTEM, at=at)
    return units


def _member(person: dict[str, str], user: Any, units: dict[str, Unit], at: datetime) -> Member:
    role = Role.objects.get(name=pgettext("role", person["role"]))
    unit = units.get(person["department"]) or units[pgettext("department", person["department"])]
    position = saving.create(Position, {"name": person["position"], "department": unit}, by=SYSTEM, at=at)
    values = {"department": unit, "position": position, "roles": [role.pk]}
    member = Member.objects.filter(account=user.pk).first()
    if member is not None:
        return saving.change(member, values, by=SYSTEM, at=at)
    member = saving.create(Member, {**values, "name": person["name"], "email": user.email}, by=SYSTEM, at=at)
    actions.join(member, by=SYSTEM, at=at, account=user.pk)
    return member


def logins(book: Book) -> list[dict[str, str]]:
    """One person of each role, as a visitor may want to be them."""
    shown: dict[str, dict[str, str]] = {}
    for person in book.people:
        shown.setdefault(person["role"], {"email": book.email(person), "name": person["name"], "position": person["position"]})
    return list(shown.values())
