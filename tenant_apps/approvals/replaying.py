"""Carrying out what was agreed to: in the name of whoever asked, checked again, once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import calls, clock, doors, figures, holding, people, registry, saving
from kernel.access import SYSTEM, Actor
from kernel.actions import move, perform
from kernel.refusals import Refused
from kernel.specs import key_of
from tenant_apps.approvals.models import Approval
from tenant_apps.organization.models import Member

log = logging.getLogger("millwright.approvals")
S = Approval.State


def replay(pk: int) -> None:
    """Carry out an approved call that has not been carried out yet. Called again, it does nothing more."""
    try:
        sentence = _attempt(pk)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the sweeper tries again
    except Refused as refused:
        sentence = str(refused.sentence)
    except Exception:
        log.exception("approval %s", pk)
        sentence = _("It did not work, and the fault is ours. Nothing was changed; please try again.")
    if sentence:
        _fail(pk, sentence)


def _attempt(pk: int) -> str:
    with transaction.atomic(), calls.call():
        approval = saving.lock(Approval(pk=pk))
        if approval.state != S.APPROVED or approval.done_at is not None:
            return ""
        by = _initiator(approval)
        if by is None:
            return _("Whoever asked for it is no longer a member.")
        at = clock.now()
        with override(by.language), figures.telling(by), holding.let_through(approval.resource, approval.subject_id):
            document = _carry_out(approval, by, at)
        approval.done_at, approval.open = at, False
        if approval.subject_id is None and document is not None:
            approval.subject_id, approval.source, approval.source_id = document.pk, key_of(type(document)), document.pk
            approval.chain, approval.subject, approval.source_label = (
                [f"{approval.source}:{document.pk}"],
                str(document)[:120],
                str(document)[:60],
            )
        saving.store(approval, by=SYSTEM, at=at)
        _go_on(approval, document, by, at)
    return ""


def _initiator(approval: Approval) -> Actor | None:
    """Whoever asked, with all they may do now."""
    account = Member.objects.filter(pk=approval.owner, state=Member.State.ACTIVE).values_list("account", flat=True).first()
    return None if account is None else people.directory.load_actor(account)


def _carry_out(approval: Approval, by: Actor, at: datetime) -> Any:
    resource, values = registry.get(approval.resource), dict(approval.call.get("values") or {})
    if approval.verb == "create":
        by.require(resource.key, "create", label=resource.label)
        return doors.create(resource, values, by=by, at=at)
    if approval.subject_id is None:
        raise doors.not_found()
    document = saving.lock(doors.handle(resource, approval.subject_id, by))
    doors.carry_out(resource, document, approval.verb, values, by=by, at=at)
    return document


def _go_on(approval: Approval, document: Any, by: Actor, at: datetime) -> None:
    """What was to follow in the same request follows now; if it needs an approval of its own, it waits for that."""
    verbs = list(approval.call.get("then") or ())
    if approval.verb != "create":
        verbs = verbs[1:]
    for position, verb in enumerate(verbs):
        perform(doors.known(registry.get(approval.resource), verb), document, by=by, at=at, values={})
        if calls.current().held:
            holding.go_on_with(verbs[position:])
            return


def _fail(pk: int, sentence: str) -> None:
    with calls.call():
        approval = saving.lock(Approval(pk=pk))
        if approval.state == S.APPROVED and approval.done_at is None:
            approval.outcome = sentence[:500]
            move(approval, S.FAILED, by=SYSTEM, at=clock.now(), reason=sentence)
