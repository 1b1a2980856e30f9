"""Selecting: the tables on offer, one answer for choices, codes read back, guided questions; and for who writes tables, trying and pasting."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.me import MemberView
from kernel.refusals import Refused
from tenant_apps.selection import engine, offering, pasting, ready, showing

CONFIGURATION, RULE_SET = "selection.configuration", "selection.ruleset"
Json = dict[str, Any]


class Selecting(MemberView):
    """For whoever selects machines; tables themselves, with their costs, are not theirs to read."""

    only_reads = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(CONFIGURATION, "read", label=_("Selection"))

    def table(self, pk: int) -> ready.Ready:
        found = ready.of(pk)
        if found is None or (found.state == "draft" and not self.actor.may(RULE_SET, "read")):
            raise Http404
        return found

    def given(self, name: str) -> Json:
        found = self.body().get(name) or {}
        if not isinstance(found, dict):
            raise Refused("bad_json", _("“%(name)s” is an object.") % {"name": name}, status=400)
        return found


class Offer(Selecting):
    """The published tables with their templates."""

    def get(self, request: Request) -> Response:
        return Response({"rows": offering.tables(self.actor)})


class Outline(Selecting):
    """What can be chosen in a table."""

    def get(self, request: Request, pk: int) -> Response:
        table = self.table(pk)
        told = {"id": table.pk, "name": table.name, "edition": table.edition, "state": table.state}
        return Response({**told, **showing.outline(table.machine.table), "templates": offering.templates(pk)})


class Evaluate(Selecting):
    """Everything that follows from choices. Keeps nothing."""

    def post(self, request: Request, pk: int) -> Response:
        answer = self.table(pk).evaluate(self.given("choices"))
        return Response(showing.shown(answer, costs=showing.sees_costs(self.actor)))


class Parse(Selecting):
    """A model code read back."""

    def post(self, request: Request, pk: int) -> Response:
        table = self.table(pk)
        code = self.body().get("code")
        if not isinstance(code, str) or not code.strip():
            raise Refused("bad_json", _("Please send a model code."), status=400)
        found = engine.parse(table.machine.table, code)
        told: Json = {"choices": found.choices, "understood": found.understood, "rest": found.rest, "whole": found.whole}
        if found.expected:
            option, marks = found.expected
            told["expected"] = {"option": option.name, "label": dict(option.label), "marks": marks}
        return Response(told)


class Guide(Selecting):
    """Choices that fit what a customer says."""

    def post(self, request: Request, pk: int) -> Response:
        told = engine.guided(self.table(pk).machine, self.given("answers"), self.given("choices"))
        problems = [{"question": one.path, "code": one.code, "detail": one.sentence} for one in told["problems"]]
        return Response({**told, "warnings": [dict(one) for one in told["warnings"]], "problems": problems})


class Writing(MemberView):
    """For whoever writes tables."""

    only_reads = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(RULE_SET, "read", label=_("Selection tables"))


class Analyse(Writing):
    """What is wrong with a table as a whole, its test cases among it. A table may be sent that is not saved yet."""

    def post(self, request: Request) -> Response:
        return Response(offering.analysed(self.body().get("table")))


class Try(Writing):
    """An answer to choices from a table that is not saved yet."""

    def post(self, request: Request) -> Response:
        body = self.body()
        return Response(offering.tried(body.get("table"), body.get("choices") or {}, costs=showing.sees_costs(self.actor)))


class Paste(Writing):
    """Cells of a spreadsheet as rows of a table; nothing is saved."""

    def post(self, request: Request) -> Response:
        body = self.body()
        part = body.get("part")
        if part not in pasting.NEEDED or not isinstance(body.get("text"), str):
            raise Refused("bad_json", _("Please send the text of the cells, and whether they are options or rules."), status=400)
        rows, problems = pasting.pasted(body["text"], part)
        return Response({"rows": rows, "problems": [offering.told(one) for one in problems]})


urlpatterns = [
    path("offer/", Offer.as_view()),
    path("rule-sets/analyse/", Analyse.as_view()),
    path("rule-sets/try/", Try.as_view()),
    path("rule-sets/paste/", Paste.as_view()),
    path("rule-sets/<int:pk>/outline/", Outline.as_view()),
    path("rule-sets/<int:pk>/evaluate/", Evaluate.as_view()),
    path("rule-sets/<int:pk>/parse/", Parse.as_view()),
    path("rule-sets/<int:pk>/guide/", Guide.as_view()),
]
