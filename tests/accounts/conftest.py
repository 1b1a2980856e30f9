from tests.founding import deployed, found, own_database, platform

__all__ = ["deployed", "found", "own_database", "platform"]
