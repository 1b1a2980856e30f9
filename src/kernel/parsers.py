"""Taking values as people and programs send them: one parser a kind of value, each with a clear word for what it cannot take."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kernel import divisions, words
from kernel.codes import CodeTable
from kernel.refusals import FieldError

if TYPE_CHECKING:
    from kernel.specs import Spec

MAX_DIGITS = 20
TRUE, FALSE = {"1", "true", "yes", "y", "是", "√", "对"}, {"0", "false", "no", "n", "否", "×", "错", ""}


class Bad(Exception):
    """A value that cannot be taken, with the reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail

    def at(self, path: str) -> FieldError:
        return FieldError(path, self.code, self.detail)


def _text(spec: Spec, raw: Any) -> str:
    if not isinstance(raw, str | int | float | Decimal) or isinstance(raw, bool):
        raise Bad("not_text", _("“%(label)s” must be text.") % {"label": spec.label})
    value = str(raw).strip() if spec.type != "long" else str(raw)
    if "\x00" in value:
        raise Bad("not_text", _("“%(label)s” contains a character that cannot be stored.") % {"label": spec.label})
    if spec.max_length and len(value) > spec.max_length:
        raise Bad("too_long", _("“%(label)s” may have %(n)d characters at most.") % {"label": spec.label, "n": spec.max_length})
    return value


def _email(spec: Spec, raw: Any) -> str:
    from django.core.validators import EmailValidator

    value = _text(spec, raw)
    try:
        EmailValidator()(value)
    except Exception as bad:
        raise Bad("not_email", _("“%(value)s” is not an e-mail address.") % {"value": value}) from bad
    return value


def _decimal(spec: Spec, raw: Any) -> Decimal:
    """Thousands separators, full-width digits, currency and percent signs are taken as people type them."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Bad("not_a_number", _("“%(label)s” must be a number.") % {"label": spec.label})
    text = unicodedata.normalize("NFKC", str(raw)).translate({ord(c): None for c in ", ¥￥$%\u00a0"})
    try:
        value = Decimal(text)
    except InvalidOperation as bad:
        raise Bad("not_a_number", _("“%(label)s” must be a number.") % {"label": spec.label}) from bad
    if not value.is_finite():
        raise Bad("not_a_number", _("“%(label)s” must be a number.") % {"label": spec.label})
    if value.adjusted() > MAX_DIGITS:
        raise Bad("too_large", _("“%(label)s” is too large.") % {"label": spec.label})
    return value.quantize(Decimal(1).scaleb(-spec.scale), rounding="ROUND_HALF_UP")


def _int(spec: Spec, raw: Any) -> int:
    value = _decimal(replace(spec, scale=6), raw)
    if value != value.to_integral_value() or abs(value) >= 2**63:
        raise Bad("not_whole", _("“%(label)s” must be a whole number.") % {"label": spec.label})
    if spec.digits and abs(value) >= 10**spec.digits:
        raise Bad("too_large", _("“%(label)s” is too large.") % {"label": spec.label})
    return int(value)


def _date(spec: Spec, raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = (
        unicodedata.normalize("NFKC", str(raw))
        .strip()
        .replace("年", "-")
        .replace("月", "-")
        .replace("日", "")
        .replace("/", "-")
        .replace(".", "-")
    )
    try:
        year, month, day = (int(part) for part in text[:10].split("-"))
        return date(year, month, day)
    except ValueError as bad:
        raise Bad("not_a_date", _("“%(label)s” must be a date such as 2026-11-21.") % {"label": spec.label}) from bad


def _datetime(spec: Spec, raw: Any) -> datetime:
    value = raw if isinstance(raw, datetime) else None
    if value is None:
        try:
            value = parse_datetime(str(raw))
        except ValueError:
            value = None
    if value is None:
        raise Bad("not_an_instant", _("“%(label)s” must be a date and time.") % {"label": spec.label})
    return value if timezone.is_aware(value) else timezone.make_aware(value)


def _bool(spec: Spec, raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text in TRUE or raw is True:
        return True
    if text in FALSE or raw is False:
        return False
    raise Bad("not_yes_or_no", _("“%(label)s” must be yes or no.") % {"label": spec.label})


def _choice(spec: Spec, raw: Any) -> str:
    text = str(raw).strip()
    for value, label in spec.choices:
        if text == value or text == str(label):
            return value
    if isinstance(spec.choices, CodeTable) and spec.choices.open:
        return _text(spec, raw)
    allowed = words.listed(str(label) for _value, label in spec.choices)
    raise Bad("not_a_choice", _("“%(value)s” is not one of: %(allowed)s.") % {"value": text[:60], "allowed": allowed})


def _division(spec: Spec, raw: Any) -> str:
    text = str(raw.get("id") if isinstance(raw, Mapping) else raw)
    found = divisions.find(text)
    if not found:
        raise Bad("not_a_division", _("“%(value)s” is no administrative division. Choose it from the list.") % {"value": text[:60]})
    return found


def _key(spec: Spec, raw: Any) -> int:
    if isinstance(raw, Mapping):
        raw = raw.get("id")
    if isinstance(raw, bool) or not str(raw).strip().isdecimal() or not 0 < int(str(raw)) < 2**63:
        raise Bad("not_found", _("“%(label)s” is not known. Please choose it from the list.") % {"label": spec.label})
    return int(raw)


def _keys(spec: Spec, raw: Any) -> list[int]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise Bad("not_a_list", _("“%(label)s” must be a list.") % {"label": spec.label})
    return [_key(spec, one) for one in raw]


def _choices(spec: Spec, raw: Any) -> list[str]:
    """Several of the options: a list, or their texts with commas between."""
    if isinstance(raw, str):
        raw = [part for part in raw.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not isinstance(raw, Sequence):
        raise Bad("not_a_list", _("“%(label)s” must be a list.") % {"label": spec.label})
    return list(dict.fromkeys(_choice(spec, one) for one in raw))


def _json(spec: Spec, raw: Any) -> Any:
    return raw


PARSERS: dict[str, Any] = {
    **dict.fromkeys(("text", "long", "phone", "url"), _text),
    **dict.fromkeys(("decimal", "money", "price", "percent"), _decimal),
    **dict.fromkeys(("choice", "state"), _choice),
    **dict.fromkeys(("ref", "member", "unit"), _key),
    "division": _division,
    "email": _email,
    "int": _int,
    "date": _date,
    "datetime": _datetime,
    "bool": _bool,
    "refs": _keys,
    "choices": _choices,
    "file": _key,
    "json": _json,
}
