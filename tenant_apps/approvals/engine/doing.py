"""What people can do with their part, and administrators with the whole. Each leaves the state ready for the next."""

from __future__ import annotations

from collections.abc import Iterable

from tenant_apps.approvals.engine.flowing import Flowing
from tenant_apps.approvals.engine.seats import OPEN, Seat
from tenant_apps.approvals.engine.world import Wrong


class Engine(Flowing):
    """One approval under way."""

    def active(self, key: int) -> Seat:
        """The seat whose turn it is."""
        seat = self.seats.find(key)
        if self.outcome or seat is None or seat["state"] != "active":
            raise Wrong("not_active")
        return seat

    def _go_on(self, act: int | None) -> None:
        self._run()
        self.state["sprung"][str(act)] = sum(token["src"] == act for token in self.tokens)

    # deciding --------------------------------------------------------------------------------------------------------
    def decide(self, key: int, agree: bool, *, state: str = "") -> None:
        """Agree or refuse; in a resubmission: it goes on."""
        seat = self.active(key)
        token = self.token_of(seat["act"])
        self.seats.answer(seat, agree, state)
        act = seat["act"]
        self._settle(token)
        self._go_on(act)

    def send_back(self, key: int, node: str, *, again: bool) -> None:
        """One person sends it back to a step that was passed, whatever the others say."""
        seat = self.active(key)
        token = self.token_of(seat["act"])
        if seat["role"] == "help" or node not in self.returnable(token):
            raise Wrong("not_passed", node)
        self.seats.move(seat, "returned")
        self._return(token, node, again=again)
        self._run()

    def take_back(self, key: int) -> None:
        """Undo one's own agreement while nobody after it has done anything."""
        seat = self.seats.find(key)
        if self.outcome or seat is None or seat["state"] != "approved" or seat["role"] != "seat" or self.seats.below(seat):
            raise Wrong("went_on")
        act = seat["act"]
        if not any(token["act"] == act for token in self.tokens):
            self._revive(act)
        elif self._later(seat):
            raise Wrong("went_on")
        self.seats.move(seat, "active", verdict=None)
        seat.pop("at", None)

    def _later(self, seat: Seat) -> bool:
        """Whether somebody whose turn came after this seat has answered; who is asked but silent waits again."""
        if self.drawing.nodes[self.state["acts"][str(seat["act"])]["node"]].given.get("mode") != "sequence":
            return False
        later = [one for one in self.seats.voting(seat["act"]) if one["id"] > seat["id"]]
        if any((one["verdict"] and one["state"] != "skipped") or self.seats.below(one) for one in later):
            return True
        for one in later:
            if one["state"] == "active":
                self.seats.move(one, "waiting", queue=True)
        return False

    def _revive(self, act: int) -> None:
        heirs = [token for token in self.tokens if token["src"] == act]
        if not heirs or len(heirs) != self.state["sprung"].get(str(act)) or not all(self.seats.untouched(token["act"]) for token in heirs):
            raise Wrong("went_on")
        for token in heirs:
            self.tokens.remove(token)
            if token["act"] is not None:
                self.seats.close(token["act"])
        self.seats.revive(act)
        told = dict(self.state["acts"][str(act)])
        self._put(told.pop("node"), told.pop("forks"), **told, moving=False, act=act)

    # others ----------------------------------------------------------------------------------------------------------
    def add(self, key: int, how: str, members: Iterable[int]) -> None:
        """Ask others too: before oneself, after oneself, or beside oneself with a vote of their own."""
        seat = self.active(key)
        token = self.token_of(seat["act"])
        asked = list(dict.fromkeys(members))
        if not asked:
            raise Wrong("nobody")
        for member in asked:
            self._new_here(seat["act"], member)
        if seat["role"] == "help" or any(one["role"] in ("before", "after") and one["role"] != how for one in self.seats.below(seat)):
            raise Wrong("not_both")
        if how == "beside":
            turns = seat["role"] == "seat" and self._node(token).given.get("mode") == "sequence"
            queue = {"state": "waiting", "queue": True} if turns else {}
            for member in asked:
                self.seats.add(seat["act"], member, by=key, role=seat["role"], of=seat["of"], **queue)
            return
        for member in asked:
            self.seats.add(seat["act"], member, by=key, role=how, of=key)
        self.seats.move(seat, "waiting")

    def remove(self, key: int, members: Iterable[int]) -> None:
        """Take away those whom one has added oneself and who have not answered."""
        seat, wanted = self.seats.find(key), set(members)
        if self.outcome or seat is None or seat["state"] not in OPEN:
            raise Wrong("not_active")
        token = self.token_of(seat["act"])
        mine = [one for one in self.seats.of(seat["act"]) if one["by"] == key and one["who"] in wanted and one["state"] in OPEN]
        if not wanted or {one["who"] for one in mine} != wanted:
            raise Wrong("not_added")
        roles = {one["role"] for one in mine if one["of"] == key}
        self.seats.cancel(mine)
        if roles:
            self.seats.resume(seat, roles.pop())
        act = token["act"]
        self._settle(token)
        self._go_on(act)

    def hand_over(self, key: int, to: int, *, state: str = "transferred") -> None:
        """Another decides from now on."""
        seat = self.active(key)
        self._new_here(seat["act"], to)
        self._pass_on(seat, to, state)

    def _pass_on(self, seat: Seat, to: int, state: str) -> None:
        kept = {name: seat[name] for name in ("role", "of", "weight", "by", "behalf") if name in seat}
        new = self.seats.add(seat["act"], to, **kept, state=seat["state"], **({"queue": True} if seat.get("queue") else {}))
        self.seats.move(seat, state, gone=True)
        for one in self.seats.rows:
            if one["of"] == seat["id"] and not one.get("gone"):
                self.seats.move(one, one["state"], of=new["id"])

    def delegate(self, key: int, to: int) -> None:
        """Another looks at it first; then it comes back."""
        seat = self.active(key)
        self._new_here(seat["act"], to)
        self.seats.add(seat["act"], to, role="help", of=key, by=key)
        self.seats.move(seat, "delegated")

    def _new_here(self, act: int, member: int) -> None:
        """Nobody is asked twice in one step, and whoever asks does not decide."""
        token = self.token_of(act)
        if member == self.world.initiator and self._node(token).kind == "approve":
            raise Wrong("initiator")
        if self._node(token).kind == "start" or any(one["who"] == member and not one.get("gone") for one in self.seats.of(act)):
            raise Wrong("there_already")

    # the whole -------------------------------------------------------------------------------------------------------
    def happened(self, kind: str) -> bool:
        """Let go on what waits for such an event; whether anything did."""
        waiting = [token for token in self.tokens if self._node(token).kind == "wait" and self._node(token).given.get("event") == kind]
        for token in waiting:
            token |= {"src": None}
            self._go(token, self.drawing.out[token["node"]][0])
        self._run()
        return bool(waiting)

    def end(self, outcome: str) -> None:
        """It is called off."""
        if self.outcome:
            raise Wrong("went_on")
        self._finish(outcome)

    def jump(self, node: str) -> None:
        """Rescue: go on from a step, whatever stood open."""
        if self.outcome or self.drawing.nodes.get(node) is None or self.drawing.nodes[node].kind in ("start", "join"):
            raise Wrong("not_passed", node)
        self._clear()
        self._put(node, [self.seats.number() for _split in self.drawing.stacks[node]])
        self._run()

    def rerun(self) -> None:
        """Rescue: once more from the start."""
        if self.outcome:
            raise Wrong("went_on")
        self._clear()
        self._put(self.drawing.out[self.drawing.start][0].target, [])
        self._run()

    def _clear(self) -> None:
        self.tokens.clear()
        self.seats.cancel(self.seats.rows)
        self.state["fresh"] = self.seats.number()

    def replace(self, old: int, new: int) -> None:
        """Rescue: everything that is open with a leaver goes to somebody else."""
        seats = [seat for seat in self.seats.rows if seat["who"] == old and seat["state"] in OPEN]
        if self.outcome or not seats:
            raise Wrong("not_active")
        for seat in seats:
            self._new_here(seat["act"], new)
        for seat in seats:
            self._pass_on(seat, new, "transferred")
