"""Kinds of products (W-1.6.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import trees
from kernel.access import Actor
from kernel.documents import Document
from tenant_apps.catalog.models.handed import Handed, refuse_both


class Category(Handed, Document):
    """A kind of product, in a tree."""

    name = models.CharField(_("Name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent category"), related_name="+")

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Product category")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A category cannot stand below itself: %(path)s."))
        if self.pk is None and self.parent is not None:
            self.take_over(self.parent)
        refuse_both(self)
