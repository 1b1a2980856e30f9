"""The background workers' view of the product: every task runs for exactly the company it was sent for."""

import os
import time
from typing import Any

from celery.signals import beat_init, before_task_publish, task_prerun, worker_init
from tenant_schemas_celery.app import CeleryApp

from tenants.timetable import for_every_company, for_nobody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = CeleryApp("millwright", task_cls="tenants.schema_task:SchemaTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def read_settings_anew(**told: object) -> None:
    """A task knows nothing of the settings that the one before it has read."""
    from kernel import config

    config.forget_epoch()


@before_task_publish.connect
def note_when(headers: dict[str, Any] | None = None, **told: object) -> None:
    """So that those who watch the platform can tell how long a task has waited."""
    if headers is not None:
        headers["sent_at"] = time.time()


@worker_init.connect
@beat_init.connect
def check_database(**told: object) -> None:
    from tenants import starting

    starting.check_database()


app.conf.beat_schedule = {
    "spare schemas": for_nobody("tenants.refill", 60),
    "unfinished companies": for_nobody("tenants.finish_stuck", 60),
    "ends of trials and grace": for_nobody("tenants.advance", 600),
    "ends of waits for deletion": for_nobody("tenants.delete_due", 3600),
    "backups": for_nobody("tenants.back_up_due", 1800),
    "proofs of own domains": for_nobody("provisioning.look_at_domains", 3600),
    "undelivered events": for_every_company("kernel.sweep", 60),
    "the platform's own": for_nobody("kernel.sweep", 60),
    "mail that came back": for_nobody("kernel.read_returned", 300),
    "expired quotes": for_every_company("quoting.expire", 3600),
    "leads and registered projects whose time is over": for_every_company("crm.turn_day", 3600),
    "deadlines of approvals": for_every_company("approvals.deadlines", 300),
    "handovers": for_every_company("organization.handovers", 3600),
    "moves within companies": for_every_company("organization.turn_page", 3600),
    "accounts whose protection ends": for_every_company("partners.turn_day", 6 * 3600),
    "receivables whose day has come": for_every_company("finance.turn_day", 6 * 3600),
    "what customers are worth": for_every_company("analytics.customer_values", 24 * 3600),
    "targets of agencies": for_every_company("analytics.agency_targets", 24 * 3600),
    "alerts": for_every_company("process.watch", 900),
    "news of payments": for_nobody("billing.sweep", 300),
    "renewals": for_nobody("billing.renew", 24 * 3600),
    "use beyond the plan": for_nobody("billing.meter", 3600),
    "payments against Stripe": for_nobody("billing.reconcile", 24 * 3600),
    "operators' list of companies": for_nobody("console.keep_in_line", 300),
    "calls of programs": for_nobody("console.write_down_calls", 900),
    "uptime": for_nobody("console.probe", 60),
    "usage": for_every_company("billing.measure", 3600),
    "old answers": for_every_company("kernel.tidy", 24 * 3600),
    "the platform's old answers": for_nobody("kernel.tidy", 24 * 3600),
}
