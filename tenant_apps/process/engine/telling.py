"""What a person is told of alerts: each by itself, or many as one message; nothing their role hides from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kernel import reading, registry
from kernel.access import Actor
from kernel.models import Message
from kernel.resources import Resource
from kernel.specs import MASK
from tenant_apps.process.engine import people
from tenant_apps.process.models import Alert, Rule

FEW, SHOWN = 5, 10
"""More news of one rule at once than the first become a single message, in which so many are named."""
Rows = Mapping[int, Mapping[str, Any]]


def columns(resource: Resource, rule: Rule) -> list[str]:
    """What has to be read of the documents of one rule."""
    specs = [resource.own[name] for name in rule.facts if name in resource.own]
    anchor = [rule.field] if rule.anchor == Rule.Anchor.DATE else []
    return sorted({*reading.db_names(resource, specs), *people.fields(rule.steps), *anchor})


def assign(rule: Rule, alerts: Sequence[Alert], rows: Rows) -> dict[int, list[Alert]]:
    """Who is told of which alerts: everybody meant by the rung now reached who may read the document; where that is nobody, the
    administrators, and the rule says so. Noted on each alert."""
    meant: dict[int, list[Alert]] = {}
    known: dict[tuple[Any, ...], list[int]] = {}
    names = sorted(people.fields(rule.steps))
    for alert in alerts:
        row = rows[alert.subject_id]
        slot = (alert.step, *(row[name] for name in names))
        if slot not in known:
            known[slot] = people.meant(rule.steps[alert.step], row)
        for member in known[slot]:
            meant.setdefault(member, []).append(alert)
    told = {member: his for member, asked in meant.items() if (his := _seen(member, rule, asked, rows))}
    reached = {id(alert) for his in told.values() for alert in his}
    lost = [alert for alert in alerts if id(alert) not in reached]
    for member in people.administrators() if lost else ():
        told[member] = [*told.get(member, ()), *_seen(member, rule, lost, rows)]
    for member, his in told.items():
        for alert in his:
            alert.told = sorted({*alert.told, member})
    rule.trouble = _lost(len(lost))
    return told


def _lost(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)d document names nobody who is here and may read it; the administrators were told.",
        "%(n)d documents name nobody who is here and may read them; the administrators were told.",
        count,
    ) % {"n": count}


def _seen(member: int, rule: Rule, alerts: list[Alert], rows: Rows) -> list[Alert]:
    who = people.actor(member)
    seen = people.seen_by(who, rule.resource, {alert.subject_id: rows[alert.subject_id] for alert in alerts}) if who else set()
    return [alert for alert in alerts if alert.subject_id in seen]


def messages(rule: Rule, told: Mapping[int, list[Alert]], rows: Rows, now: datetime) -> Iterator[Message]:
    """What lies in everybody's inbox of alerts that have their numbers: each by itself, or many as one."""
    for member, his in told.items():
        who = people.actor(member)
        if who is None or not his:
            continue
        with override(who.language):
            if rule.digest or len(his) > FEW:
                yield _together(who, rule, his, rows, now)
            else:
                yield from [_single(who, rule, alert, rows[alert.subject_id], now) for alert in his]


def _single(who: Actor, rule: Rule, alert: Alert, row: Mapping[str, Any], now: datetime) -> Message:
    origin = f"alert:{alert.pk}:{alert.step}:{int(now.timestamp())}"
    link = {"_key": alert.subject, "id": alert.subject_id, "alert": alert.pk}
    return _message(who, rule, alert.step, f"{rule.name}: {line(who, rule, row)}", sentence(who, rule, alert, row, now), link, origin, now)


def _together(who: Actor, rule: Rule, alerts: list[Alert], rows: Rows, now: datetime) -> Message:
    title = _("%(rule)s: %(n)d documents") % {"rule": rule.name, "n": len(alerts)}
    lines = [f"{line(who, rule, rows[one.subject_id])} · {sentence(who, rule, one, rows[one.subject_id], now)}" for one in alerts[:SHOWN]]
    others = len(alerts) - len(lines)
    text = "\n".join([*lines, *([_("and %(n)d more") % {"n": others}] if others else [])])
    step = max(one.step for one in alerts)
    return _message(who, rule, step, title, text, {"_key": "alerts", "id": rule.pk}, f"alerts:{rule.pk}:{int(now.timestamp())}", now)


def _message(who: Actor, rule: Rule, step: int, title: str, text: str, link: dict[str, Any], origin: str, now: datetime) -> Message:
    made = Message(
        member=who.id or 0,
        at=now,
        kind=Message.Kind.ALERT,
        level=rule.level,
        title=title[:200],
        text=text,
        link=link,
        origin=origin,
        ack=True,
    )
    made.__dict__["ways"] = rule.steps[step].get("channels", [])
    return made


def line(who: Actor, rule: Rule, row: Mapping[str, Any]) -> str:
    """What a document is called, for this reader."""
    return reading.label_of(registry.get(rule.resource), row, who.profile.masked(rule.resource))


def sentence(who: Actor, rule: Rule, alert: Alert, row: Mapping[str, Any], now: datetime) -> str:
    """How long since or until, and the fields the rule tells, as far as this reader sees them."""
    resource, masks = registry.get(rule.resource), who.profile.masked(rule.resource)
    specs = {name: resource.own[name] for name in rule.facts if name in resource.own}
    shown = reading.render_row(specs, row, masks)
    facts = [f"{specs[name].label} {told}" for name in specs if (told := plain(specs[name], shown[name]))]
    count = [_("%(n)d documents") % {"n": alert.count}] if alert.count > 1 else []
    anchored = rule.anchor != Rule.Anchor.DATE or masks.get(rule.field, "readonly") == "readonly"
    return " · ".join([*([when(rule, alert, now)] if anchored else []), *count, *facts])


def when(rule: Rule, alert: Alert, now: datetime) -> str:
    """“3 days late”, “in 3 days”, “nothing for 7 days”."""
    days = (now.date() - alert.since.astimezone(now.tzinfo).date()).days
    if rule.anchor == Rule.Anchor.SILENT:
        return ngettext("nothing for %(n)d day", "nothing for %(n)d days", days) % {"n": days}
    if rule.anchor == Rule.Anchor.HOLDS:
        return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days} if days else _("since today")
    if days < 0:
        return ngettext("in %(n)d day", "in %(n)d days", -days) % {"n": -days}
    return (ngettext("%(n)d day past", "%(n)d days past", days) % {"n": days}) if days else _("today")


def plain(spec: Any, value: Any) -> str:
    """A rendered value as text in a sentence."""
    if value in (None, "", []):
        return ""
    if isinstance(value, dict):
        return str(value.get("label", ""))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if spec.type == "money" and MASK[0] not in value:
        return f"{Decimal(value):,.2f}"
    if isinstance(value, date):
        return date_format(value)
    return str(dict(spec.choices).get(value, value)) if spec.choices else str(value)
