"""The page behind the links of a message: what it is about, and the answer. Open to whoever has the link; looking decides nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel import clock, config, figures
from kernel.refusals import FieldError, Invalid
from tenant_apps.approvals import inbox, showing, turns
from tenants.context import PUBLIC, here

LONGEST = 1000


class Outside(APIView):
    """The link's word stands in the body, so that no server, proxy or history on the way keeps it."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if config.schema() == PUBLIC:
            raise Http404

    def asked(self, request: Request) -> dict[str, Any]:
        data = request.data
        return data if isinstance(data, dict) else {}


class Look(Outside):
    """The document's summary as its reader may see it, and what can be answered."""

    only_reads = True

    def post(self, request: Request) -> Response:
        task, turn = turns.of_word(self.asked(request).get("word"))
        by = turns.whose(task)
        with override(by.language), figures.telling(by):
            on = turns.is_on(task, turn)
            card = inbox.one(task, by, clock.now())
            told = {
                "company": here().tenant.name,  # type: ignore[union-attr]
                "member": by.name,
                "verbs": turns.verbs(task, by) if on else [],
                "state": "" if on else str(card["decision_label"]),
                "asked": showing.asked(task.approval),
                "card": card if on else {**card, "facts": [], "amount": None},
            }
            return Response(told)


class Decide(Outside):
    """Agree or refuse, once."""

    def post(self, request: Request) -> Response:
        data = self.asked(request)
        task, turn = turns.of_word(data.get("word"))
        verb, comment = data.get("verb"), data.get("comment") or ""
        by = turns.whose(task)
        with override(by.language), figures.telling(by):
            if verb not in turns.VERBS:
                raise Invalid([FieldError("verb", "unknown", _("Agree or refuse."))])
            if not isinstance(comment, str) or len(comment) > LONGEST or "\x00" in comment:
                raise Invalid([FieldError("comment", "too_long", _("At most %(n)d characters.") % {"n": LONGEST})])
            if verb == "refuse" and not comment.strip():
                raise Invalid([FieldError("comment", "required", _("Say why: whoever asked for it reads this."))])
            state = turns.decide(task, turn, verb, comment.strip(), by, clock.now(), request._request)
            return Response({"state": state, "document": task.approval.subject})
