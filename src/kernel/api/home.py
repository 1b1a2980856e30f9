"""The home page: which cards a member has, how they lie, and what is on each."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import cards, clock
from kernel.api.me import MemberView
from kernel.models import Personal


class Home(MemberView):
    def get(self, request: Request) -> Response:
        mine = cards.of(self.actor)
        saved = Personal.objects.filter(member=self.me, kind="setting", name="home").first()
        default = [{"name": one.name, "w": one.size[0], "h": one.size[1]} for one in mine]
        return Response({"cards": [one.told() for one in mine], "layout": (saved.value.get("value") if saved else None) or default})


class Card(MemberView):
    def get(self, request: Request, name: str) -> Response:
        found = cards.get(name, self.actor)
        if found is None:
            raise Http404
        return Response(found.read(self.actor, clock.now().date()))
