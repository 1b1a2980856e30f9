"""How allauth behaves in this product."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from kombu.exceptions import OperationalError

from shared_apps.accounts.tasks import deliver

log = logging.getLogger("millwright.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up has its own door (a company is founded with it), mail leaves in the background, limits hold across companies."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The client says what happened; no flash messages pile up in cookies."""

    def format_email_subject(self, subject: str) -> str:
        return f"[Millwright 匠程] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        html = next((str(content) for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"), "")
        try:
            deliver.delay(message.subject, message.body, [email], html)
        except OperationalError:
            log.warning("no broker: the mail is sent at once")
            message.send(fail_silently=True)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return str(credentials.get("email", "")).lower()
