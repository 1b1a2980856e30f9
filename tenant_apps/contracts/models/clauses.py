"""Clauses: the company's own library, and what stands in a contract compared with it (spec 2.4)."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import config, statements
from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.refusals import FieldError, Invalid
from tenant_apps.contracts import risks

PIECE = 40
"""How much of a changed passage is shown."""
AROUND = 6
"""How much around a word that took another's place."""


class Clause(Document):
    """A clause of the company's library, with how risky it is to agree to it."""

    class Risk(models.TextChoices):
        NONE = "none", _("No risk")
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Subject(models.TextChoices):
        PAYMENT = "payment", _("Payment")
        DELIVERY = "delivery", _("Delivery")
        ACCEPTANCE = "acceptance", _("Acceptance")
        WARRANTY = "warranty", _("Warranty")
        LIABILITY = "liability", _("Liability")
        SECRECY = "secrecy", _("Secrecy and rights")
        DISPUTE = "dispute", _("Disputes")
        OTHER = "other", _("Other")

    title = models.CharField(_("Title"), max_length=80)
    subject = models.CharField(_("Subject of the clause"), max_length=12, choices=Subject.choices, default=Subject.OTHER)
    text = models.TextField(_("Text"))
    text_en = models.TextField(_("Text in English"), blank=True)
    risk = models.CharField(_("Risk"), max_length=8, choices=Risk.choices, default=Risk.NONE)
    standard = models.BooleanField(_("In every new contract"), default=False)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "title"
    row_scoped = False
    search = ("title", "text")

    class Meta(Document.Meta):
        verbose_name = _("Clause")
        verbose_name_plural = _("Clauses")


def standard_clauses() -> list[tuple[int, str, str]]:
    """Those that every new contract begins with: id, title, text."""
    return config.cached(
        "standard-clauses",
        lambda: list(Clause.objects.filter(standard=True, active=True).order_by("subject", "pk").values_list("pk", "title", "text")),
    )


class ContractClause(Line):
    """A clause as it stands in one contract, with what was changed against the library and what to look out for."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="clauses")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, verbose_name=_("From the library"), related_name="+")
    title = models.CharField(_("Title"), max_length=80, blank=True)
    text = models.TextField(_("Text"), blank=True, help_text=_("Empty: as it stands in the library"))
    risk = models.CharField(_("Risk"), max_length=8, choices=Clause.Risk.choices, default=Clause.Risk.NONE, editable=False)
    changed = models.TextField(_("Changed against the library"), blank=True, default="", editable=False)
    flags = models.TextField(_("Look out for"), blank=True, default="", editable=False)

    parent = "contract"

    class Meta(Line.Meta):
        verbose_name = _("Clause of a contract")


def judge(lines: list[ContractClause], by: Actor) -> str:
    """Complete the clauses of a contract from the library, note what differs and what is risky; the highest risk among them."""
    statements.attach([line for line in lines if line.clause_id], "clause")
    empty = [position for position, line in enumerate(lines) if line.clause is None and not line.text.strip()]
    if empty:
        raise Invalid([FieldError(f"clauses.{at}.text", "required", _t("Choose a clause of the library, or write one.")) for at in empty])
    for line in lines:
        of_library = line.clause
        if of_library is not None:
            line.title, line.text = line.title or of_library.title, line.text or of_library.text
        found = risks.found(line.text, by)
        line.changed = compared(of_library.text, line.text) if of_library is not None else ""
        line.flags = "\n".join(found)
        line.risk = _risk(line, of_library, found)
    order = list(Clause.Risk)
    return max((line.risk for line in lines), key=lambda risk: order.index(Clause.Risk(risk)), default=Clause.Risk.NONE)


def _risk(line: ContractClause, of_library: Clause | None, found: list[str]) -> str:
    if found:
        return Clause.Risk.HIGH
    if of_library is None or line.changed:
        return Clause.Risk.MEDIUM  # nobody has judged these words yet
    return of_library.risk


def compared(before: str, now: str) -> str:
    """Which words replaced which, with a few words around them, a line each; empty when nothing differs."""
    if before.split() == now.split():
        return ""
    told = []
    for what, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if what == "insert":
            told.append(_t("added: “%(now)s”") % {"now": _piece(now[c:d])})
        elif what == "delete":
            told.append(_t("left out: “%(before)s”") % {"before": _piece(before[a:b])})
        elif what == "replace":
            around = {"before": _piece(before[max(a - AROUND, 0) : b + AROUND]), "now": _piece(now[max(c - AROUND, 0) : d + AROUND])}
            told.append(_t("“%(before)s” → “%(now)s”") % around)
    return "\n".join(told)


def _piece(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= PIECE else f"{text[: PIECE - 1]}…"
