"""What the company signs: who did, when, and the seal over exactly what was signed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.lines import line_model
from kernel.refusals import FieldError, Invalid, Refused
from kernel.specs import Spec, of_model

SIGNATURE = frozenset({"signed_by", "signed_as", "signed_at", "seal"})
AROUND = SIGNATURE | {"state", "owner", "unit", "created_at", "created_by", "updated_at", "updated_by"}


class Signed(Document):
    """A document that somebody of the company signs under a name; the seal is void as soon as its content is another."""

    signed_by = models.CharField(_("Signed by"), max_length=80, blank=True, default="", editable=False)
    signed_as = models.CharField(_("Signed with log-in"), max_length=254, blank=True, default="", db_default="", editable=False)
    signed_at = models.DateTimeField(_("Signed at"), null=True, editable=False)
    seal = models.CharField(_("Seal"), max_length=64, blank=True, default="", db_default="", editable=False)

    company_field = "client_id"
    row_scoped = False
    beside: ClassVar[frozenset[str]] = frozenset()
    """Fields that may change after the signature: they are no part of what is signed."""

    class Meta(Document.Meta):
        abstract = True

    def content(self) -> dict[str, Any]:
        """Everything that is signed, field by field and line by line."""
        told = {name: _plain(spec, self) for name, spec in of_model(type(self)).items() if name not in AROUND | self.beside}
        for kind in self.line_kinds:
            model: type[models.Model] = line_model(type(self), kind)
            specs = of_model(model)
            told[kind] = [{name: _plain(spec, line) for name, spec in specs.items()} for line in getattr(self, kind).all()]
        return told

    def fingerprint(self) -> str:
        """SHA-256 of the content as canonical JSON."""
        return hashlib.sha256(json.dumps(self.content(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def holds(self) -> bool:
        """Whether what stands here is what was signed."""
        return self.seal != "" and self.seal == self.fingerprint()

    def sign(self, by: Actor, at: datetime, name: str) -> None:
        """Note who of the company signed, and when, and seal the content; refused for anybody else."""
        if by.company != self.client_id:  # type: ignore[attr-defined]
            raise Refused("not_yours", _t("Only the company itself can sign this."), status=403)
        if not name.strip():
            raise Invalid([FieldError("name", "required", _t("Please sign with your name."))])
        self.signed_by, self.signed_as, self.signed_at = name.strip()[:80], by.email, at
        self.seal = self.fingerprint()

    def void(self) -> None:
        """Take the signature off: the content is about to change. The history keeps who had signed what."""
        self.signed_by = self.signed_as = self.seal = ""
        self.signed_at = None


def _plain(spec: Spec, row: Any) -> Any:
    return spec.render_value(getattr(row, spec.attname))
