"""What companies' people ask of the platform beside its documents."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from kernel import people
from kernel.api.me import MemberView
from tenants.context import PUBLIC, here


class GuestView(MemberView):
    """Asked at a company's address, answered among the platform's rows."""

    def platform(self) -> Any:
        if here().schema_name == PUBLIC:
            raise Http404
        return people.platform.enter(self.actor)
