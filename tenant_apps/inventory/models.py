"""What is where and what it is worth: warehouses, moves, serial numbers, reservations, balances (spec 2.8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import statements
from kernel.access import Actor
from kernel.documents import Document, Line, Sourced
from kernel.fields import MemberField, MoneyField, PriceField, QuantityField, RefKeyField, RefsField, StateField
from kernel.periods import Ledger
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import Item

NONE = models.Value([], RefsField("catalog.Category"))


class Warehouse(Document):
    """A place where stock is kept."""

    class Kind(models.TextChoices):
        RAW = "raw", _("Raw material")
        FINISHED = "finished", _("Finished goods")
        SPARE = "spare", _("Spare parts")
        DEMO = "demo", _("Demo and loan")
        DEFECTIVE = "defective", _("Defective")

    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.FINISHED)
    keeper = MemberField(_("Keeper"), null=True, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    default = models.BooleanField(_("Default"), default=False)
    categories = RefsField(
        "catalog.Category", verbose_name=_("Product categories kept here"), db_default=NONE,
        help_text=_("With those below them, unless another warehouse names them"),
    )  # fmt: skip
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Warehouse")


class Move(Sourced):
    """A movement of stock: in, out or between warehouses. Once posted it is never changed, only reversed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        POSTED = "posted", _("Posted")
        REVERSED = "reversed", _("Reversed")

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Goods receipt")
        ISSUE = "issue", _("Goods issue")
        DELIVERY = "delivery", _("Sales delivery")
        TRANSFER = "transfer", _("Transfer")
        REVERSAL = "reversal", _("Reversal")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.RECEIPT)
    moved_on = models.DateField(_("Date"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=120, blank=True)
    value = MoneyField(_("Value"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "SM{date:%Y%m}-{seq:05d}"
    date_field = "moved_on"
    ledger = Ledger.STOCK
    line_kinds = ("lines",)

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Stock move")
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["-moved_on", "-id"], name="move_date")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.inventory import places

        errors = []
        statements.attach([line for line in lines["lines"] if line.item_id], "item")
        for position, line in enumerate(lines["lines"]):
            at = f"lines.{position}."
            if line.quantity <= 0:
                errors.append(FieldError(at + "quantity", "positive", _t("The quantity must be more than 0.")))
            if self.kind == self.Kind.RECEIPT and line.item_id and line.from_warehouse_id is None and line.to_warehouse_id is None:
                line.to_warehouse_id = places.home_of(line.item)
            if line.from_warehouse_id is None and line.to_warehouse_id is None:
                errors.append(
                    FieldError(at + "to_warehouse", "required", _t("Fill in the warehouse it comes from, the one it goes to, or both."))
                )
            if line.item_id and line.item.serialised and not line.serials:
                errors.append(
                    FieldError(
                        at + "serials", "required", _t("%(item)s has serial numbers: enter one for each piece.") % {"item": line.item}
                    )
                )
            elif line.serials and Decimal(len(line.serial_list)) != line.quantity:
                errors.append(
                    FieldError(
                        at + "serials",
                        "count",
                        _t("%(n)s serial numbers for %(q)s pieces.") % {"n": len(line.serial_list), "q": line.quantity.normalize()},
                    )
                )
        if errors:
            raise Invalid(errors)


class MoveLine(Line):
    """One item moved. Empty `from`: it came in; empty `to`: it went out. Cost and value in CNY without VAT."""

    move = models.ForeignKey(Move, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    quantity = QuantityField(_("Quantity"), default=Decimal(1))
    from_warehouse = models.ForeignKey(Warehouse, models.PROTECT, null=True, blank=True, verbose_name=_("From warehouse"), related_name="+")
    to_warehouse = models.ForeignKey(Warehouse, models.PROTECT, null=True, blank=True, verbose_name=_("To warehouse"), related_name="+")
    serials = models.TextField(_("Serial numbers"), blank=True, default="", help_text=_("One a line, or separated by commas"))
    unit_cost = PriceField(_("Unit cost"), null=True, blank=True, help_text=_("For goods coming in; empty: the standard cost"))
    value = MoneyField(_("Value"), editable=False)
    source_line = models.BigIntegerField(null=True, editable=False)

    parent = "move"

    class Meta(Line.Meta):
        indexes = [models.Index(fields=["item", "id"], name="moveline_item")]

    def __str__(self) -> str:
        return f"{self.item_id} × {self.quantity.normalize()}"

    @property
    def serial_list(self) -> list[str]:
        return [
            text.strip() for text in self.serials.replace(",", "\n").replace("，", "\n").replace("、", "\n").splitlines() if text.strip()
        ]


class Balance(Document):
    """What is in a warehouse of an item: a projection of the moves, which can be rebuilt from them."""

    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, verbose_name=_("Warehouse"), related_name="+")
    on_hand = QuantityField(_("On hand"))
    reserved = QuantityField(_("Reserved"))
    value = MoneyField(_("Value"))

    label_field = "id"
    named_by = ("item", "warehouse")
    row_scoped = False
    search = ()

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Stock")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["item", "warehouse"], name="one_balance"),
            models.CheckConstraint(condition=models.Q(on_hand__gte=0), name="balance_not_negative"),
        ]


class Serial(Document):
    """A single machine or piece with a number of its own: where it is, what it cost, for whom it was made."""

    class State(models.TextChoices):
        IN_STOCK = "in_stock", _("In stock")
        SHIPPED = "shipped", _("Shipped")

    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    serial_no = models.CharField(_("Serial number"), max_length=80)
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, null=True, verbose_name=_("Warehouse"), related_name="+")
    cost = MoneyField(_("Cost"))
    source = RefKeyField(_("Made for"), blank=True, default="")
    source_id = models.BigIntegerField(null=True)
    received_on = models.DateField(_("Received on"), null=True)
    shipped_on = models.DateField(_("Shipped on"), null=True)
    state = StateField(State, verbose_name=_("State"))

    label_field = "serial_no"
    row_scoped = False
    search = ("serial_no",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Serial number")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["item", "serial_no"], name="one_serial")]


class Reservation(Document):
    """Stock kept for an order line."""

    source = RefKeyField(_("Reserved for"))
    source_id = models.BigIntegerField()
    source_label = models.CharField(_("Order"), max_length=60, blank=True)
    source_line = models.BigIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, verbose_name=_("Warehouse"), related_name="+")
    quantity = QuantityField(_("Quantity"))

    label_field = "source_label"
    links = {"source_label": ("source", "source_id")}
    row_scoped = False
    search = ("source_label",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Reservation")
        indexes = [*Document.Meta.indexes, models.Index(fields=["source", "source_id"], name="reservation_source")]
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["source", "source_line", "warehouse"], name="one_reservation"),
        ]
