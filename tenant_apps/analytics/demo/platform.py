"""What the demo companies and the operators of the platform have to do with each other."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from kernel import clock
from kernel.access import Actor
from shared_apps.console import demo as console
from shared_apps.implementation import demo as implementation
from tenant_apps.analytics.demo.book import Book
from tenant_apps.analytics.demo.crew import PASSWORD
from tenant_apps.organization.models import Member
from tenant_apps.organization.people import actor
from tenants.context import public_context, tenant_context
from tenants.models import Tenant


def operate() -> Actor:
    """The operator, and what they announce."""
    ops = console.operator(make_password(PASSWORD))
    console.news(ops, clock.now())
    return ops


def serve(book: Book, ops: Actor) -> None:
    """The company's implementation, and what its people report."""
    with public_context():
        tenant = Tenant.objects.get(slug=book.slug)
    with tenant_context(tenant):
        people = {member.email: actor(member) for member in Member.objects.filter(state=Member.State.ACTIVE)}
        staff = [people[book.email(person)] for person in book.people if book.email(person) in people]
        implementation.carry_out(ops, staff[0], book.slug, clock.now())
        console.report(ops, staff[1:5], clock.now())
        console.library(ops, staff[:4], clock.now())
