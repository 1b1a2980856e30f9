"""The selection engine: a table and choices in, one answer out. Knows no database (spec 2.2)."""

from tenant_apps.selection.engine.analysing import STEPS, GoOn, Report, analysed, impossible, told_contradictions
from tenant_apps.selection.engine.answering import Answer, evaluate
from tenant_apps.selection.engine.cases import failures
from tenant_apps.selection.engine.choosing import Raw, told
from tenant_apps.selection.engine.coding import parse
from tenant_apps.selection.engine.explaining import repaired
from tenant_apps.selection.engine.guiding import guided
from tenant_apps.selection.engine.limiting import Limit
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.table import Problem, Table
from tenant_apps.selection.engine.whole import Bad, read

__all__ = [
    "STEPS",
    "Answer",
    "Bad",
    "GoOn",
    "Limit",
    "Machine",
    "Problem",
    "Raw",
    "Report",
    "Table",
    "analysed",
    "evaluate",
    "failures",
    "guided",
    "impossible",
    "parse",
    "read",
    "repaired",
    "told",
    "told_contradictions",
]
