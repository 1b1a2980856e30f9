"""The sales forecast, the funnel, and why deals were won or lost (W-4.1.4). Everything is counted from the rows its reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils.translation import gettext as _t

from kernel import people
from kernel.access import Actor, visible
from kernel.codes import labels
from kernel.money import ZERO
from tenant_apps.crm.models import Opportunity, Stage
from tenant_apps.partners.models import Partner
from tenant_apps.quoting.code_tables import LOST

KEY = "crm.opportunity"
S = Opportunity.State
STEPS = {"month": (TruncMonth, 1), "quarter": (TruncQuarter, 3)}
Row = dict[str, Any]


def rows(actor: Actor, **where: Any) -> QuerySet[Opportunity]:
    return visible(actor, Opportunity.objects.filter(**where), KEY)


def sees_amounts(actor: Actor) -> bool:
    """Whether a reader may know what opportunities are worth."""
    return not actor.profile.hidden(KEY).intersection(("amount", "weighted"))


def told(value: Decimal | None, shown: bool) -> str | None:
    return str(value or ZERO) if shown else None


def forecast(actor: Actor, step: str, today: date) -> Row:
    """Open opportunities by the period in which the order is expected and by owner: number, amount, weighted amount; what was won in it beside."""
    truncated, months = STEPS[step]
    shown = sees_amounts(actor)
    open_ = rows(actor, state=S.OPEN)
    sums = {"count": Count("pk"), "sum": Sum("amount"), "sure": Sum("weighted")}
    found: Any = open_.annotate(period=truncated("expected_on")).order_by().values("period", "owner").annotate(**sums)
    cells: list[Row] = list(found)
    begins = min([_first(today, months), *(cell["period"] for cell in cells if cell["period"])])
    won_rows: Any = rows(actor, state=S.WON, closed_on__gte=begins).annotate(period=truncated("closed_on")).order_by()
    won = dict(won_rows.values_list("period").annotate(sum=Sum("amount")))
    starts = sorted({cell["period"] for cell in cells if cell["period"]} | set(won))
    periods = [
        _period(start, months, [cell for cell in cells if cell["period"] == start], won.get(start), shown, today) for start in starts
    ]
    undated = [cell for cell in cells if cell["period"] is None]
    owners = {cell["owner"] for cell in cells}
    return {
        "periods": periods,
        "undated": _sums(undated, shown) | {"query": "state=open&expected_on__isnull=true"},
        "owners": sorted((_owner(one, cells, shown) for one in owners), key=lambda row: -Decimal(row["weighted"] or row["count"])),
        "total": _sums(cells, shown),
    }


def _first(today: date, months: int) -> date:
    """The first day of the running month or quarter."""
    return date(today.year, (today.month - 1) // months * months + 1, 1)


def _after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _last(start: date, months: int) -> date:
    return date.fromordinal(_after(start, months).toordinal() - 1)


def _span(name: str, first: date, last: date) -> str:
    """How a list is asked for the days from one to another."""
    return f"{name}__gte={first}&{name}__lte={last}"


def _sums(cells: list[Row], shown: bool) -> Row:
    return {
        "count": sum(cell["count"] for cell in cells),
        "amount": told(sum((cell["sum"] for cell in cells), ZERO), shown),
        "weighted": told(sum((cell["sure"] for cell in cells), ZERO), shown),
    }


def _period(start: date, months: int, cells: list[Row], won: Decimal | None, shown: bool, today: date) -> Row:
    last = _last(start, months)
    name = f"{start:%Y-%m}" if months == 1 else f"{start.year} Q{(start.month + 2) // 3}"
    return {
        "key": name, "from": start, "to": last, "late": last < today, **_sums(cells, shown), "won": told(won, shown),
        "query": f"state=open&{_span('expected_on', start, last)}", "won_query": f"state=won&{_span('closed_on', start, last)}",
    }  # fmt: skip


def _owner(owner: int | None, cells: list[Row], shown: bool) -> Row:
    mine = [cell for cell in cells if cell["owner"] == owner]
    return {"owner": owner, "label": _named(owner), **_sums(mine, shown), "query": f"state=open&{_of(owner)}"}


def _named(owner: int | None) -> str:
    return people.members().get(owner, "—") if owner else "—"


def _of(owner: int | None) -> str:
    return f"owner={owner}" if owner else "owner__isnull=true"


def funnel(actor: Actor, since: date, today: date) -> list[Row]:
    """Stage by stage: what stands there now, how much of it for longer than is usual, and how many of those opened since a day came at least that far."""
    shown = sees_amounts(actor)
    here = {
        row["stage"]: row
        for row in rows(actor, state=S.OPEN).order_by().values("stage").annotate(count=Count("pk"), sum=Sum("amount"), sure=Sum("weighted"))
    }
    reached = list(rows(actor, opened_on__gte=since).order_by().values_list("reached").annotate(n=Count("pk")))
    stages = list(Stage.objects.order_by("position", "pk"))
    late = _stuck(actor, stages, today)
    found: list[Row] = []
    for stage in stages:
        cells: list[Any] = [here[stage.pk]] if stage.pk in here else []
        if cells or stage.active:
            base = {"id": stage.pk, "label": str(stage), **_sums(cells, shown), "query": f"state=open&stage={stage.pk}", **late[stage.pk]}
            came = {"reached": sum(n for furthest, n in reached if furthest >= stage.position)}
            found.append({**base, **came, "reached_query": f"opened_on__gte={since}&reached__gte={stage.position}"})
    query = f"state=won&opened_on__gte={since}"
    won = rows(actor, state=S.WON, opened_on__gte=since).aggregate(count=Count("pk"), sum=Sum("amount"), sure=Sum("weighted"))
    last = {"id": None, "label": str(S.WON.label), **_sums([{**won, "sum": won["sum"] or ZERO, "sure": won["sure"] or ZERO}], shown)}
    return [*found, {**last, "query": query, "reached": won["count"], "reached_query": query, "stuck": 0, "stuck_query": ""}]


def _stuck(actor: Actor, stages: list[Stage], today: date) -> dict[int, Row]:
    """{stage: how many open opportunities stand there for longer than is usual}."""
    sums, queries = {}, {}
    for stage in stages:
        last = today - timedelta(days=stage.days + 1)
        sums[f"stage_{stage.pk}"] = Count("pk", filter=Q(stage=stage.pk, stage_since__lte=last) if stage.days else Q(pk=None))
        queries[stage.pk] = f"state=open&stage={stage.pk}&stage_since__lte={last}" if stage.days else ""
    counted = rows(actor, state=S.OPEN).aggregate(**sums) if sums else {}
    return {pk: {"stuck": counted[f"stage_{pk}"], "stuck_query": query} for pk, query in queries.items()}


def outcomes(actor: Actor, since: date, until: date) -> Row:
    """What was decided in a span of days: won and lost by number and amount, why and to whom, and the win rate of each owner."""
    shown = sees_amounts(actor)
    decided = rows(actor, state__in=(S.WON, S.LOST), closed_on__gte=since, closed_on__lte=until)
    sums = {"count": Count("pk"), "sum": Sum("amount")}
    decisions: Any = decided.annotate(month=TruncMonth("closed_on")).order_by().values("state", "owner", "month").annotate(**sums)
    cells: list[Row] = list(decisions)
    reasons = list(decided.filter(state=S.LOST).order_by().values("lost_reason").annotate(**sums))
    against = list(decided.filter(state=S.LOST, lost_to__isnull=False).order_by().values("lost_to").annotate(**sums))
    names, span = labels(LOST), _span("closed_on", since, until)
    makers = dict(Partner.objects.filter(pk__in=[row["lost_to"] for row in against]).values_list("pk", "name"))
    return {
        **_rate(cells, shown), **_queries(span),
        "months": [_month(month, [cell for cell in cells if cell["month"] == month], since, until, shown) for month in sorted({cell["month"] for cell in cells})],
        "reasons": _ranked([(row, str(names.get(row["lost_reason"], row["lost_reason"]) or _t("not told")), f"state=lost&lost_reason={quote(row['lost_reason'])}&{span}") for row in reasons], shown),
        "competitors": _ranked([(row, makers[row["lost_to"]], f"state=lost&lost_to={row['lost_to']}&{span}") for row in against], shown),
        "owners": [
            {"owner": owner, "label": _named(owner), **_rate([cell for cell in cells if cell["owner"] == owner], shown), **_queries(f"{_of(owner)}&{span}")}
            for owner in sorted({cell["owner"] for cell in cells}, key=lambda one: one or 0)
        ],
    }  # fmt: skip


def _queries(span: str) -> Row:
    return {f"{state}_query": f"state={state}&{span}" for state in (S.WON, S.LOST)}


def _month(month: date, cells: list[Row], since: date, until: date, shown: bool) -> Row:
    """A month of the span, cut off where the span begins and ends."""
    return {"key": f"{month:%Y-%m}", **_rate(cells, shown), **_queries(_span("closed_on", max(month, since), min(_last(month, 1), until)))}


def _ranked(found: list[tuple[Mapping[str, Any], str, str]], shown: bool) -> list[Row]:
    ranked = [{"label": label, "count": row["count"], "amount": told(row["sum"], shown), "query": query} for row, label, query in found]
    return sorted(ranked, key=lambda row: (-row["count"], row["label"]))


def _rate(cells: list[Row], shown: bool) -> Row:
    """Won, lost, and the share won of what was decided, as a ratio; None when nothing was."""
    by: dict[str, tuple[int, Decimal]] = {}
    for state in (S.WON, S.LOST):
        mine = [cell for cell in cells if cell["state"] == state]
        by[state] = (sum(cell["count"] for cell in mine), sum((cell["sum"] or ZERO for cell in mine), ZERO))
    decided, worth = by[S.WON][0] + by[S.LOST][0], by[S.WON][1] + by[S.LOST][1]
    return {
        "won": by[S.WON][0],
        "lost": by[S.LOST][0],
        "won_amount": told(by[S.WON][1], shown),
        "lost_amount": told(by[S.LOST][1], shown),
        "rate": f"{Decimal(by[S.WON][0]) / decided:.3f}" if decided else None,
        "rate_amount": f"{by[S.WON][1] / worth:.3f}" if worth and shown else None,
    }
