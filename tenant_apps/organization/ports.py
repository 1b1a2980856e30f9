"""Tells the kernel what the company has set up: values of parameters, entries of pick lists, closed periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kernel import codes, config, parameters, periods
from kernel.access import Actor
from kernel.periods import Ledger, Span
from tenant_apps.organization import chart
from tenant_apps.organization.models import Code, Period, Setting

ROW = ("table", "code", "label", "label_en", "colour", "position", "active")


def load_settings() -> dict[tuple[str, str, int | None], Any]:
    return {(name, scope, place): value for name, scope, place, value in Setting.objects.values_list("name", "scope", "place", "value")}


def places(by: Actor) -> Sequence[parameters.Place]:
    """Where somebody is, nearest first."""
    company = chart.company_of(by.unit_id)
    units = [("unit", unit) for unit in chart.units_above(by.unit_id)]
    return [("user", by.id), *units, *([("company", company)] if company is not None else [])]


def load_codes() -> list[codes.Row]:
    return [codes.Row(*row) for row in Code.objects.values_list(*ROW)]


def closed(ledger: str, unit: int | None) -> Sequence[Span]:
    """The closed days of a ledger in a department's company; of somebody who belongs nowhere, in the first one."""
    spans = config.cached("closed-periods", _load_closed)
    if not spans:
        return ()
    place = chart.company_of(unit) or min((one.company for one in chart.book().units.values()), default=0)
    return spans.get((place, ledger), ())


def _load_closed() -> dict[tuple[int, str], list[Span]]:
    found: dict[tuple[int, str], list[Span]] = {}
    columns = [f"{ledger}_closed" for ledger in Ledger.values]
    for company, starts, ends, name, *shut in Period.objects.order_by("starts").values_list(
        "company_id", "starts", "ends", "name", *columns
    ):
        for ledger in (one for one, is_shut in zip(Ledger.values, shut, strict=True) if is_shut):
            found.setdefault((company, ledger), []).append(Span(starts, ends, name))
    return found


def fill() -> None:
    parameters.port.load = load_settings
    parameters.port.places = places
    codes.port.load = load_codes
    periods.port.closed = closed
