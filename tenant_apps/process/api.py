"""The inbox's other ways, alerts, what a rule would find, who has read a notice, and what is on its way."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import alerts as ready_rules
from kernel import clock, config, cursors, registry, saving, sealed
from kernel.api.inbox import until_of
from kernel.api.me import MemberView, keep
from kernel.models import Message, Personal
from kernel.refusals import FieldError, Invalid
from shared_apps.accounts import log
from tenant_apps.process import defaults, notices, showing
from tenant_apps.process.channels import WAYS, choosing, returned, sending, wecom_calls
from tenant_apps.process.channels.account import forget
from tenant_apps.process.engine import handling, history, running, trying
from tenant_apps.process.models import Alert, Channel, Notice, Outgoing, Rule
from tenant_apps.process.pressing import Pressed
from tenants import directory
from tenants.context import PUBLIC, here

RULE, CHANNEL, NOTICE = "process.rule", "process.channel", "process.notice"
PAGE, MOST_AT_ONCE = 30, 500


class CompanyView(MemberView):
    """Nothing of this is there at the console."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if config.schema() == PUBLIC:
            raise Http404


# alerts --------------------------------------------------------------------------------------------------------------
class Alerts(CompanyView):
    def get(self, request: Request) -> Response:
        """Alerts about documents that the reader may see, newest first: `state` open or all, `rule`, `level`, `of` (sales.order:7), `mine`."""
        asked = request.query_params
        rows = showing.chosen(handling.readable(self.actor, running.watched()), asked, self.me)
        return Response(showing.page(rows, asked.get("cursor", ""), self.actor))


class HandleAlerts(CompanyView):
    def post(self, request: Request) -> Response:
        """Acknowledge alerts, or put them off: {ids, verb, reason, until}."""
        data = self.body()
        ids, verb, reason = data.get("ids"), data.get("verb"), data.get("reason")
        if verb not in ("acknowledge", "snooze"):
            raise Invalid([FieldError("verb", "unknown", _("Alerts can be acknowledged or put off."))])
        if not isinstance(ids, list) or not 0 < len(ids) <= MOST_AT_ONCE or not all(type(one) is int for one in ids):
            raise Invalid([FieldError("ids", "invalid", _("Choose 1 to %(n)d alerts.") % {"n": MOST_AT_ONCE})])
        if not isinstance(reason, str) or not 0 < len(reason.strip()) <= 300 or "\x00" in reason:
            raise Invalid([FieldError("reason", "required", _("Say why, in up to 300 characters."))])
        until = until_of(data.get("until"), Message.objects.none(), reason) if verb == "snooze" else None
        rows = handling.readable(self.actor, running.watched()).filter(closed_at=None, pk__in=ids)
        done = handling.say(Alert.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), verb, reason.strip(), until, self.me)
        return Response({"done": done})


class Watched(CompanyView):
    def get(self, request: Request) -> Response:
        """The document types that any rule watches: others need not be asked about."""
        return Response({"keys": [key for key in running.watched() if self.actor.may(key, "read")]})


class Quality(CompanyView):
    def get(self, request: Request) -> Response:
        """What became of each rule's alerts: acted upon, acknowledged, ignored."""
        self.actor.require(RULE, "read")
        return Response({"rows": showing.quality(clock.now())})


# rules ---------------------------------------------------------------------------------------------------------------
class Kinds(CompanyView):
    def get(self, request: Request) -> Response:
        """Document types with the fields that a rule may read, count from, tell, and find people in."""
        self.actor.require(RULE, "read")
        mine = [one for one in registry.here().values() if self.actor.may(one.key, "read")]
        return Response({"rows": [showing.kind(one) for one in mine]})


class Try(CompanyView):
    def post(self, request: Request) -> Response:
        """What a rule finds now and would have found last month, without telling anybody."""
        self.actor.require(RULE, "change")
        data = self.body()
        rule = Rule(**{name: data[name] for name in showing.WRITABLE if name in data})
        rule.prepare({}, self.actor, clock.now().date())
        return Response({"now": trying.now(rule, self.actor), "history": history.month(rule, self.actor)})


class Ready(CompanyView):
    def get(self, request: Request) -> Response:
        """The rules that come with the product, and which of them the company has."""
        self.actor.require(RULE, "read")
        mine = set(Rule.objects.exclude(ready="").values_list("ready", flat=True))
        return Response({"rows": [showing.ready(one, one.key in mine) for one in ready_rules.everything().values()]})

    def post(self, request: Request) -> Response:
        """Take one over."""
        self.actor.require(RULE, "create")
        found = ready_rules.everything().get(str(self.body().get("key")))
        if found is None:
            raise Http404
        made = saving.create(Rule, defaults.values(found), by=self.actor, at=clock.now())
        return Response({"id": made.pk}, status=201)


# notices and channels ------------------------------------------------------------------------------------------------
class Receipts(CompanyView):
    def get(self, request: Request, pk: int) -> Response:
        """Who has read a notice."""
        notice = Notice.objects.filter(pk=pk).first()
        if notice is None or not self.actor.covers(NOTICE, "read", notice):
            raise Http404
        return Response(notices.receipts(notice))


