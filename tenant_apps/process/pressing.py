"""What follows when somebody presses a button under a message in WeCom."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock, config, figures, messages
from kernel.refusals import Refused
from tenant_apps.approvals import turns
from tenant_apps.approvals.models import Task
from tenant_apps.process.channels import choosing, wecom_calls
from tenant_apps.process.channels.wecom_calls import Keys, Press, Untrue
from tenant_apps.process.models import Channel
from tenants.context import PUBLIC

LARGEST = 100_000


class Raw(BaseParser):
    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return stream.read(LARGEST)


class Pressed(APIView):
    """WeCom's calls for one account: its check of the address (GET) and its events (POST). Only what it has signed is looked at."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    parser_classes = [Raw]

    def keys(self, pk: int) -> list[Keys]:
        account = Channel.objects.filter(pk=pk, kind="wecom", state=Channel.State.ACTIVE).first() if config.schema() != PUBLIC else None
        if account is None:
            raise Http404
        return wecom_calls.keys(pk, account.settings.get("corp_id", ""))

    def opened(self, pk: int, sealed: str, query: dict[str, str]) -> tuple[str, Keys]:
        for keys in self.keys(pk):
            try:
                return keys.opened(sealed, query, clock.now().timestamp()), keys
            except Untrue:
                continue
        raise Refused("not_signed", _("This call is not signed by the account, or it is too old."), status=403)

    def get(self, request: Request, pk: int) -> HttpResponse:
        query = request.query_params.dict()
        told, _keys = self.opened(pk, query.get("echostr", ""), query)
        return HttpResponse(told, content_type="text/plain")

    def post(self, request: Request, pk: int) -> HttpResponse:
        body: Any = request.data
        told, keys = self.opened(pk, wecom_calls.envelope(body), request.query_params.dict())
        pressed, now = wecom_calls.press(told), clock.now().timestamp()
        if pressed is None:
            return HttpResponse("")
        return HttpResponse(keys.sealed(wecom_calls.button(pressed, decided(pressed), now), now), content_type="application/xml")


def decided(pressed: Press) -> str:
    """Decide as whoever has the task, when it is they who pressed; what the card says from now on."""
    task = Task.objects.select_related("approval").filter(pk=pressed.task).first()
    if task is None or choosing.address(task.owner or 0, "wecom").casefold() != pressed.who.casefold():
        return _("Not for you to decide")
    try:
        by = turns.whose(task)
        with override(by.language), figures.telling(by):
            comment = _("Decided in WeCom") if pressed.verb == "refuse" else ""
            return turns.decide(task, pressed.turn, pressed.verb, comment, by, clock.now())
    except Refused as refused:
        if refused.code == "turn_over":
            return _("Nothing more to decide")
        origin = f"press:{pressed.task}:{pressed.turn}:{pressed.verb}"
        title = _("Not decided: %(document)s") % {"document": task.approval.subject}
        messages.send([task.owner or 0], title, text=str(refused.sentence), origin=origin, link={"_key": "approvals.task", "id": task.pk})
        return _("Not possible here, log in")
