"""Customers and market: leads, opportunities, contacts with customers, campaigns, registered projects, evaluations."""

from tenant_apps.crm.models.activity import Activity
from tenant_apps.crm.models.campaign import Campaign
from tenant_apps.crm.models.evaluation import Evaluation, EvaluationModel
from tenant_apps.crm.models.industry import IndustryCompany, IndustryPerson
from tenant_apps.crm.models.lead import Lead
from tenant_apps.crm.models.opportunity import Opportunity, Stage
from tenant_apps.crm.models.registration import Registration
from tenant_apps.crm.models.rival import Rival

__all__ = [
    "Activity",
    "Campaign",
    "Evaluation",
    "EvaluationModel",
    "IndustryCompany",
    "IndustryPerson",
    "Lead",
    "Opportunity",
    "Registration",
    "Rival",
    "Stage",
]
