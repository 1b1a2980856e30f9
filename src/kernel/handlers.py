"""What the kernel itself does in the background."""

from kernel import batch, meters
from kernel.exchange import exporting, importing, undoing
from kernel.webhooks import sending

__all__ = ["batch", "exporting", "importing", "meters", "sending", "undoing"]
