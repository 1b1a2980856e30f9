"""At which numbers a condition may change its mind, read from its formula: `n <= 20 * F` only at 20 · F."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kernel.formulas import Formula, syntax
from kernel.refusals import Refused

Line = tuple[Fraction, Fraction]
"""Slope and offset."""
FLAT = "flat"
"""The same between two turns."""
Shape = Line | str | None
"""How a value follows the number: along a line, flat, or in a way that is not known."""
LOGIC = ("AND", "OR", "NOT", "IF")


class Turns:
    """Follows formulas while one number moves. `moving` are the names that move with it; `found` the numbers at which something may turn."""

    def __init__(self, env: Mapping[str, Any], moving: dict[str, Shape]) -> None:
        self.env, self.moving = env, moving
        self.found: set[Fraction] = set()

    def shape(self, formula: Formula) -> Shape:
        """How its value moves."""
        return self._shape(formula.tree, formula)

    def truth(self, formula: Formula | None) -> Shape:
        """Flat when all the numbers at which it may turn true or false are found."""
        return FLAT if formula is None else self._truth(formula.tree, formula)

    def held(self, name: str) -> Shape:
        """How the value of an option moves."""
        if name in self.moving:
            return self.moving[name]
        value = self.env.get(name)
        return (Fraction(0), Fraction(value)) if isinstance(value, Decimal) else FLAT

    def crossing(self, one: Shape, other: Shape) -> Shape:
        """Two values compared."""
        if isinstance(one, tuple) and isinstance(other, tuple):
            slope = one[0] - other[0]
            if slope:
                self.found.add((other[1] - one[1]) / slope)
            return FLAT
        return FLAT if _is_flat(one) and _is_flat(other) else None

    def _truth(self, node: ast.expr, formula: Formula) -> Shape:
        return self.crossing(self._shape(node, formula), (Fraction(0), Fraction(0)))

    def _shape(self, node: ast.expr, formula: Formula) -> Shape:
        name = syntax.name_of(node)
        if name is not None:
            return self.moving[name] if name in self.moving else self._still(node, formula)
        if not any(syntax.name_of(one) in self.moving for one in ast.walk(node)):
            return self._still(node, formula)
        if isinstance(node, ast.Compare):
            return self._compared(node, formula)
        if isinstance(node, ast.BoolOp):
            return _all_flat([self._truth(one, formula) for one in node.values])
        if isinstance(node, ast.BinOp):
            return _line(node.op, self._shape(node.left, formula), self._shape(node.right, formula))
        if isinstance(node, ast.UnaryOp):
            return self._unary(node, formula)
        return self._called(node, formula)

    def _still(self, node: ast.expr, formula: Formula) -> Shape:
        """A part that does not move."""
        try:
            value = Formula("", formula.source, node, frozenset()).value(self.env)
        except Refused:
            return None
        return (Fraction(0), Fraction(value)) if isinstance(value, Decimal) else FLAT

    def _compared(self, node: ast.Compare, formula: Formula) -> Shape:
        shapes, left = [], self._shape(node.left, formula)
        for right in node.comparators:
            others = right.elts if isinstance(right, ast.Tuple | ast.List) else [right]
            told = [self._shape(one, formula) for one in others]
            shapes += [self.crossing(left, one) for one in told]
            left = told[0] if len(told) == 1 else FLAT
        return _all_flat(shapes)

    def _unary(self, node: ast.UnaryOp, formula: Formula) -> Shape:
        if isinstance(node.op, ast.Not):
            return self._truth(node.operand, formula)
        return _line(
            ast.Sub() if isinstance(node.op, ast.USub) else ast.Add(), (Fraction(0), Fraction(0)), self._shape(node.operand, formula)
        )

    def _called(self, node: ast.expr, formula: Formula) -> Shape:
        """A function of flat values is flat; conditions in it turn where they turn."""
        if isinstance(node, ast.IfExp):
            return _all_flat([self._truth(node.test, formula), self._shape(node.body, formula), self._shape(node.orelse, formula)])
        if not isinstance(node, ast.Call):
            return _all_flat([self._shape(one, formula) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)])
        name = syntax.name_of(node.func)
        logic = name is not None and name.upper() in LOGIC
        tests = 1 if logic and name is not None and name.upper() == "IF" else len(node.args) if logic else 0
        return _all_flat([(self._truth if at < tests else self._shape)(one, formula) for at, one in enumerate(node.args)])


def _is_flat(shape: Shape) -> bool:
    return shape == FLAT or (isinstance(shape, tuple) and not shape[0])


def _all_flat(shapes: list[Shape]) -> Shape:
    return FLAT if all(_is_flat(one) for one in shapes) else None


def _line(sign: ast.operator, left: Shape, right: Shape) -> Shape:
    if not isinstance(left, tuple) or not isinstance(right, tuple):
        return _all_flat([left, right])
    (slope, offset), (other, more) = left, right
    if isinstance(sign, ast.Add):
        return slope + other, offset + more
    if isinstance(sign, ast.Sub):
        return slope - other, offset - more
    if isinstance(sign, ast.Mult) and not (slope and other):
        return slope * more + other * offset, offset * more
    if isinstance(sign, ast.Div) and not other and more:
        return slope / more, offset / more
    return _all_flat([left, right])
