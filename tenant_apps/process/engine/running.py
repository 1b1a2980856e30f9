"""One look at the documents by every rule that is due: new alerts, further rungs, and those whose cause is gone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import bulk, clock, config, messages, people, reading, registry
from kernel.models import Message
from kernel.refusals import Refused
from tenant_apps.organization import hours
from tenant_apps.process.engine import matching, telling
from tenant_apps.process.models import Alert, Rule
from tenants.context import here

log = logging.getLogger("millwright.alerts")
EVERY = {Rule.Unit.DAYS: timedelta(hours=1), Rule.Unit.HOURS: timedelta(minutes=15)}
AT_ONCE = 10_000
LONGEST = 300
FAULT = "⚠"
"""Begins what kept a rule from working at all; it goes with the next look that works."""


def run_due() -> int:
    """Look by every rule that is due; one that fails says so to the administrators and keeps no other from its turn."""
    now = clock.now()
    with override(here().tenant.language):  # type: ignore[union-attr]
        return _run_due(now)


def _run_due(now: datetime) -> int:
    done = 0
    for rule in Rule.objects.filter(Q(next_at__isnull=True) | Q(next_at__lte=now), state=Rule.State.ACTIVE).order_by("pk"):
        due = Rule.objects.filter(Q(next_at__isnull=True) | Q(next_at__lte=now), pk=rule.pk)
        if due.update(next_at=now + EVERY[Rule.Unit(rule.unit_of_time)]):  # by this worker and no other
            done += 1
            _safely(rule, now)
    return done


def _safely(rule: Rule, now: datetime) -> None:
    before = rule.trouble
    rule.trouble = "" if before.startswith(FAULT) else before
    try:
        with transaction.atomic():
            run(rule, now)
    except Refused as refused:
        rule.trouble = f"{FAULT} {refused.sentence}"
    except Exception:
        log.exception("alert rule %s", rule.pk)
        rule.trouble = f"{FAULT} {_('This rule could not be worked out. Look at its condition.')}"
    if rule.trouble != before:
        Rule.objects.filter(pk=rule.pk).update(trouble=rule.trouble[:LONGEST])
        if rule.trouble:
            _tell_trouble(rule, now)


def _tell_trouble(rule: Rule, now: datetime) -> None:
    for admin in people.directory.load_admins():
        with override(admin.language):
            title = _("Alert rule “%(name)s” needs a look") % {"name": rule.name}
        link = {"_key": "process.rule", "id": rule.pk}
        messages.send([admin.id or 0], title, text=rule.trouble, origin=f"rule:{rule.pk}:{now.date()}", link=link)


def run(rule: Rule, now: datetime) -> None:
    """Bring one rule's alerts in line with the documents as they are."""
    if rule.working and not _in_working_time(now):
        return
    known = {row.key: row for row in Alert.objects.filter(rule=rule, closed_at=None).values_list(*Known._fields, named=True)}
    hits = matching.found(rule, now, {key: row.since for key, row in known.items()})
    close(Alert.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in hits]), now)
    on = {key: hit for key, hit in hits.items() if key in known and _goes_on(rule, known[key], hit, now)}
    older = {alert.key: alert for alert in Alert.objects.filter(pk__in=[known[key].pk for key in on])} if on else {}
    fresh = {key: hit for key, hit in hits.items() if key not in known}
    quiet = [_placed(_born(rule, key, now), hit) for key, hit in fresh.items() if hit.step < 0]
    news = [_placed(_born(rule, key, now), hit) for key, hit in fresh.items() if hit.step >= 0]
    news += [_placed(alert, on[key]) for key, alert in older.items()]
    for start in range(0, len(news), AT_ONCE):
        _write(rule, news[start : start + AT_ONCE], now)
    bulk.insert(Alert, quiet)


class Known(NamedTuple):
    """What has to be known of an open alert to see whether it goes on."""

    key: str
    pk: int
    since: datetime
    step: int
    told_at: datetime | None
    acknowledged_at: datetime | None
    snoozed_until: datetime | None


def _born(rule: Rule, key: str, now: datetime) -> Alert:
    return Alert(rule_id=rule.pk, subject=rule.resource, key=key, level=rule.level, opened_at=now, told=[])


def _placed(alert: Alert, hit: matching.Hit) -> Alert:
    alert.subject_id, alert.since, alert.step, alert.count = hit.pk, hit.since, hit.step, hit.documents
    return alert


def _goes_on(rule: Rule, alert: Any, hit: matching.Hit, now: datetime) -> bool:
    """Whether an alert has reached a further rung, or its last one is told again."""
    if alert.snoozed_until is not None and alert.snoozed_until > now:
        return False
    woken = alert.snoozed_until is not None and (alert.told_at is None or alert.told_at < alert.snoozed_until)
    if alert.acknowledged_at is not None and rule.ack_stops and not woken:
        return False
    if hit.step > alert.step or woken:
        return True
    again = timedelta(**{rule.unit_of_time: rule.repeat})
    return bool(rule.repeat and alert.step == len(rule.steps) - 1 and alert.told_at is not None and alert.told_at + again <= now)


def _write(rule: Rule, news: list[Alert], now: datetime) -> None:
    """Keep and tell what is new: the documents in one statement, the alerts in one or two, the messages in one."""
    resource = registry.get(rule.resource)
    found = resource.queryset().filter(pk__in=[one.subject_id for one in news]).values(*telling.columns(resource, rule))
    rows = {row["id"]: row for row in found}
    news = [one for one in news if one.subject_id in rows]
    for one in news:
        one.label, one.told_at = reading.label_of(resource, rows[one.subject_id], {})[:200], now
    told = telling.assign(rule, news, rows)
    bulk.update([one for one in news if one.pk is not None], ("subject_id", "since", "step", "count", "told", "told_at", "label"))
    bulk.insert(Alert, [one for one in news if one.pk is None])
    messages.deliver(list(telling.messages(rule, told, rows, now)))


def close(alerts: QuerySet[Alert], now: datetime) -> None:
    """The cause is gone: the alerts end, and what was told of them asks nobody any more."""
    gone = dict(alerts.values_list("pk", "told"))
    if not gone:
        return
    Alert.objects.filter(pk__in=gone).update(closed_at=now)
    members = {member for told in gone.values() for member in told}
    ids = list(gone)
    concerned = Message.objects.filter(member__in=members, kind=Message.Kind.ALERT, link__alert__in=ids)
    if members:
        concerned.filter(acknowledged_at=None).update(ack=False, snoozed_until=None)
        concerned.filter(read_at=None).update(read_at=now)
        transaction.on_commit(lambda: messages.renew(members), robust=True)


def _in_working_time(now: datetime) -> bool:
    return hours.working_between(now, now + timedelta(minutes=1)) > timedelta(0)


def watched() -> list[str]:
    """The document types that any rule watches; no SQL when warm."""
    return config.cached("watched", lambda: sorted(set(Rule.objects.filter(state=Rule.State.ACTIVE).values_list("resource", flat=True))))
