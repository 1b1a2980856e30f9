"""The token engine of approvals: drawing + state + decision → new state and what there is to do. No database, no clock."""

from tenant_apps.approvals.engine.doing import Engine
from tenant_apps.approvals.engine.world import Found, World, Wrong

__all__ = ["Engine", "Found", "World", "Wrong"]
