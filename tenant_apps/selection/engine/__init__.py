"""The selection engine: a table and choices in, one answer out. Knows no database (spec 2.2)."""

from tenant_apps.selection.engine.analysing import analysed, told_contradictions
from tenant_apps.selection.engine.answering import Answer, evaluate
from tenant_apps.selection.engine.cases import failures
from tenant_apps.selection.engine.choosing import told
from tenant_apps.selection.engine.coding import parse
from tenant_apps.selection.engine.guiding import guided
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.table import Problem
from tenant_apps.selection.engine.whole import Bad, read

__all__ = [
    "Answer",
    "Bad",
    "Machine",
    "Problem",
    "analysed",
    "evaluate",
    "failures",
    "guided",
    "parse",
    "read",
    "told",
    "told_contradictions",
]
