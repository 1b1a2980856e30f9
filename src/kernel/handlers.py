"""What the kernel itself does in the background."""

from kernel import batch
from kernel.exchange import exporting, importing, undoing

__all__ = ["batch", "exporting", "importing", "undoing"]
