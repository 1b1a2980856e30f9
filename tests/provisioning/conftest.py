from tests.founding import deployed, found, platform

__all__ = ["deployed", "found", "platform"]
