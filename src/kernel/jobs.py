"""Work of more than a second: queued, done by a worker, watched, cancelled, and announced when finished.

@job("import", label=_("Import"))
def run(job: Run) -> dict: ...        # job.params, job.actor, job.progress(done, total)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import clock, figures, messages, people
from kernel.access import SYSTEM, Actor
from kernel.models import Job
from kernel.refusals import Refused

log = logging.getLogger("millwright.jobs")
SILENT_FOR = timedelta(minutes=2)
Runner = Callable[["Run"], dict[str, Any]]

_runners: dict[str, Runner] = {}
_reading: set[str] = set()
_ended: list[Callable[[Job, str], None]] = []


class Cancelled(Exception):
    """The person who started it called it off."""


class Run:
    """A job while it runs. Progress is written outside the work's own transaction, so that others see it."""

    def __init__(self, job: Job, actor: Actor) -> None:
        self.job, self.actor, self.params = job, actor, job.params

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Tell how far it is; raises Cancelled when somebody called it off. Not inside a transaction."""
        now = clock.now()
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total, message=message, beat_at=now)
        if Job.objects.filter(pk=self.job.pk, cancel=True).exists():
            raise Cancelled


def job(kind: str, *, while_read_only: bool = False) -> Callable[[Runner], Runner]:
    """Register the function that does jobs of a kind; others than `while_read_only` wait while the company is suspended."""

    def register(function: Runner) -> Runner:
        _runners[kind] = function
        if while_read_only:
            _reading.add(kind)
        return function

    return register


def when_ended(function: Callable[[Job, str], None]) -> None:
    """Have `function(job, state)` called whenever a job of any kind has ended, in the schema in which it ran."""
    _ended.append(function)


def start(kind: str, label: str | Promise, params: dict[str, Any], *, by: Actor) -> Job:
    """Queue a job for the workers once the transaction is committed."""
    now = clock.now()
    made = Job.objects.create(
        kind=kind,
        label=str(label)[:200],
        member=by.id,
        params={**params, "language": by.language, "account": by.account},
        created_at=now,
        beat_at=now,
    )
    schema = getattr(connection, "schema_name", "public")
    transaction.on_commit(lambda: _queue(schema, made.pk), robust=True)  # without the broker the sweeper queues it later
    return made


def _queue(schema: str, pk: int) -> None:
    from kernel.tasks import run_job

    run_job.apply_async(args=[pk], headers={"_schema_name": schema})


def run(pk: int) -> None:
    """Do a queued job; a second worker that gets the same one does nothing."""
    now = clock.now()
    waiting = Job.objects.filter(pk=pk, state=Job.State.QUEUED)
    if getattr(connection.tenant, "read_only", False):  # type: ignore[attr-defined]
        waiting = waiting.filter(kind__in=_reading)
    taken = waiting.update(state=Job.State.RUNNING, beat_at=now)
    if not taken:
        return
    found = Job.objects.get(pk=pk)
    account = found.params.get("account")
    actor = people.here().load_actor(account) if account else (SYSTEM if found.member is None else None)
    with override(found.params.get("language") or "zh-hans"):
        state, message, result = _outcome(found, actor)
        Job.objects.filter(pk=pk).update(state=state, message=message, result=result, finished_at=clock.now())
        _announce(found, state, message)
    found.result = result
    for function in _ended:
        function(found, state)


def _outcome(found: Job, actor: Actor | None) -> tuple[str, str, dict[str, Any]]:
    if actor is None:
        return Job.State.FAILED, _("Whoever started this is no longer a member."), {}
    try:
        with figures.telling(actor):
            result = _runners[found.kind](Run(found, actor))
        return Job.State.DONE, str(result.pop("message", "")), result
    except Cancelled:
        return Job.State.CANCELLED, _("Called off."), {}
    except Refused as refused:
        return Job.State.FAILED, str(refused.sentence), {"code": refused.code, **refused.extra}
    except Exception:
        log.exception("job %s", found.pk)
        return Job.State.FAILED, _("It did not work, and the fault is ours. Nothing was changed; please try again."), {}


def _announce(found: Job, state: str, message: str) -> None:
    if found.member is not None:
        title = f"{found.label}: {Job.State(state).label}"
        messages.send([found.member], title, text=message, origin=f"job:{found.pk}", link={"_key": "job", "id": found.pk}, kind="job")


def cancel(found: Job) -> None:
    Job.objects.filter(pk=found.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED, finished_at=clock.now())
    Job.objects.filter(pk=found.pk).update(cancel=True)


def call_off_all() -> None:
    """In a copy of a company nobody waits for its jobs."""
    Job.objects.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING)).update(state=Job.State.CANCELLED, finished_at=clock.now())


def requeue_lost() -> int:
    """Queue again jobs nobody took, and fail those whose worker died; the sweeper calls it."""
    silent = Job.objects.filter(beat_at__lt=clock.now() - SILENT_FOR)
    schema = getattr(connection, "schema_name", "public")
    lost = list(silent.filter(state=Job.State.QUEUED).values_list("pk", flat=True)[:100])
    for pk in lost:
        _queue(schema, pk)
    dead = silent.filter(state=Job.State.RUNNING)
    return len(lost) + dead.update(
        state=Job.State.FAILED, message=_("The worker was stopped. Nothing was changed; please start it again."), finished_at=clock.now()
    )


def told(found: Job) -> dict[str, Any]:
    names = ("id", "kind", "label", "state", "done", "total", "message", "result", "created_at")
    return {name: getattr(found, name) for name in names}
