"""What an administrator writes to compute or to decide: `total > 100000 and customer.grade in ("A", "B")`.

One language for flow conditions, own forms, row rules and alerts. It reads fields and calls a fixed set of functions; it is
exact in decimals, bounded in size and time, and cannot reach anything else. An empty value stays empty through arithmetic,
and no empty value is larger or smaller than anything.
"""

from kernel.formulas.formula import Formula, parse
from kernel.formulas.functions import FUNCTIONS
from kernel.formulas.reading import Fields

__all__ = ["FUNCTIONS", "Fields", "Formula", "parse"]
