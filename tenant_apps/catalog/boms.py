"""Bills of materials with their routing: what an item is made of, and how (spec 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import PercentField, QuantityField
from kernel.refusals import FieldError, Invalid
from kernel.statements import Statement

DEEPEST, MOST_PIECES = 20, Decimal(1_000_000)


class Bom(Document):
    """What one piece of an item is made of; several revisions may be in use side by side."""

    item = models.ForeignKey("catalog.Item", models.PROTECT, verbose_name=_("Item"), related_name="+")
    revision = models.CharField(_("Revision"), max_length=20, default="A", blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    active = models.BooleanField(_("Active"), default=True)
    operations = models.JSONField(
        _("Routing"), default=list, blank=True, help_text=_("Steps with number, name, work centre and hours: {seq, name, centre, hours}")
    )
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    number_format = "BOM{seq:06d}"
    row_scoped = False
    line_kinds = ("lines",)
    river = ("item",)

    class Meta(Document.Meta):
        verbose_name = _("Bill of materials")
        verbose_name_plural = _("Bills of materials")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["item", "revision"], name="one_bom_revision")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Invalid([FieldError("valid_to", "before_start", _t("It ends before it begins."))])
        steps = _checked(self.operations)
        wrong = []
        for at, line in enumerate(lines.get("lines", [])):
            if not 0 < line.quantity <= MOST_PIECES:
                wrong.append(FieldError(f"lines.{at}.quantity", "bad_quantity", _t("A quantity above 0 and up to a million is possible.")))
            if line.operation and line.operation not in steps:
                wrong.append(FieldError(f"lines.{at}.operation", "unknown", _t("The routing has no step %(n)d.") % {"n": line.operation}))
        if wrong:
            raise Invalid(wrong)
        if self.item_id:
            _refuse_loop(self.item_id, {line.item_id for line in lines.get("lines", [])})

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        pairs = [(document.item_id, document.revision) for document in documents]
        there = {
            (item, revision): pk
            for item, revision, pk in cls.objects.filter(item__in={item for item, _revision in pairs}).values_list(
                "item_id", "revision", "pk"
            )
        }
        return {
            at: FieldError("revision", "taken", _t("There is a revision of this name already. Choose another."))
            for at, document in enumerate(documents)
            if there.get(pairs[at], document.pk) != document.pk or pairs[at] in pairs[:at]
        }


class BomLine(Line):
    """A part, how many of it, and the step of the routing that needs it (0: the first)."""

    bom = models.ForeignKey(Bom, models.CASCADE, related_name="lines")
    item = models.ForeignKey("catalog.Item", models.PROTECT, verbose_name=_("Item"), related_name="+")
    quantity = QuantityField(_("Quantity"), default=Decimal(1))
    scrap = PercentField(_("Scrap %"))
    operation = models.PositiveIntegerField(_("Step of the routing"), default=0)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    parent = "bom"

    class Meta(Line.Meta):
        indexes = [models.Index(fields=["item", "bom"], name="bomline_item")]


def _checked(operations: Any) -> set[int]:
    """The numbers of the steps; refused with the place of what is wrong."""
    rows = operations if isinstance(operations, list) else [None]
    found: set[int] = set()
    for at, row in enumerate(rows):
        seq = row.get("seq") if isinstance(row, dict) else None
        if not isinstance(seq, int) or isinstance(seq, bool) or seq <= 0 or seq in found:
            told = _t("Each step of the routing has a number of its own above 0, a name, a work centre and hours.")
            raise Invalid([FieldError(f"operations.{at}", "bad_step", told)])
        found.add(seq)
    return found


_parts = Statement(
    lambda items: BomLine.objects.filter(bom__item__among=items, bom__active=True).values_list("bom__item_id", "item_id"), list
)


def _refuse_loop(item: int, parts: set[int]) -> None:
    """An item cannot be a part of itself, however deep; the way is told."""
    below: dict[int, tuple[int, ...]] = {part: (part,) for part in parts}
    seen: set[int] = set()
    for _depth in range(DEEPEST):
        if item in below:
            items: Any = BomLine._meta.get_field("item").related_model
            codes = dict(items.objects.filter(pk__in={item, *below[item]}).values_list("pk", "code"))
            way = " → ".join(codes[one] for one in (item, *below[item]))
            raise Invalid([FieldError("lines", "loop", _t("An item cannot be part of itself: %(path)s.") % {"path": way})])
        seen |= set(below)
        below = {child: (*below[parent], child) for parent, child in _parts(sorted(below)) if child not in seen} if below else {}
        if not below:
            return
