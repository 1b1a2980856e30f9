"""Every field that holds more than everyday business data says how far it has to be protected, in the screens' and programs' descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kernel import registry
from kernel.sensitivity import CLASSES, CONFIDENTIAL, PAYMENT, PERSONAL
from kernel.specs import NUMERIC, Spec

DELICATE = re.compile(r"(mail|phone|mobile|birth|gender|passport|hired|bank|iban)")
FIGURES = re.compile(r"(^|_)(costs?|margin|floor|profit|commission|salary|wage)(_|$)")
KNOWN = {
    "organization.member.name": PERSONAL,
    "organization.member.email": PERSONAL,
    "organization.member.phone": PERSONAL,
    "organization.member.hired_on": PERSONAL,
    "partners.contact.name": PERSONAL,
    "partners.partner.contacts.phone": PERSONAL,
    "partners.partner.bank_account": PAYMENT,
    "organization.company.titles.bank_account": PAYMENT,
    "catalog.item.standard_cost": CONFIDENTIAL,
    "catalog.item.floor_percent": CONFIDENTIAL,
    "inventory.move.lines.unit_cost": CONFIDENTIAL,
    "sales.order.margin": CONFIDENTIAL,
    "console.opening.owner_email": PERSONAL,
    "sales.order.total": "",
    "catalog.category.cost_account": "",
}


def fields() -> Iterator[tuple[str, Spec]]:
    for resource in (*registry.everything().values(), *registry.of_platform().values()):
        yield from ((f"{resource.key}.{name}", spec) for name, spec in resource.own.items())
        for kind, specs in resource.line_specs.items():
            yield from ((f"{resource.key}.{kind}.{name}", spec) for name, spec in specs.items())


def test_what_is_delicate_by_its_name_or_type_has_a_class():
    plain = {path for path, spec in fields() if not spec.protection}
    for path, spec in fields():
        delicate = spec.type == "email" or DELICATE.search(spec.name) or (spec.type in NUMERIC and FIGURES.search(spec.name))
        assert not (delicate and path in plain), f"{path}: say how it is protected (`sensitive`), or name it otherwise"


@pytest.mark.parametrize(("path", "wanted"), KNOWN.items())
def test_the_class_is_told_to_screens_and_programs(path: str, wanted: str):
    spec = dict(fields())[path]
    assert (spec.meta().get("sensitive", ""), spec.schema().get("x-sensitive", "")) == (wanted, wanted)


def test_there_are_no_other_classes():
    assert {spec.protection for _path, spec in fields()} <= {"", *CLASSES}
