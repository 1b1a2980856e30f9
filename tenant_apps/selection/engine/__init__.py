"""The selection engine: a table and choices in, one answer out. Knows no database (spec 2.2)."""

from tenant_apps.selection.engine.analysing import STEPS, GoOn, Report, analysed, impossible, told_contradictions
from tenant_apps.selection.engine.answering import Answer, evaluate, said
from tenant_apps.selection.engine.cases import failures
from tenant_apps.selection.engine.choosing import Raw, kept, told
from tenant_apps.selection.engine.coding import parse
from tenant_apps.selection.engine.guiding import guided
from tenant_apps.selection.engine.limiting import Limit
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.measuring import told_slow
from tenant_apps.selection.engine.mending import allowed, repaired
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
    "allowed",
    "analysed",
    "evaluate",
    "failures",
    "guided",
    "impossible",
    "kept",
    "parse",
    "read",
    "repaired",
    "said",
    "told",
    "told_contradictions",
    "told_slow",
]
