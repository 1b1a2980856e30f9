"""Selecting: the tables on offer, one answer for choices, codes read back, guided questions; and for who writes tables, analysis and workbooks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import jobs
from kernel.api.exchange import download
from kernel.api.me import MemberView
from kernel.api.wire import JSONParser
from kernel.exchange import sheets
from kernel.exchange.importing import XLSX
from kernel.refusals import Refused
from tenant_apps.selection import engine, offering, ready, showing, tasks, versions, workbook

CONFIGURATION, RULE_SET = "selection.configuration", "selection.ruleset"
Json = dict[str, Any]


class Asking(MemberView):
    """Is asked with objects, and keeps nothing."""

    only_reads = True

    def given(self, name: str) -> Json:
        found = self.body().get(name) or {}
        if not isinstance(found, dict):
            raise Refused("bad_json", _("“%(name)s” is an object.") % {"name": name}, status=400)
        return found


class Selecting(Asking):
    """For whoever selects machines; tables themselves, with their costs, are not theirs to read."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(CONFIGURATION, "read", label=_("Selection"))

    def table(self, pk: int) -> ready.Ready:
        found = ready.of(pk)
        if found is None or (found.state == "draft" and not self.actor.may(RULE_SET, "read")):
            raise Http404
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


class Repair(Selecting):
    """The smallest change after which choices break no rule, or after which `take` is possible beside them: a value, or the number that was
    typed. None when too much would have to change. Keeps nothing."""

    def post(self, request: Request, pk: int) -> Response:
        machine, choices = self.table(pk).machine, self.given("choices")
        for name, value in list(self.given("take").items())[:1]:
            option = machine.table.options.get(name.partition(".")[0])
            if option is None or (option.name == name and option.finite and str(value) not in option.values):
                raise Refused("bad_choice", _("There is no such value in this table."), status=422)
            return Response({"change": showing.changed(engine.allowed(machine, choices, name, str(value)))})
        return Response({"change": showing.changed(engine.repaired(machine, choices))})


class Parse(Selecting):
    """A model code read back, and the rules that it breaks; `choices` tell what it does not say."""

    def post(self, request: Request, pk: int) -> Response:
        table = self.table(pk)
        code = self.body().get("code")
        if not isinstance(code, str) or not code.strip():
            raise Refused("bad_json", _("Please send a model code."), status=400)
        found = engine.parse(table.machine.table, code)
        broken = table.evaluate({**self.given("choices"), **found.choices}, explain=False).broken
        told: Json = {"choices": found.choices, "understood": found.understood, "rest": found.rest, "whole": found.whole}
        told["broken"] = [showing.rule_of(rule) for rule in broken]
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


class Writing(Asking):
    """For whoever writes tables."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor.require(RULE_SET, "read", label=_("Selection tables"))


class Analyse(Writing):
    """What is wrong with a table as a whole, its test cases among it. A table may be sent that is not saved yet. Where a second is not
    enough for all its values, `unseen` counts those left; with `whole` a job looks at every one."""

    def post(self, request: Request) -> Response:
        table = self.body().get("table")
        if self.body().get("whole") is True:
            return Response({"job": jobs.told(tasks.start(table, by=self.actor))}, status=202)
        return Response(offering.analysed(table, offering.within(offering.AT_ONCE)))


class Versions(Writing):
    def get(self, request: Request, pk: int) -> Response:
        """All versions of a table, the latest first."""
        rows = versions.of(pk)
        if not rows:
            raise Http404
        return Response({"rows": rows})


class Sheets(Writing):
    """Cells of a spreadsheet as rows of the sheets of a table: a workbook or a CSV file, or pasted text. Nothing is saved."""

    parser_classes = [JSONParser, MultiPartParser]

    def post(self, request: Request) -> Response:
        sent = request.data if isinstance(request.data, dict) else {}
        part, text, file = str(sent.get("part") or "options"), sent.get("text"), request.FILES.get("file")
        if file is not None and (file.size or 0) > sheets.MAX_BYTES:
            sheets.refuse_size()
        content = file.read() if file is not None else text.encode() if isinstance(text, str) else None
        if part not in workbook.TITLES or content is None:
            told = _("Please send a file, or the text of the cells with the sheet they belong to: %(all)s.")
            raise Refused("bad_json", told % {"all": ", ".join(workbook.TITLES)}, status=400)
        found, problems = workbook.read(content, part)
        return Response({"sheets": found, "problems": [offering.told(one) for one in problems]})


class Workbook(Writing):
    """The rows of a table's sheets as an Excel workbook; without any, the template to fill in."""

    def post(self, request: Request) -> HttpResponse:
        return download(workbook.written(self.given("sheets")), f"{_('Selection table')}.xlsx", XLSX)


urlpatterns = [
    path("offer/", Offer.as_view()),
    path("rule-sets/analyse/", Analyse.as_view()),
    path("rule-sets/sheets/", Sheets.as_view()),
    path("rule-sets/workbook/", Workbook.as_view()),
    path("rule-sets/<int:pk>/versions/", Versions.as_view()),
    path("rule-sets/<int:pk>/outline/", Outline.as_view()),
    path("rule-sets/<int:pk>/evaluate/", Evaluate.as_view()),
    path("rule-sets/<int:pk>/repair/", Repair.as_view()),
    path("rule-sets/<int:pk>/parse/", Parse.as_view()),
    path("rule-sets/<int:pk>/guide/", Guide.as_view()),
]
