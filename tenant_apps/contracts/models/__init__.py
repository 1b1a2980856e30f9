"""Contracts, their payment plans, clauses and changes (spec 2.4)."""

from tenant_apps.contracts.models import amending
from tenant_apps.contracts.models.changes import Change, ChangeLine
from tenant_apps.contracts.models.clauses import Clause, ContractClause
from tenant_apps.contracts.models.contract import Contract, ContractLine, PlanLine
from tenant_apps.contracts.models.dividing import divide, redivide, spread
from tenant_apps.contracts.models.terms import BILLING, GATING, SHARE, TERM_FIELDS, WHEN, Scheme, SchemeLine, Term, usual_scheme

__all__ = [
    "BILLING", "GATING", "SHARE", "TERM_FIELDS", "WHEN", "Change", "ChangeLine", "Clause", "Contract", "ContractClause", "ContractLine", "PlanLine", "Scheme",
    "SchemeLine", "Term", "amending", "divide", "redivide", "spread", "usual_scheme",
]  # fmt: skip
