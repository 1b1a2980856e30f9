"""Looking at a large selection table as a whole, by a worker."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kernel import jobs
from kernel.access import Actor
from kernel.models import Job
from tenant_apps.selection import offering

KIND, THOROUGH = "selection_analysis", 200_000


def start(table: Any, *, by: Actor) -> Job:
    """Queue the analysis of a table as it is sent, saved or not."""
    return jobs.start(KIND, _("Analysis of a selection table"), {"table": table}, by=by)


@jobs.job(KIND)
def run(job: jobs.Run) -> dict[str, Any]:
    """Look at every value, ten times as long as while somebody waits; says how far it is after each hundredth."""
    told = -1

    def go_on(done: int, total: int) -> bool:
        nonlocal told
        if done * 100 // total != told:
            told = done * 100 // total
            job.progress(done, total)
        return True

    return {"report": offering.analysed(job.params["table"], go_on, THOROUGH)}
