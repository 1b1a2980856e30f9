"""A formula that was read once and is worked out as often as wanted."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kernel.formulas import syntax
from kernel.formulas.functions import FUNCTIONS, day_of
from kernel.formulas.reading import Fields, plain, value_of
from kernel.refusals import Refused

if TYPE_CHECKING:
    from django.db.models import Q

    from kernel.resources import Resource

EXACT = Context(prec=28, Emax=40, Emin=-40, traps=[DivisionByZero, InvalidOperation, Overflow])
LONGEST_TEXT = 10_000
SIGNS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Mod: operator.mod,
}  # fmt: skip
ORDERS: dict[type[ast.AST], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


def parse(text: str, names: Collection[str] | None = None) -> Formula:
    """Read a formula; `names` are the fields it may use. Refused `bad_formula`, with the place in `extra["at"]`."""
    tree, source = syntax.tree_of(text)
    formula = Formula(text, source, tree, syntax.check(tree, names))
    formula.settle()
    return formula


class Formula:
    """A checked formula. `names` are the fields it reads."""

    def __init__(self, text: str, source: str, tree: ast.expr, names: frozenset[str]) -> None:
        self.text, self.source, self.tree, self.names = text, source, tree, names

    def __str__(self) -> str:
        return self.text

    def value(self, source: Mapping[str, Any] | Fields) -> Any:
        """Work it out over a mapping of names to values, or the fields of a document. Refused when it cannot be."""
        with localcontext(EXACT):
            try:
                return _Worker(self, source).work(self.tree)
            except DivisionByZero as error:
                raise self._refused(
                    "formula_zero", _("“%(formula)s” divides by zero. Guard it, for example IF(b = 0, 0, a / b).")
                ) from error
            except (Overflow, InvalidOperation) as error:
                raise self._refused("formula_too_large", _("“%(formula)s” gives a number that is too large.")) from error
            except KeyError as error:
                raise self._refused(
                    "formula_unknown", _("“%(formula)s” reads a field that is not there: %(name)s."), str(error.args[0])
                ) from error
            except (TypeError, AttributeError, ValueError, OverflowError) as error:
                raise self._refused("formula_kinds", _("“%(formula)s” mixes kinds of values, for example a text and a number.")) from error

    def holds(self, source: Mapping[str, Any] | Fields) -> bool:
        """Whether it is true."""
        return bool(self.value(source))

    def condition(self, resource: Resource, given: Mapping[str, Any] | None = None) -> Q:
        """The same as a condition on rows of a document type; `given` are names with a value known beforehand (`me`)."""
        from kernel.formulas.conditions import Rows

        return Rows(self, resource, given or {}).q(self.tree)

    def settle(self) -> None:
        """Refuse what fails whatever the fields hold: a division by 0 written out."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Mod) and not _reads(node.right):
                part = Formula(ast.unparse(node), self.source, node, frozenset())
                if _Worker(part, {}).work(node.right) == 0:
                    raise syntax.bad(_("“%(formula)s” divides by zero.") % {"formula": part}, node)

    def _refused(self, code: str, sentence: str, name: str = "") -> Refused:
        return Refused(code, sentence % {"formula": self.text[:120], "name": name}, status=422)


def _reads(node: ast.AST) -> bool:
    return any(isinstance(child, ast.Name) for child in ast.walk(node))


class _Worker:
    """One working out."""

    def __init__(self, formula: Formula, source: Mapping[str, Any] | Fields) -> None:
        self.formula, self.source = formula, source

    def work(self, node: ast.AST) -> Any:
        return getattr(self, type(node).__name__.lower())(node)

    def constant(self, node: ast.Constant) -> Any:
        value = node.value
        return syntax.number(node, self.formula.source) if isinstance(value, int | float) and not isinstance(value, bool) else value

    def name(self, node: ast.AST) -> Any:
        return value_of(self.source, syntax.name_of(node) or "")

    attribute = name

    def tuple(self, node: ast.Tuple | ast.List) -> list[Any]:
        return [self.work(one) for one in node.elts]

    list = tuple

    def boolop(self, node: ast.BoolOp) -> bool:
        wanted = isinstance(node.op, ast.Or)
        return wanted if any(bool(self.work(one)) is wanted for one in node.values) else not wanted

    def unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.work(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        return None if value is None else -value if isinstance(node.op, ast.USub) else value

    def ifexp(self, node: ast.IfExp) -> Any:
        return self.work(node.body if self.work(node.test) else node.orelse)

    def call(self, node: ast.Call) -> Any:
        name = node.func.id.upper()  # type: ignore[attr-defined]
        if name == "IF":  # only the side that counts is worked out: IF(b = 0, 0, a / b)
            chosen = node.args[1:2] if self.work(node.args[0]) else node.args[2:3]
            return self.work(chosen[0]) if chosen else None
        return plain(FUNCTIONS[name].call(*[self.work(one) for one in node.args]))

    def binop(self, node: ast.BinOp) -> Any:
        left, right = self.work(node.left), self.work(node.right)
        if left is None or right is None:
            return None
        if isinstance(left, date):
            return _with_day(left, right, node.op)
        if isinstance(left, str) and isinstance(node.op, ast.Add):
            return (left + str(right))[:LONGEST_TEXT]
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            raise TypeError
        return SIGNS[type(node.op)](left, right)

    def compare(self, node: ast.Compare) -> bool:
        left = self.work(node.left)
        for sign, other in zip(node.ops, node.comparators, strict=True):
            right = self.work(other)
            if not _compared(left, sign, right):
                return False
            left = right
        return True


def _with_day(day: date, other: Any, sign: ast.operator) -> Any:
    if isinstance(other, date) and isinstance(sign, ast.Sub):
        return Decimal((day_of(day) - day_of(other)).days)
    if isinstance(other, Decimal) and isinstance(sign, ast.Add | ast.Sub):
        return day + timedelta(days=int(other)) * (1 if isinstance(sign, ast.Add) else -1)
    raise TypeError


def _compared(left: Any, sign: ast.cmpop, right: Any) -> bool:
    if isinstance(sign, ast.In | ast.NotIn):
        found = left in right if isinstance(right, list) else str(left) in str(right or "")
        return found is isinstance(sign, ast.In)
    if isinstance(left, date) and isinstance(right, str):
        right = date.fromisoformat(right)
    if isinstance(left, date) and isinstance(right, date):
        left, right = day_of(left), day_of(right)
    if isinstance(sign, ast.Eq | ast.Is):
        return bool(left == right)
    if isinstance(sign, ast.NotEq | ast.IsNot):
        return bool(left != right)
    return left is not None and right is not None and ORDERS[type(sign)](left, right)
