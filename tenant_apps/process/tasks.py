"""What watches and sends by itself. Each runs for one company."""

from __future__ import annotations

from celery import shared_task

from tenant_apps.process.channels import sending
from tenant_apps.process.engine import running


@shared_task(name="process.watch")
def watch() -> int:
    """Look at the documents by every alert rule that is due."""
    return running.run_due()


@shared_task(name="process.post", acks_late=True)
def post() -> int:
    """Send what waits in the outbox."""
    return sending.send_due()