class Ways(CompanyView):
    def get(self, request: Request) -> Response:
        """What an account of each kind consists of."""
        self.actor.require(CHANNEL, "read")
        return Response({"rows": [showing.way(kind, WAYS[kind]) for kind in Channel.Kind.values]})


class ChannelView(CompanyView):
    def channel(self, pk: int) -> Channel:
        self.actor.require(CHANNEL, "change")
        found = Channel.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class Secret(ChannelView):
    """The account's secret: written, never read."""

    persons_only = True

    def get(self, request: Request, pk: int) -> Response:
        return Response({"known": bool(self.channel(pk).secret)})

    def put(self, request: Request, pk: int) -> Response:
        channel, given = self.channel(pk), self.body().get("secret")
        if not isinstance(given, str) or not 0 < len(given) <= 200 or "\x00" in given:
            raise Invalid([FieldError("secret", "invalid", _("A secret has 1 to 200 characters."))])
        with transaction.atomic():
            Channel.objects.filter(pk=pk).update(secret=sealed.seal(given))
            config.changed()
        forget(sending.opened(channel, ""))
        log.record("channel_secret_set", request._request, self.actor.account, channel=pk)
        return Response({"known": True})


class Callback(ChannelView):
    """What an administrator enters at WeCom so that buttons under messages reach us."""

    persons_only = True

    def get(self, request: Request, pk: int) -> Response:
        channel = self.channel(pk)
        if channel.kind != Channel.Kind.WECOM:
            raise Http404
        (now, *_earlier) = wecom_calls.keys(pk, channel.settings.get("corp_id", ""))
        log.record("channel_keys_shown", request._request, self.actor.account, channel=pk)
        url = directory.url_of(here().tenant.slug, f"/api/v1/process/channels/{pk}/pressed/")  # type: ignore[union-attr]
        return Response({"url": url, "token": now.token, "key": now.aes})


class Sent(ChannelView):
    def get(self, request: Request, pk: int) -> Response:
        """What went, waits or was given up, page by page; `failed=1`: given up only."""
        rows = Outgoing.objects.filter(channel=self.channel(pk)).order_by("-pk")
        if request.query_params.get("failed") == "1":
            rows = rows.filter(next_at=None, sent_at=None)
        found = list(cursors.before(rows, request.query_params.get("cursor", ""))[: PAGE + 1])
        return Response(
            {"rows": [showing.outgoing(row) for row in found[:PAGE]], "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}
        )


class Again(ChannelView):
    def post(self, request: Request, pk: int) -> Response:
        """Send what was given up once more: {ids}, or all of it."""
        rows, ids = Outgoing.objects.filter(channel=self.channel(pk)), self.body().get("ids")
        if ids is not None:
            if not isinstance(ids, list) or not all(type(one) is int for one in ids):
                raise Invalid([FieldError("ids", "invalid", _("Choose messages from the list."))])
            rows = rows.filter(pk__in=ids)
        return Response({"queued": sending.again(rows)}, status=202)


class Choice(CompanyView):
    """One's own ways: which for what, quiet hours, digest, addresses."""

    def get(self, request: Request) -> Response:
        row = Personal.objects.filter(member=self.me, kind="setting", name=choosing.NAME).first()
        chosen = choosing.of((row.value.get("value") or {}) if row else {})
        ways = [
            {**showing.way(kind, WAYS[kind]), "open": kind in choosing.open_channels(), "at": choosing.address(self.me, kind)}
            for kind in WAYS
        ]
        told = {"kinds": chosen.kinds, "quiet": chosen.quiet, "digest": chosen.digest, "addresses": chosen.addresses}
        told["returned"] = returned.trouble(self.me, choosing.address(self.me, Channel.Kind.EMAIL))
        return Response({**told, "ways": ways, "messages": [{"kind": kind, "label": str(label)} for kind, label in Message.Kind.choices]})

    def put(self, request: Request) -> Response:
        with transaction.atomic():
            keep(self.actor, "setting", choosing.NAME, {"value": choosing.checked(self.body())}, clock.now())
            config.changed()
        return Response(status=204)


urlpatterns = [
    path("alerts/", Alerts.as_view()),
    path("alerts/handle/", HandleAlerts.as_view()),
    path("alerts/watched/", Watched.as_view()),
    path("alerts/quality/", Quality.as_view()),
    path("rules/kinds/", Kinds.as_view()),
    path("rules/try/", Try.as_view()),
    path("rules/ready/", Ready.as_view()),
    path("notices/<int:pk>/receipts/", Receipts.as_view()),
    path("channels/ways/", Ways.as_view()),
    path("channels/<int:pk>/secret/", Secret.as_view()),
    path("channels/<int:pk>/callback/", Callback.as_view()),
    path("channels/<int:pk>/pressed/", Pressed.as_view()),
    path("channels/<int:pk>/sent/", Sent.as_view()),
    path("channels/<int:pk>/again/", Again.as_view()),
]
mine = [path("channels/", Choice.as_view())]
