"""What browsers are told to keep us from, and how answers travel: scripts, frames and powers that no page of ours needs; packed text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "idle-detection",
        "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


def policy(files: str | None, secure: bool) -> dict[str, Any]:
    """Scripts run by nonce and by what a script with a nonce loads; nothing else runs, wherever it lies. `files`: where uploads go."""
    directives: dict[str, Any] = {
        "default-src": [NONE],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF, NONCE],
        "style-src-attr": [UNSAFE_INLINE],  # antd measures growing text fields with one; it reaches no other element
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF, *([files] if files else [])],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "frame-src": [SELF, "blob:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp/"],
    }
    return {"DIRECTIVES": directives | ({"upgrade-insecure-requests": True} if secure else {})}


class HeadersMiddleware:
    """The headers that no library sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Frame-Options", "DENY")
        if request.path.startswith("/api/"):
            response.setdefault("Cache-Control", "no-store")  # what a company knows stays in no browser's cache
        return response


class PackMiddleware(GZipMiddleware):
    """Descriptions, lists and pages go over the wire in a quarter of their size; files are packed by their own formats."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        packs = not response.streaming and response.get("Content-Type", "").startswith(("application/json", "text/html"))
        return super().process_response(request, response) if packs else response
