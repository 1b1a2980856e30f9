"""The implementation of the product at a company, as documents of both sides. Public schema."""

from shared_apps.implementation.models.contract import ChangeOrder, Milestone, ServiceContract, Stage
from shared_apps.implementation.models.flow import FlowStep
from shared_apps.implementation.models.papers import AcceptanceScript, Confirmation, ScriptStep
from shared_apps.implementation.models.project import Project, Requirement, Step
from shared_apps.implementation.models.signed import Signed

__all__ = [
    "AcceptanceScript",
    "ChangeOrder",
    "Confirmation",
    "FlowStep",
    "Milestone",
    "Project",
    "Requirement",
    "ScriptStep",
    "ServiceContract",
    "Signed",
    "Stage",
    "Step",
]
