"""How allauth behaves in this product."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from shared_apps.accounts import browsers, devices, log
from shared_apps.accounts.models import User
from shared_apps.accounts.recent import confirm
from shared_apps.accounts.tasks import send_soon


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
        send_soon(message.subject, message.body, [email], html)

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "shared_apps.accounts.stages.EnrolStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        confirm(request)
        browsers.greet(request, user)
        devices.remember(request, user)
        log.record("log_in", request, user.pk)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            log.record("log_out", request, request.user.pk)
        devices.forget(request)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed is not kept: people type passwords into the wrong field."""
        known = User.objects.filter(email=User.objects.normalize_email(credentials.get("email"))).values_list("pk", flat=True).first()
        log.record("log_in_failed", request, known)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return str(credentials.get("email", "")).lower()
