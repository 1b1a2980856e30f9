"""A formula as a condition on rows, so that the database chooses them and an index can help."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, DecimalField, Expression, ExpressionWrapper, F, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.translation import gettext as _

from kernel import specs
from kernel.formulas import syntax
from kernel.refusals import Refused

if TYPE_CHECKING:
    from kernel.formulas.formula import Formula
    from kernel.resources import Resource

LOOKUPS: dict[type[ast.AST], str] = {ast.Lt: "lt", ast.LtE: "lte", ast.Gt: "gt", ast.GtE: "gte"}
TURNED: dict[type[ast.AST], type[ast.cmpop]] = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
BETWEEN: dict[type[ast.AST], type[Expression]] = {
    ast.Lt: LessThan, ast.LtE: LessThanOrEqual, ast.Gt: GreaterThan, ast.GtE: GreaterThanOrEqual, ast.Eq: Exact, ast.Is: Exact,
}  # fmt: skip
NOTHING = Q(pk__in=[])
FIXED = ("id", "number", "owner", "unit", "created_by", "created_at", "updated_at", "state")


class Rows:
    """A formula read against a document type. `given` are names whose values are known beforehand."""

    def __init__(self, formula: Formula, resource: Resource, given: Mapping[str, Any]) -> None:
        self.formula, self.resource, self.given = formula, resource, given

    def q(self, node: ast.expr) -> Q:
        if self._known(node):
            return Q() if self._value(node) else NOTHING
        match node:
            case ast.BoolOp(op, values):
                return self._joined([self.q(one) for one in values], isinstance(op, ast.Or))
            case ast.UnaryOp(ast.Not(), operand):
                return ~self.q(operand)
            case ast.IfExp(test, body, orelse):
                return (self.q(test) & self.q(body)) | (~self.q(test) & self.q(orelse))
            case ast.Compare(left, ops, comparators):
                sides = [left, *comparators]
                return self._joined([self._pair(sides[i], ops[i], sides[i + 1]) for i in range(len(ops))], False)
            case ast.Call():
                return self._call(node)
            case ast.Name() | ast.Attribute():
                path, spec = self._field(node)
                if spec.type == "bool":
                    return Q(**{path: True})
        raise self._unfit(node)

    @staticmethod
    def _joined(parts: list[Q], either: bool) -> Q:
        joined = parts[0]
        for part in parts[1:]:
            joined = joined | part if either else joined & part
        return joined

    def _call(self, node: ast.Call) -> Q:
        name = node.func.id.upper()  # type: ignore[attr-defined]
        if name in ("AND", "OR"):
            return self._joined([self.q(one) for one in node.args], name == "OR")
        if name == "NOT":
            return ~self.q(node.args[0])
        if name == "EMPTY" and not self._known(node.args[0]):
            path, spec = self._field(node.args[0])
            return Q(**{f"{path}__isnull": True}) | (
                Q(**{path: ""}) if spec.type in ("text", "long", "choice", "email", "url") else NOTHING
            )
        if name == "CONTAINS" and self._known(node.args[1]):
            return Q(**{f"{self._field(node.args[0])[0]}__icontains": str(self._value(node.args[1]) or "")})
        if name == "IF":
            test, then = node.args[:2]
            other = self.q(node.args[2]) if len(node.args) > 2 else NOTHING
            return (self.q(test) & self.q(then)) | (~self.q(test) & other)
        raise self._unfit(node)

    # one comparison --------------------------------------------------------------------------------------------------
    def _pair(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Q:
        if isinstance(sign, ast.NotEq | ast.IsNot | ast.NotIn):
            positive = {ast.NotEq: ast.Eq, ast.IsNot: ast.Is, ast.NotIn: ast.In}[type(sign)]()
            return ~self._pair(left, positive, right)
        if self._known(left) and self._known(right):
            return Q() if self._value(ast.Compare(left, [sign], [right])) else NOTHING
        if isinstance(sign, ast.In):
            return self._among(left, right)
        if self._plain(left) and self._known(right):
            return self._lookup(left, sign, self._value(right))
        if self._known(left) and self._plain(right):
            return self._lookup(right, TURNED.get(type(sign), type(sign))(), self._value(left))
        compared: Any = BETWEEN[type(sign)](self._expression(left), self._expression(right))
        return Q(Coalesce(compared, Value(False), output_field=BooleanField()))

    def _among(self, left: ast.expr, right: ast.expr) -> Q:
        if self._known(left) and not self._known(right):
            return Q(**{f"{self._field(right)[0]}__contains": self._value(left)})
        values = self._value(right)
        if not isinstance(values, list):
            raise self._unfit(right)
        path, spec = self._field(left)
        return Q(**{f"{path}__in": [_for(spec, value) for value in values if value is not None]})

    def _lookup(self, field: ast.expr, sign: ast.cmpop, value: Any) -> Q:
        path, spec = self._field(field)
        how = LOOKUPS.get(type(sign), "")
        if value is None:
            return NOTHING if how else Q(**{f"{path}__isnull": True})
        if spec.type == "datetime" and isinstance(value, str | date):
            path += "__date"
        return Q(**{f"{path}__{how}" if how else path: _for(spec, value)})

    def _plain(self, node: ast.expr) -> bool:
        """Whether it is a field of a table's own, which an index may serve."""
        name = syntax.name_of(node)
        return name is not None and name not in self.given and not name.startswith("custom.")

    def _expression(self, node: ast.expr) -> Any:
        if self._known(node):
            return Value(self._value(node))
        if syntax.name_of(node) is not None:
            path, spec = self._field(node)
            if not spec.custom:
                return F(path)
            return _own(spec)
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mod):
            return self._sum(node)
        raise self._unfit(node)

    def _sum(self, node: ast.BinOp) -> Any:
        from kernel.formulas.formula import SIGNS

        for side in (node.left, node.right):
            if self._plain(side) and self._field(side)[1].type not in specs.NUMERIC:
                raise self._unfit(node)
        right = self._expression(node.right)
        if isinstance(node.op, ast.Div):
            right = NullIf(right, Value(Decimal(0)))
        made = SIGNS[type(node.op)](self._expression(node.left), right)
        return ExpressionWrapper(made, output_field=DecimalField(max_digits=40, decimal_places=12))

    # names and values ------------------------------------------------------------------------------------------------
    def _known(self, node: ast.AST) -> bool:
        names = {syntax.name_of(one) for one in _names(node)}
        return all(name in self.given for name in names)

    def _value(self, node: ast.expr) -> Any:
        from kernel.formulas.formula import Formula

        return Formula(self.formula.text, self.formula.source, node, frozenset()).value(self.given)

    def _field(self, node: ast.expr) -> tuple[str, specs.Spec]:
        name = syntax.name_of(node)
        if name is None:
            raise self._unfit(node)
        if name.startswith("custom."):
            spec = self.resource.custom.get(name.removeprefix("custom."))
            path = name.replace(".", "__")
        else:
            spec, path = _spec(self.resource.model, name.split(".")), name.replace(".", "__")
        if spec is None:
            raise syntax.bad(_("There is no field “%(name)s” here.") % {"name": name[:60]}, node)
        if spec.type in ("json", "refs"):
            raise self._unfit(node)
        return path, spec

    def _unfit(self, node: ast.AST) -> Refused:
        return syntax.bad(
            _("“%(part)s” cannot choose rows. Compare a field with a value, for example total > 1000 or due_on < TODAY() + 7.")
            % {"part": ast.unparse(node)[:80]},
            node,
        )


