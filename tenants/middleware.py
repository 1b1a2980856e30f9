"""The first thing that happens to a request: whose is it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.http.request import split_domain_port

from tenants import directory, health
from tenants.context import PUBLIC, Console, HasSchema, Schema, tenant_context
from tenants.pages import closed, nobody_here, read_only

CONSOLE = Console()
SAFE = {"GET", "HEAD", "OPTIONS"}
OF_PEOPLE = "/_allauth/"
"""What people change here is their own account, not the company."""
Handler = Callable[[HttpRequest], HttpResponseBase]


class TenantMiddleware:
    """Sets `request.tenant` from the host name (None at the main address) and works for that company until the answer is sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/health/"):  # asked by address, not by name
            return health.answer(request.path, request.GET.get("domain", ""))
        host = split_domain_port(request.get_host())[0].rstrip(".")
        tenant = None if directory.is_main(host) else CONSOLE if directory.is_console(host) else directory.company_at(host)
        if tenant is None and not directory.is_main(host):
            return nobody_here(request)
        if getattr(tenant, "closed", ""):
            return closed(request)
        request.tenant = tenant  # type: ignore[attr-defined]
        schema: HasSchema = tenant or Schema(PUBLIC)
        with tenant_context(schema):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse) and not response.is_async:
            response.streaming_content = inside(schema, cast("Iterator[bytes]", response.streaming_content))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """The one place where a read-only company refuses changes: all but views that say `while_read_only`."""
        tenant = request.tenant  # type: ignore[attr-defined]
        if request.method in SAFE or not getattr(tenant, "read_only", False) or request.path.startswith(OF_PEOPLE):
            return None
        shown = getattr(view, "view_class", None) or getattr(view, "cls", view)
        return None if getattr(shown, "while_read_only", False) else read_only(request, tenant.state)


def inside(schema: HasSchema, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What is streamed after the view has returned is still that company's."""
    with tenant_context(schema):
        yield from chunks
