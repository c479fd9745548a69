"""Arithmetic: whether two formulas have the same value whatever their letters stand for.

"(n-f)/s+1" and "1 + (n-f)/s" are one formula, "2*3" is 6, and "(n-2f)/s+1" is another. Formulas are compared where they
are evaluated: at a few fixed points, as in polynomial identity testing (Schwartz 1980), which is wrong for no formula
that anybody writes down by chance.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

_LONGEST = 80
_WRITTEN = re.compile(r"(?:[\d.a-zα-ω+\-*/^()]|(?<=[a-zα-ω])_(?=[a-zα-ω\d]))+")
_IMPLICIT = re.compile(r"(?<=[\d.)])(?=[a-zα-ω(])|(?<=[a-zα-ω])(?=\()")
_EXPONENT = re.compile(r"(?<![a-zα-ω])e\^(-?[\d.]+[a-zα-ω]+)")
"""An exponent typed without brackets: "e^-2x" is e to all of it, while "x^2y" is a product."""
_POINTS = (0.731, 1.519, 2.273)
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_LARGEST_POWER = 64.0


@lru_cache(maxsize=4096)
def symbols(formula: str) -> frozenset[str] | None:
    """Return the letters of a formula in the spelling of `terms.formulas`; None for what cannot be worked out."""
    tree = _parsed(formula)
    if tree is None or _value(tree, dict.fromkeys(_names(tree), _POINTS[0])) is None:
        return None
    return _names(tree)


@lru_cache(maxsize=4096)
def are_equal(one: str, other: str) -> bool:
    """Whether two formulas have the same letters and the same value; False for what cannot be worked out."""
    first, second = _parsed(one), _parsed(other)
    if first is None or second is None or _names(first) != _names(second):
        return False
    names = sorted(_names(first))
    for point in _POINTS:
        at = {name: point + 0.618 * place for place, name in enumerate(names)}
        left, right = _value(first, at), _value(second, at)
        if left is None or right is None or not math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12):
            return False
    return True


def _parsed(formula: str) -> ast.expr | None:
    if len(formula) > _LONGEST or not _WRITTEN.fullmatch(formula):
        return None
    written = _IMPLICIT.sub("*", _EXPONENT.sub(r"e^(\1)", formula).replace("^", "**"))
    try:
        return ast.parse(written, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _names(tree: ast.expr) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _value(tree: ast.expr, at: Mapping[str, float]) -> float | None:
    try:
        found = _evaluated(tree, at)
    except (ArithmeticError, ValueError):
        return None
    return found if isinstance(found, float) and math.isfinite(found) else None


def _evaluated(node: ast.expr, at: Mapping[str, float]) -> float:
    """Work out a tree of numbers, letters, brackets and the five operators.

    Raises:
        ValueError: it holds something else.
        ArithmeticError: it has no value there.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        return at[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluated(node.operand, at)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _evaluated(node.left, at), _evaluated(node.right, at)
        if isinstance(node.op, ast.Pow) and abs(right) > _LARGEST_POWER:
            raise ValueError(right)
        return _OPERATORS[type(node.op)](left, right)
    raise ValueError(node)
