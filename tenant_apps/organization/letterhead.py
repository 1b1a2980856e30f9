"""The letterhead of printed forms: the legal entity a document belongs to, with the picture attached to it as `logo.png`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.files import content_of
from kernel.models import File
from kernel.printing.letterhead import Letterhead
from kernel.specs import key_of
from tenant_apps.organization.models import Company, Unit

MAX_LOGO = 500_000
SEAL = "organization.seal"
PICTURES = (".png", ".jpg", ".jpeg")


def letterhead_of(document: Mapping[str, Any]) -> Letterhead:
    """The company of the document's department; else the first one."""
    company = company_of(document)
    if company is None:
        return Letterhead(name="")
    own = {name: getattr(company, name) for name in ("name", "address", "phone", "tax_no", "bank_name", "bank_account")}
    return Letterhead(**own, logo=_logo(company))


def company_of(document: Mapping[str, Any]) -> Company | None:
    key = (document.get("unit") or {}).get("id") or 0
    unit = Unit.objects.select_related("company").filter(pk=key).first()
    return unit.company if unit else Company.objects.order_by("pk").first()


def seal_of(document: Mapping[str, Any]) -> bytes:
    """The seal of the same company; empty when it has none here."""
    company = company_of(document)
    found = None if company is None else seal_file(company.pk)
    return content_of(found) if found else b""


def seal_file(company: int) -> File | None:
    """The picture of a company's seal, kept apart from its attachments, which more people may open."""
    return File.objects.filter(subject=SEAL, subject_id=company, stored=True).order_by("-pk").first()


def _logo(company: Company) -> bytes:
    files = File.objects.filter(subject=key_of(Company), subject_id=company.pk, stored=True, size__lte=MAX_LOGO, name__istartswith="logo.")
    found = next((file for file in files.order_by("-pk") if file.name.lower().endswith(PICTURES)), None)
    return content_of(found) if found else b""