def _names(node: ast.AST) -> list[ast.AST]:
    """The fields read: names of functions are none."""
    if syntax.name_of(node) is not None:
        return [node]
    children = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return [name for child in children for name in _names(child)]


def _spec(model: Any, parts: list[str]) -> specs.Spec | None:
    known = specs.of_model(model)
    if len(parts) == 1:
        return known.get(parts[0]) or (specs.Spec(parts[0], parts[0], _fixed(model, parts[0])) if parts[0] in FIXED else None)
    found = known.get(parts[0])
    return None if found is None or found.type != "ref" else _spec(found.target, parts[1:])


def _fixed(model: Any, name: str) -> str:
    return next((kind for cls, kind in specs.TYPES if isinstance(model._meta.get_field(name), cls)), "int")


def _own(spec: specs.Spec) -> Any:
    """A company's own field, whose values stand as texts."""
    text = KeyTextTransform(spec.name, "custom")
    return Cast(text, DecimalField(max_digits=40, decimal_places=12)) if spec.type in specs.NUMERIC else text


def _for(spec: specs.Spec, value: Any) -> Any:
    """A value as the field's column wants it."""
    if isinstance(value, Decimal) and spec.type in ("ref", "member", "unit", "int"):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, Decimal) and spec.type not in specs.NUMERIC:
        return format(value, "f")
    if isinstance(value, str) and spec.type in ("date", "datetime"):
        return date.fromisoformat(value)
    return value
