"""Parameters held against the SDK's own types: an unknown, missing or misspelt one is refused as Stripe refuses it."""

from __future__ import annotations

import sys
import types
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

import typing_extensions
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import is_typeddict

OPTIONS = set(RequestOptions.__annotations__)
WRAPPERS = (NotRequired, Required, typing_extensions.NotRequired, typing_extensions.Required)


class Refusal(Exception):
    """Answered as an error of Stripe."""

    def __init__(self, message: str, *, kind: str = "invalid_request_error", status: int = 400, **more: Any) -> None:
        super().__init__(message)
        self.status, self.body = status, {"error": {"type": kind, "message": message, **more}}


@cache
def fields(params: type) -> dict[str, Any]:
    """{name: type} of what may be sent; what the client keeps to itself (keys, versions) is left out."""
    module = sys.modules[params.__module__]
    known = {"StripeContext": object, **vars(sys.modules[RequestOptions.__module__]), **vars(module)}
    hints = get_type_hints(params, globalns=known, include_extras=True)
    return {name: hint for name, hint in hints.items() if name not in OPTIONS}


def check(params: type, given: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The parameters with their types, or a refusal."""
    known = fields(params)
    for name in given:
        if name not in known:
            raise Refusal(f"Received unknown parameter: {_at(path, name)}", code="parameter_unknown", param=_at(path, name))
    for name, hint in known.items():
        if name not in given and get_origin(hint) not in (NotRequired, typing_extensions.NotRequired):
            raise Refusal(f"Missing required param: {_at(path, name)}.", code="parameter_missing", param=_at(path, name))
    return {name: _value(known[name], value, _at(path, name)) for name, value in given.items()}


def _at(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _value(hint: Any, value: Any, path: str) -> Any:
    origin = get_origin(hint)
    if origin in WRAPPERS:
        return _value(get_args(hint)[0], value, path)
    if origin in (Union, types.UnionType):
        return _one_of(list(get_args(hint)), value, path)
    if is_typeddict(hint) and isinstance(value, dict):
        return check(hint, value, path)
    if origin is list and isinstance(value, list):
        return [_value(get_args(hint)[0], one, f"{path}[{index}]") for index, one in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        return {name: _value(get_args(hint)[1], one, _at(path, name)) for name, one in value.items()}
    if origin is Literal and value in get_args(hint):
        return value
    return _plain(hint, value, path)


def _one_of(hints: list[Any], value: Any, path: str) -> Any:
    """`Literal[…] | str` in the SDK leaves room for later versions; this version takes what it names."""
    named = [one for one in hints if get_origin(one) is Literal and set(get_args(one)) - {""}]
    wrong: Refusal | None = None
    for hint in hints:
        if (get_origin(hint) or hint) is UntypedStripeObject or (hint is str and named):
            continue
        try:
            return _value(hint, value, path)
        except Refusal as refusal:
            if wrong is None or is_typeddict(hint):
                wrong = refusal
    assert wrong is not None
    raise wrong


def _plain(hint: Any, value: Any, path: str) -> Any:
    if isinstance(value, str):
        if hint is bool and value in ("true", "false"):
            return value == "true"
        if hint is int and value.lstrip("-").isdigit():
            return int(value)
        if hint in (float, Decimal):
            return float(value) if hint is float else Decimal(value)
        if hint is str:
            return value
    raise Refusal(f"Invalid value for {path}: {value!r}", code="parameter_invalid", param=path)
