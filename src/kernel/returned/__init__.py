"""Mail that was taken by our server and could not be delivered: the notification of it (RFC 3464) finds its company and its letter.

    @returns_of("q")
    def letter(pk, notice): ...             # whether anything has changed

Each letter leaves with an envelope sender of its own (`trails`), so that nothing in a notification has to be believed but that address.
"""

from kernel.returned.handling import lost, returns_of, take, when_lost
from kernel.returned.notices import Notice
from kernel.returned.trails import Trail

__all__ = ["Notice", "Trail", "lost", "returns_of", "take", "when_lost"]
