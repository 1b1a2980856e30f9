"""What the kernel itself does in the background."""

from kernel.exchange import exporting, importing, undoing

__all__ = ["exporting", "importing", "undoing"]
