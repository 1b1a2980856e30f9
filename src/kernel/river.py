"""The history of a document (数据河) as its reader may see it: in words, with hidden fields left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel import codes, divisions, holding, people, registry
from kernel.access import Actor, visible
from kernel.models import Event
from kernel.resources import Resource
from kernel.specs import MASK, Spec

PAGE = 50
AMOUNTS = {"money", "price", "decimal", "percent"}
HIDDEN = {"created_at", "created_by", "id", "custom"}
SILENT = {"ref", "json"}


def page(key: str, pk: int, actor: Actor, before: int | None = None) -> dict[str, Any]:
    """Events of a document and of what belongs to it, newest first."""
    return listed(Event.objects.filter(refs__contains=[f"{key}:{pk}"]), actor, before)


def listed(events: QuerySet[Event], actor: Actor, before: int | None = None) -> dict[str, Any]:
    """A page of events, newest first, as far as the reader may see what they are about."""
    rows = events.order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    seen = _seen(found[:PAGE], actor)
    veils = {key: holding.veils(key, actor) for key in {key for key, _pk in seen}}
    shown = []
    for event in found[:PAGE]:
        if (event.subject, event.subject_id) in seen:
            hidden = veils[event.subject].get(event.subject_id)
            shown.append(told(event, actor.veiled(event.subject, hidden) if hidden else actor))
    return {"rows": shown, "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}


def _seen(events: Sequence[Event], actor: Actor) -> set[tuple[str, int]]:
    """Those subjects of events that the reader may see: a shared history shows nobody the documents of others."""
    keys: dict[str, set[int]] = {}
    for event in events:
        keys.setdefault(event.subject, set()).add(event.subject_id)
    seen: set[tuple[str, int]] = set()
    allowed: Iterable[int]
    for key, ids in keys.items():
        resource = registry.find(key)
        if resource is None or not actor.may(key, "read"):
            continue
        if actor.company is not None or (not actor.everywhere(key, "read") and resource.model.row_scoped):
            allowed = visible(actor, resource.queryset(), key).filter(pk__in=ids).values_list("pk", flat=True)
        else:
            allowed = ids
        seen |= {(key, pk) for pk in allowed}
    return seen


def visitor(event: Event) -> dict[str, Any] | None:
    """Somebody who is no member of the company and did it all the same: an operator with support access."""
    return {"id": 0, "label": event.data["by"]} if "by" in event.data else None


def told(event: Event, actor: Actor) -> dict[str, Any]:
    verb = event.kind.rpartition(".")[2]
    return {
        "id": event.pk,
        "at": timezone.localtime(event.at).isoformat(timespec="seconds"),
        "by": people.named("member", event.actor) or visitor(event),
        "kind": {"create": "created", "change": "changed", "note": "note", "file": "file", "delete": "deleted"}.get(verb, "action"),
        "verb": verb,
        "title": title(event, verb),
        "text": text(event, actor),
        "changes": changes(event, actor),
        "subject": {"_key": event.subject, "id": event.subject_id, "label": event.data.get("label", "")},
        "amount": event.data.get("amount") if "total" not in actor.profile.hidden(event.subject) else None,
    }


def title(event: Event, verb: str) -> str:
    resource = registry.find(event.subject)
    what = resource.label if resource else event.subject
    fixed = {
        "create": _("%(what)s created"),
        "import": _("%(what)s imported"),
        "change": _("%(what)s changed"),
        "delete": _("%(what)s deleted"),
        "note": _("Note on %(what)s"),
        "file": _("File added to %(what)s"),
        "share": _("%(what)s shared"),
        "unshare": _("%(what)s no longer shared"),
        "hand_over": _("%(what)s handed over"),
        "see_as": _("Workspace seen as %(what)s"),
        "looked": _("%(what)s: ID number and bank account shown"),
        "private": _("%(what)s: ID number and bank account changed"),
        "unlock": _("%(what)s: lock after wrong passwords lifted"),
        "sealed": _("%(what)s printed with the company's seal"),
        "set_seal": _("%(what)s: seal set"),
        "drop_seal": _("%(what)s: seal removed"),
    }.get(verb)
    if fixed:
        return fixed % {"what": what}
    if verb == "state" and resource is not None:
        state = (event.changes.get("state") or ["", ""])[1]
        return _told(what, dict(resource.own["state"].choices).get(state, state))
    found = resource.verbs.get(verb) if resource else None
    return _told(what, (found.says or found.label) if found else verb)


def _told(what: Any, news: Any) -> str:
    return _("%(what)s: %(news)s") % {"what": what, "news": news}


def text(event: Event, actor: Actor) -> str:
    """Remarks, and what was given to an action; values that are hidden elsewhere are not told here."""
    told = [str(event.data[name]) for name in ("text", "reason", "name") if event.data.get(name)]
    given = event.data.get("values") or {}
    resource = registry.find(event.subject)
    found = resource.verbs.get(event.kind.rpartition(".")[2]) if resource else None
    for name, value in given.items():
        spec = found.params.get(name) if found else None
        shown = MASK if _veiled(name, spec, resource, actor) else _shown(spec, value)
        told.append(_told(spec.label if spec else name, shown))
    told += [f"✓ {item}" for item in event.data.get("checked", ())]
    return pgettext("between remarks", "; ").join(told)


def _veiled(name: str, spec: Spec | None, resource: Resource | None, actor: Actor) -> bool:
    """Whether what was given to an action may repeat a hidden value. An action passes its values on to whatever documents it makes: hidden is
    what bears the name of a field hidden on any of them, and every amount where the document itself has hidden amounts."""
    if name in actor.profile.hidden_names:
        return True
    if resource is None or (spec is not None and spec.type not in AMOUNTS):
        return False
    amounts = {own for own, one in resource.own.items() if one.type in AMOUNTS}
    amounts |= {f"{kind}.{own}" for kind, specs in resource.line_specs.items() for own, one in specs.items() if one.type in AMOUNTS}
    return bool(amounts & actor.profile.hidden(resource.key))


def changes(event: Event, actor: Actor) -> list[dict[str, Any]]:
    """What changed, field by field, in the reader's words; hidden fields are left out."""
    resource = registry.find(event.subject)
    if resource is None or event.kind.endswith((".create", ".delete")):
        return []
    hidden = actor.profile.hidden(event.subject)
    told = []
    for name, pair in event.changes.items():
        spec = resource.fields.get(name[7:]) if name.startswith("custom.") else _spec(resource.own, name)
        if name.partition(".")[0] in resource.line_parts:
            told += _cells(resource, name, pair, hidden) if isinstance(pair, dict) else [_line_change(resource, name, pair, hidden)]
        elif name not in HIDDEN and not (spec and (spec.name in hidden or spec.type in SILENT)):
            label = str(spec.label) if spec else str(resource.line_parts[name[7:]].title) if name[7:] in resource.line_parts else name
            told.append({"field": name, "label": label, "from": _shown(spec, pair[0]), "to": _shown(spec, pair[1])})
    return told


