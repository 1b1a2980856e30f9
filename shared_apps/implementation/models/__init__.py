"""The implementation of the product at a company, as documents of both sides. Public schema."""

from shared_apps.implementation.models.contract import ChangeOrder, Milestone, ServiceContract
from shared_apps.implementation.models.papers import AcceptanceScript, Confirmation, ScriptStep
from shared_apps.implementation.models.project import Project, Requirement, Step

__all__ = [
    "AcceptanceScript",
    "ChangeOrder",
    "Confirmation",
    "Milestone",
    "Project",
    "Requirement",
    "ScriptStep",
    "ServiceContract",
    "Step",
]
