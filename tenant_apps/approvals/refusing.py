"""What cannot be done, in sentences that tell how to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from kernel.refusals import Refused
from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.engine import Wrong

SENTENCES: dict[str, Callable[[], str]] = {
    "not_active": lambda: _(
        "It is no longer to be decided here: somebody else has decided, or it was taken back. Reload to see how it stands."
    ),
    "went_on": lambda: _("It has gone on already and cannot be taken back. Ask whoever has it now to send it back to you."),
    "not_passed": lambda: _("It cannot go there. Choose one of the steps that it has passed already."),
    "nobody": lambda: _("Name at least one colleague."),
    "not_both": lambda: _("Others are asked either before or after you here, not both. Decide, or ask them beside you."),
    "there_already": lambda: _("This colleague is asked here already. Choose somebody else."),
    "initiator": lambda: _("Whoever asked for it does not decide it. Choose somebody else."),
    "not_added": lambda: _("You can only take away those whom you have added and who have not answered yet."),
}


@contextmanager
def telling() -> Iterator[None]:
    """The engine's refusals in words."""
    try:
        yield
    except Wrong as wrong:
        raise Refused(wrong.code, SENTENCES[wrong.code]()) from wrong


@contextmanager
def at_node(node: Node) -> Iterator[None]:
    """A formula that cannot be worked out names its step."""
    try:
        yield
    except Refused as refused:
        told = {"step": node.title, "why": refused.sentence}
        raise Refused(
            "flow_formula",
            _(
                "The condition at “%(step)s” cannot be worked out: %(why)s An administrator can mend the flow, or lead this approval past the step."
            )
            % told,
        ) from refused