def _cells(resource: Resource, name: str, cells: Mapping[str, Sequence[str]], hidden: frozenset[str]) -> list[dict[str, Any]]:
    """What somebody changed in a line that stayed, cell by cell; what is worked out from it is left to the document's sums."""
    kind, _dot, seq = name.partition(".")
    told = []
    for cell, pair in cells.items():
        spec = _spec(resource.line_specs[kind], cell)
        if spec is None or spec.readonly or spec.type in SILENT or f"{kind}.{spec.name}" in hidden:
            continue
        label = f"{resource.line_parts[kind].title} {seq} · {spec.label}"
        told.append({"field": f"{name}.{spec.name}", "label": label, "from": _shown(spec, pair[0]), "to": _shown(spec, pair[1])})
    return told


def _line_change(resource: Resource, name: str, pair: Sequence[str], hidden: frozenset[str]) -> dict[str, Any]:
    """A line that came or went. What it is called is made of its values: where any of them is hidden, so is the whole."""
    kind, _dot, seq = name.partition(".")
    veiled = any(one.startswith(f"{kind}.") for one in hidden)
    was, now = (MASK if text and veiled else text for text in pair)
    return {"field": name, "label": f"{resource.line_parts[kind].title} {seq.removeprefix('-')}", "from": was, "to": now}


def _spec(specs: Mapping[str, Spec], name: str) -> Spec | None:
    return specs.get(name) or specs.get(name.removesuffix("_id"))


def _shown(spec: Spec | None, value: str | None) -> str:
    if value is None or value == "None":
        return ""
    if spec is not None and spec.choices:
        known = codes.labels(spec.choices)
        return ", ".join(str(known.get(one, one)) for one in (value.split(", ") if spec.type == "choices" else (value,)))
    if spec is not None and spec.type == "division":
        return divisions.name_of(value)
    if spec is not None and spec.type == "bool":
        return _("Yes") if value == "True" else _("No")
    if spec is not None and spec.type == "member":
        return people.members().get(int(value), value)
    if spec is not None and spec.type == "datetime":
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M")
    if spec is not None and spec.type in ("money", "price", "decimal", "percent"):
        return _number(spec, value)
    return value


def _number(spec: Spec, value: str) -> str:
    """1,234,567.89: amounts with two decimals, others with as many as they have."""
    exact = Decimal(value)
    return f"{exact:,.2f}" if spec.type == "money" else f"{exact.normalize():,f}"
