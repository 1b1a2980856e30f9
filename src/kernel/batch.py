"""One verb on many documents: each succeeds or is refused for itself, and the answer says which. Many go to a worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel import calls, clock, doors, holding, jobs, registry, saving
from kernel.access import Actor
from kernel.models import Job
from kernel.refusals import Refused
from kernel.resources import Resource

AT_ONCE, MOST = 30, 2000


def checked(resource: Resource, rows: Any, verb: Any, values: Any) -> tuple[list[Any], str, dict[str, Any]]:
    """The batch as sent; refused when it is none."""
    if not isinstance(rows, list) or not isinstance(verb, str) or not isinstance(values, dict) or len(rows) > MOST:
        raise Refused("bad_bulk", _("Please send verb, values and at most %(n)d ids.") % {"n": MOST}, status=400)
    if verb not in ("change", "delete"):
        doors.known(resource, verb)
    return rows, verb, values


def queue(resource: Resource, rows: Sequence[Any], verb: str, values: dict[str, Any], by: Actor) -> Job:
    """Leave a long batch to the workers."""
    label = {"change": _("Change"), "delete": _("Delete")}.get(verb) or str(resource.verbs[verb].label)
    return jobs.start(
        "batch",
        f"{label}: {len(rows)} × {resource.label}",
        {"key": resource.key, "rows": list(rows), "verb": verb, "values": values},
        by=by,
    )


@jobs.job("batch")
def run(job: jobs.Run) -> dict[str, Any]:
    """Do a queued batch, row by row; what is done stays done when it is called off."""
    resource, rows = registry.get(job.params["key"]), job.params["rows"]
    results = []
    for done, row in enumerate(rows):
        if done % 10 == 0:
            job.progress(done, len(rows))
        results.append(one(resource, row, job.params["verb"], job.params["values"], job.actor))
    return {"rows": len(rows), "failed": sum(not told["ok"] for told in results), "results": results}


def one(resource: Resource, row: Any, verb: str, values: dict[str, Any], by: Actor) -> dict[str, Any]:
    """One row of a batch, in a transaction of its own."""
    row = row if isinstance(row, dict) else {"id": row}
    key, version = row.get("id"), row.get("version")
    told: dict[str, Any] = {"id": key, "ok": True, "label": "", "code": "", "detail": "", "version": None}

    @calls.anew
    def work() -> None:
        if isinstance(key, bool) or not isinstance(key, int):
            raise doors.not_found()
        with calls.call() as call:
            document = saving.lock(doors.handle(resource, key, by), version if isinstance(version, int) else None)
            told["label"] = str(document)
            doors.carry_out(resource, document, verb, holding.choose(values), by=by, at=clock.now())
            told["version"] = document.version
            if call.held:
                told["held"] = call.held[0]

    try:
        work()
    except Refused as refused:
        told |= {"ok": False, "code": refused.code, "detail": str(refused.sentence)}
        told |= {name: refused.extra[name] for name in ("choose", "checklist") if name in refused.extra}
    return told
