"""What a line of the platform's log says, in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from django.utils.translation import gettext_lazy, pgettext_lazy

from kernel import registry
from kernel.models import Job
from shared_apps.console.models import PlatformLog

KINDS = {
    "log_in": gettext_lazy("Log-in"),
    "log_in_failed": gettext_lazy("Failed log-in"),
    "log_out": gettext_lazy("Log-out"),
    "locked_out": gettext_lazy("Locked out"),
    "unlocked": gettext_lazy("Lock lifted"),
    "kept_out": gettext_lazy("Refused for place or time"),
    "new_browser": gettext_lazy("Log-in in a new browser"),
    "idle": gettext_lazy("Ended after a pause"),
    "refused": gettext_lazy("Refused for lack of permission"),
    "sign_up": gettext_lazy("Sign-up"),
    "joined": gettext_lazy("Joined a company"),
    "factor_added": gettext_lazy("Second factor added"),
    "factor_removed": gettext_lazy("Second factor removed"),
    "second_factor_failed": gettext_lazy("Second factor failed"),
    "recovery_codes_made": gettext_lazy("Recovery codes made"),
    "password_changed": gettext_lazy("Password changed"),
    "password_reset_asked": gettext_lazy("Password reset asked for"),
    "password_reset": gettext_lazy("Password reset"),
    "email_change_asked": gettext_lazy("Change of e-mail asked for"),
    "email_changed": gettext_lazy("E-mail changed"),
    "sessions_ended": gettext_lazy("Log-ins ended"),
    "token_made": gettext_lazy("Key for programs made"),
    "token_revoked": gettext_lazy("Key for programs withdrawn"),
    "webhook_key_shown": gettext_lazy("Key of a webhook shown"),
    "connected": gettext_lazy("Outside log-in connected"),
    "disconnected": gettext_lazy("Outside log-in disconnected"),
    "recognised": gettext_lazy("Outside log-in recognised"),
    "support": gettext_lazy("Support access"),
    "operator": gettext_lazy("Operator's work"),
    "permission": gettext_lazy("Change of permissions"),
    "export": gettext_lazy("Export"),
    "api": gettext_lazy("Calls of a program"),
    "job": gettext_lazy("Job"),
}
"""What is written, in words. Others are shown as they are called."""
COLOURS = {
    "log_in_failed": "orange", "locked_out": "red", "kept_out": "orange", "second_factor_failed": "orange", "factor_removed": "orange", "support": "purple",
    "operator": "purple", "permission": "gold", "export": "blue", "api": "cyan",
}  # fmt: skip
WORKS = {
    "export": gettext_lazy("Export"),
    "import": gettext_lazy("Import"),
    "bulk": gettext_lazy("Many at once"),
    "sandbox": gettext_lazy("Copy into the sandbox"),
    "company_export": gettext_lazy("Export of the whole company"),
    "company_import": gettext_lazy("Import of a whole company"),
    "client_backup": gettext_lazy("Backup"),
    "client_restore": gettext_lazy("Restore over"),
    "client_restore_beside": gettext_lazy("Restore beside"),
    "client_archive": gettext_lazy("Archive for another server"),
    "client_delete": gettext_lazy("Deletion at once"),
    "company_opening": gettext_lazy("Company opening"),
}
FIRST = ("calls", "refused", "slowest", "ms", "rows")
"""In this order; the database keeps none."""
LOOKS = {
    "list": gettext_lazy("List"),
    "open": pgettext_lazy("look", "Opened"),
    "desk": gettext_lazy("Overview"),
    "events": gettext_lazy("Timeline"),
    "notes": gettext_lazy("Notes"),
    "files": gettext_lazy("Files"),
    "lookup": gettext_lazy("Search"),
    "print": gettext_lazy("Printed"),
    "export": gettext_lazy("Export"),
    "preview": gettext_lazy("Computed"),
    "download": gettext_lazy("Downloaded"),
    "change": gettext_lazy("Changed"),
    "home": gettext_lazy("Home page"),
    "search": gettext_lazy("Search"),
}
"""What a visitor did."""
STEPS = {"create": gettext_lazy("New"), "change": gettext_lazy("Changed"), "delete": gettext_lazy("Deleted")}


def word_of(what: str) -> str:
    """What was worked on, as people call it: a job, a verb of a company's page, a kind of document and what was done to it."""
    if what in WORKS:
        return str(WORKS[what])
    resource = registry.find(what) or registry.find(what.rpartition(".")[0])
    verb = "" if registry.find(what) else what.rpartition(".")[2]
    acted = (resource or registry.get("console.client")).verbs.get(verb or what)
    step = str(acted.label) if acted else str(STEPS.get(verb, verb))
    return " · ".join(filter(None, (resource.label if resource else "", step))) or what


def line(row: PlatformLog, people: dict[int, str], companies: dict[int, str]) -> dict[str, Any]:
    what, data = looked(row.data) if "access" in row.data and "status" in row.data else _plain(row.data)
    return {
        "id": row.pk, "at": row.at, "kind": row.kind, "kind_label": str(KINDS.get(row.kind, row.kind)),
        "color": COLOURS.get(row.kind, "default"), "person": people.get(row.account or 0), "company": companies.get(row.company or 0),
        "ip": row.ip, "agent": row.agent, "what": what, "data": data,
    }  # fmt: skip


def _plain(told: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    data = {name: told[name] for name in dict.fromkeys((*FIRST, *told)) if name in told and name != "what"}
    if data.get("state") in Job.State.values:
        data["state"] = str(Job.State(data["state"]).label)
    return word_of(str(told["what"])) if told.get("what") else "", data


def looked(told: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a visitor looked at, without how their browser asked for it."""
    resource = registry.find(told.get("resource", ""))
    verb = resource.verbs.get(told.get("verb", "")) if resource else None
    what = str(verb.label) if verb else str(LOOKS.get(told["what"], told["what"]))
    data = {
        "label": told.get("label"),
        "rows": told.get("rows"),
        "search": parse_qs(told.get("query", "")).get("q"),
        "access": told["access"],
    }
    if resource is None or told["what"] == "change":
        data |= {"method": told.get("method"), "path": told.get("path")}
    if told["status"] >= 400:
        data["status"] = told["status"]
    return " · ".join(filter(None, (what, resource.label if resource else ""))), data
