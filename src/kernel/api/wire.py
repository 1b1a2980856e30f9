"""JSON in and out: exact, fast, and with a clear word when it is not JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from kernel.refusals import Refused


def _plain(value: Any) -> Any:
    if isinstance(value, Promise | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def dump(data: Any) -> bytes:
    return orjson.dumps(data, default=_plain, option=orjson.OPT_NON_STR_KEYS)


DEEPEST = 32
"""No value of ours is nested nearly as much, and what has to be written again level by level would exhaust the stack."""


def load(text: bytes | str) -> Any:
    """What was sent, unless it is nested without end."""
    told = orjson.loads(text)
    level = [told]
    for _depth in range(DEEPEST):
        level = [part for one in level if isinstance(one, dict | list) for part in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return told
    raise Refused("too_deep", _("The body is nested too deeply: %(n)d levels at most.") % {"n": DEEPEST}, status=400)


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None) -> bytes:
        return b"" if data is None else dump(data)


class JSONParser(BaseParser):
    """Bodies up to 512 kB; larger data comes as an import file."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        body = stream.read(settings.MAX_BODY_BYTES + 1)
        if len(body) > settings.MAX_BODY_BYTES:
            raise Refused(
                "too_large",
                _("The request is larger than %(n)d kB. Use an import file for that much.") % {"n": settings.MAX_BODY_BYTES // 1024},
                status=413,
            )
        if not body.strip():
            return {}
        try:
            return load(body)
        except orjson.JSONDecodeError as bad:
            raise Refused("bad_json", _("The body is not valid JSON in UTF-8: %(why)s") % {"why": str(bad)[:200]}, status=400) from bad
