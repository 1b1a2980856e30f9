"""How a demo company is organised: sales regions, who leads and reports to whom, brands and series, closed months."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext

from kernel import saving
from kernel.access import SYSTEM
from kernel.periods import Ledger
from tenant_apps.analytics.demo.book import Book
from tenant_apps.catalog.models import Brand, Category, Item, Series
from tenant_apps.organization import periods
from tenant_apps.organization.models import Code, Company, Member, Period, Position, Region, Setting, Unit
from tenant_apps.organization.screens.calendar import of_year
from tenant_apps.partners.code_tables import INDUSTRY

REGIONS = {
    "华东": ["310000", "320000", "330000", "340000", "360000"],
    "华北": ["110000", "120000", "130000", "140000", "150000", "370000", "210000", "220000", "230000"],
    "华南": ["440000", "450000", "460000", "350000", "420000", "430000", "410000"],
    "西南": ["500000", "510000", "520000", "530000", "540000", "610000"],
}
TRADE = {"label": "经销商", "label_en": "Dealers", "colour": "purple", "position": 200}
OPEN_MONTHS = 2
"""The running month and the one before it are still open."""


def arrange(book: Book, at: datetime) -> None:
    """Regions and who serves them, heads and posts, staff numbers, a brand and the series of its machines."""
    regions = saving.create_many(Region, [({"name": name, "divisions": codes}, {}) for name, codes in REGIONS.items()], by=SYSTEM, at=at)
    served = {region.name: region.pk for region in regions}
    people = {member.email: member for member in Member.objects.select_related("position", "department").order_by("pk")}
    top = people[book.email(book.people[0])]
    saving.change(Unit.objects.get(parent=None), {"head": top.pk}, by=SYSTEM, at=at)
    for serial, person in enumerate(book.people, 1):
        member = people[book.email(person)]
        _place(member, top, people, [served[person["region"]]] if "region" in person else [], at)
        hired = at.date() - timedelta(days=97 * serial)
        saving.change(member, {"employee_no": f"E{serial:03d}", "hired_on": hired}, by=SYSTEM, at=at)
    saving.create(Code, {"table": INDUSTRY.key, "code": "dealer", **TRADE}, by=SYSTEM, at=at)
    _titles(book, at)


def _place(member: Member, top: Member, people: dict[str, Member], regions: list[int], at: datetime) -> None:
    """Their department is theirs to lead if nobody leads it yet; their post reports to that of the one who leads the department above."""
    assert member.department_id and member.position_id
    unit = Unit.objects.get(pk=member.department_id)
    if unit.head is None:
        saving.change(unit, {"head": member.pk, "regions": regions}, by=SYSTEM, at=at)
    lead: Any = unit
    while lead is not None and lead.head in (None, member.pk):
        lead = lead.parent
    above = next((one for one in people.values() if lead is not None and one.pk == lead.head), None)
    if above is not None and member.pk != top.pk:
        saving.change(Position.objects.get(pk=member.position_id), {"reports_to": above.position, "regions": regions}, by=SYSTEM, at=at)


def _titles(book: Book, at: datetime) -> None:
    own = Company.objects.order_by("pk")[0]
    told = {name: book.letterhead[name] for name in ("tax_no", "bank_name", "bank_account")}
    branch = {"title": f"{own.name}售后服务分公司", "tax_no": own.tax_no, "bank_name": own.bank_name}
    saving.change(own, {}, {"titles": [{"title": own.name, "default": True, **told}, branch]}, by=SYSTEM, at=at)
    abroad = Unit.objects.filter(name="国际业务部").first() or Unit.objects.get(name=pgettext("department", "Sales"))
    setting = {"name": "quoting.valid_days", "scope": "unit", "place": abroad.pk, "value": 45}
    saving.create(Setting, setting, by=SYSTEM, at=at)


def brand(book: Book, at: datetime) -> None:
    """One's own trademark, one that is sold as agent, and a series for every category with machines."""
    values = {
        "registration_no": "第 4800 0001 号",
        "holder": book.letterhead["name"],
        "valid_from": at.date(),
        "valid_to": at.date() + timedelta(days=3650),
    }
    own = saving.create(Brand, {"name": book.name[:2], **values}, by=SYSTEM, at=at)
    saving.create(Brand, {"name": "FANUC", "kind": Brand.Kind.AGENCY, "holder": "FANUC"}, by=SYSTEM, at=at)
    for category in Category.objects.filter(pk__in=Item.objects.filter(serialised=True).values("category")).order_by("pk"):
        told = {"name": category.name, "code": category.name.split(" ")[0][:20], "category": category, "brand": own}
        series = saving.create(Series, {**told, "documents": "说明书\n合格证\n装箱单"}, by=SYSTEM, at=at)
        for item in Item.objects.filter(category=category):
            saving.change(item, {"brand": own, "series": series}, by=SYSTEM, at=at)


def close_months(now: datetime) -> None:
    """Last year and this one are laid out; what is over long enough is closed for stock and receivables."""
    years = range(now.year - 1, now.year + 1)
    for company in Company.objects.order_by("pk"):
        rows: list[Any] = [({**row, "company": company}, {}) for year in years for row in of_year(year)]
        saving.create_many(Period, rows, by=SYSTEM, at=now)
    until = now.date().replace(day=1) - timedelta(days=31 * (OPEN_MONTHS - 1))
    for month in Period.objects.filter(kind=Period.Kind.MONTH, ends__lt=until).order_by("starts"):
        for ledger in (Ledger.STOCK, Ledger.RECEIVABLE):
            periods.close(month, by=SYSTEM, at=now, ledger=ledger.value)
