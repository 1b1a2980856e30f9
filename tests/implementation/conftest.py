from tests.console.conftest import account, operator

__all__ = ["account", "operator"]
