"""How goods are taxed, costed, planned, booked and tracked: what a category hands on to what is made below it (W-1.6.3)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.fields import MemberField
from kernel.refusals import FieldError, Invalid


class Handed(models.Model):
    """Whatever of it nobody typed for a new item is taken over from its category, for a new category from the one above."""

    class Costing(models.TextChoices):
        AVERAGE = "average", _("Moving average")
        STANDARD = "standard", _("Standard cost")
        SERIAL = "serial", _("By serial number")

    tax_code = models.CharField(_("Tax classification code"), max_length=20, blank=True, default="", db_default="")
    costing = models.CharField(
        _("Costing method"), max_length=10, choices=Costing.choices, default=Costing.AVERAGE, db_default=Costing.AVERAGE.value
    )
    planner = MemberField(_("Planner"), null=True, blank=True)
    revenue_account = models.CharField(_("Revenue account"), max_length=20, blank=True, default="", db_default="")
    cost_account = models.CharField(_("Cost account"), max_length=20, blank=True, default="", db_default="")
    stock_account = models.CharField(_("Stock account"), max_length=20, blank=True, default="", db_default="")
    serialised = models.BooleanField(
        _("Serial numbers"), default=False, db_default=False, help_text=_("Each piece has a number of its own, as machines have.")
    )
    batches = models.BooleanField(
        _("Batches"), default=False, db_default=False, help_text=_("What came together keeps a number of its own.")
    )

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs:
            self.__dict__["_typed"] = frozenset(kwargs)

    def take_over(self, above: Handed, *, tracking: bool = True) -> None:
        """Fill in what nobody typed; whoever said how it is tracked has said so for serial numbers and batches."""
        typed: frozenset[str] = self.__dict__.get("_typed", frozenset())
        tracked = tracking and not any(name in typed and getattr(self, name) for name in TRACKING)
        for name in (*HANDED, *(TRACKING if tracked else ())):
            if name not in typed or getattr(self, name) in ("", None):
                setattr(self, name, getattr(above, name))


HANDED = ("tax_code", "costing", "planner", "revenue_account", "cost_account", "stock_account")
TRACKING = ("serialised", "batches")


def refuse_both(goods: Handed) -> None:
    """Goods are told apart piece by piece or batch by batch."""
    if goods.serialised and goods.batches:
        raise Invalid([FieldError("batches", "both", _t("It has serial numbers: each piece is known already. Choose one of the two."))])
