"""From text to a checked tree: only what a formula may contain, and a sentence with the place for everything else."""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from kernel.formulas.functions import FUNCTIONS
from kernel.refusals import Refused

LONGEST, MOST_NODES, DEEPEST = 2000, 400, 40
WIDE = str.maketrans("（），＜＞＝＋－＊／％！：“”", '(),<>=+-*/%!:""')
ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Mod, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
    ast.Name, ast.Attribute, ast.Load, ast.Constant, ast.Tuple, ast.List, ast.Call, ast.IfExp,
)  # fmt: skip


def bad(sentence: str, node: ast.AST | None = None, at: int = 0) -> Refused:
    place = getattr(node, "col_offset", at)
    return Refused("bad_formula", sentence, status=422, extra={"at": place})


def tree_of(text: str) -> tuple[ast.expr, str]:
    """The tree of a formula and the text it was read from, in which numbers stand as they were written."""
    if not text.strip():
        raise bad(_("Write a formula, for example total > 100000."))
    if len(text) > LONGEST:
        raise bad(_("A formula has at most %(most)d characters. Split it into several fields.") % {"most": LONGEST})
    source = _written(text)
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        place = max(0, (error.offset or 1) - 1)
        raise bad(
            _("The formula cannot be read near “%(near)s”. Check brackets, quotes and signs.")
            % {"near": source[max(0, place - 8) : place + 12]},
            at=place,
        ) from error
    except (ValueError, MemoryError, RecursionError) as error:
        raise bad(_("The formula is nested too deeply. Split it into several fields.")) from error
    _bounded(tree)
    return tree, source


def _written(text: str) -> str:
    """The formula as Python reads it: Chinese signs become plain ones and a single = compares, outside of quoted texts."""
    text = text.strip().replace("\r", " ").replace("\n", " ")
    plain = "".join(part if index % 2 else part.translate(WIDE) for index, part in enumerate(_quoted(text)))
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(plain).readline))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return plain
    places = [token.start[1] for token in tokens if token.type == tokenize.OP and token.string == "=" and token.start[0] == 1]
    for place in reversed(places):
        plain = f"{plain[:place]}=={plain[place + 1 :]}"
    return plain


def _quoted(text: str) -> list[str]:
    """The text cut at its quotes: every second part is a quoted text."""
    parts, quote = [""], ""
    for sign in text:
        if quote:
            parts[-1] += sign
            if sign == quote:
                quote = ""
                parts.append("")
        elif sign in "\"'":
            quote = sign
            parts.append(sign)
        else:
            parts[-1] += sign
    return parts


def _bounded(tree: ast.expr) -> None:
    level, count = [tree], 0
    for _depth in range(DEEPEST):
        count += len(level)
        if count > MOST_NODES:
            raise bad(_("The formula is too long. Split it into several fields."))
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        if not level:
            return
    raise bad(_("The formula is nested too deeply. Split it into several fields."))


def name_of(node: ast.AST) -> str | None:
    """`customer.grade` of a name or a chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


def check(tree: ast.expr, known: Collection[str] | None) -> frozenset[str]:
    """Refuse what a formula may not contain; the names of the fields it reads."""
    found: set[str] = set()
    _check(tree, known, found)
    return frozenset(found)


def _check(node: ast.AST, known: Collection[str] | None, found: set[str]) -> None:
    if not isinstance(node, ALLOWED):
        raise bad(_("“%(what)s” cannot be used in a formula.") % {"what": ast.unparse(node)[:60]}, node)
    if isinstance(node, ast.Name | ast.Attribute):
        found.add(_field(node, known))
        return
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool | int | float | str | None):
        raise bad(_("“%(what)s” cannot be used in a formula.") % {"what": ast.unparse(node)[:60]}, node)
    if isinstance(node, ast.Call):
        _check_call(node)
    children = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    for child in children:
        _check(child, known, found)


def _field(node: ast.AST, known: Collection[str] | None) -> str:
    name = name_of(node)
    if name is None or any(part.startswith("_") for part in name.split(".")):
        raise bad(_("“%(what)s” cannot be used in a formula.") % {"what": ast.unparse(node)[:60]}, node)
    if known is not None and name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = _(" Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
        raise bad(_("There is no field “%(name)s” here.") % {"name": name[:60]} + hint, node)
    return name


def _check_call(node: ast.Call) -> None:
    name = node.func.id.upper() if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS or node.keywords:
        raise bad(
            _("There is no function “%(name)s”. There are: %(all)s.") % {"name": ast.unparse(node.func)[:40], "all": ", ".join(FUNCTIONS)},
            node,
        )
    least, most = FUNCTIONS[name].takes
    if not least <= len(node.args) <= most:
        raise bad(_("%(name)s is written %(usage)s.") % {"name": name, "usage": FUNCTIONS[name].usage}, node)


def number(node: ast.Constant, source: str) -> Decimal:
    """A number exactly as it was written, not as a binary fraction; looked up in the text once."""
    kept = vars(node)
    if "exact" not in kept:
        kept["exact"] = Decimal((ast.get_source_segment(source, node) or str(node.value)).replace("_", ""))
    found: Decimal = kept["exact"]
    return found
