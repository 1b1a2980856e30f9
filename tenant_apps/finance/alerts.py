"""What is worth an alert about money with customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import HEAD, MANAGEMENT, OWNER, Ready, ready, step, superior

OPEN = 'state in ("planned", "triggered", "partly_received")'
"""What waits for no document has its day before it is due: the end of a warranty."""

ready(
    Ready(
        "due-overdue", "finance.due", _("Receivable overdue"), f"{OPEN} and not retention", field="due_date",
        steps=(step(-7, OWNER), step(3, OWNER), step(15, OWNER, superior()), step(30, HEAD), step(60, MANAGEMENT)),
        facts=("source_label", "partner", "amount", "collected", "due_date"),
    ),
    Ready(
        "retention-due", "finance.due", _("Retention due"), f"{OPEN} and retention", field="due_date", level="info",
        steps=(step(-15, OWNER), step(1, OWNER), step(30, OWNER, superior())), facts=("source_label", "partner", "amount", "due_date"),
    ),
    Ready(
        "invoice-draft", "finance.invoice", _("Invoice not issued"), 'state = "draft"', anchor="silent", level="info",
        steps=(step(3, OWNER), step(10, OWNER, superior())), facts=("partner", "total"),
    ),
)  # fmt: skip
