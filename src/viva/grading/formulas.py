"""Formulas: LaTeX as people type it, and whether two formulas have the same value whatever their letters stand for.

"(n-f)/s+1" and "1 + (n-f)/s" are one formula, "2*3" is 6, and "(n-2f)/s+1" is another. Formulas are compared where they
are evaluated: at a few fixed points, as in polynomial identity testing (Schwartz 1980), which is wrong for no formula
that anybody writes down by chance.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

_LONGEST = 80
"""Characters of a formula that is worked out."""
_FORMULA = re.compile(r"(?:[\d.a-zα-ω+\-*/^()]|(?<=[a-zα-ω])_(?=[a-zα-ω\d]))+")
_IMPLICIT = re.compile(r"(?<=[\d.)])(?=[a-zα-ω(])|(?<=[a-zα-ω])(?=\()")
_EXPONENT = re.compile(r"(?<![a-zα-ω])e\^(-?[\d.]+[a-zα-ω]+)")
"""An exponent typed without brackets: "e^-2x" is e to all of it, while "x^2y" is a product."""
_SAMPLES = (0.731, 1.519, 2.273)
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_LARGEST_POWER = 64.0
_SHARED_LETTERS = 2
_LEAST_SIDE = 3
_DEEPEST = 12
"""Groups of LaTeX within groups that are looked at."""
_GROUP = r"\{([^{}]*)\}"
_FRACTION = re.compile(rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}")
_ROOT = re.compile(rf"\\sqrt\s*{_GROUP}")
_RAISED = re.compile(rf"\^\s*{_GROUP}")
_LOWERED = re.compile(rf"_\s*{_GROUP}")
_NO_WORD = re.compile(r"\W+")
_NAMED = re.compile(
    rf"\\(?:operatorname\*?|text|mathrm|mathbf|mathit|mathcal|boldsymbol|hat|bar|tilde|vec|mathbb)\s*{_GROUP}"
)
_SPACED = re.compile(r"\\(?:left|right|big|Big|bigl|bigr|displaystyle|quad|qquad|limits)(?![A-Za-z])|\\[,;:! ]|&")
_SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "top": "T", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "mu": "μ", "sigma": "σ", "pm": "±", "infty": "∞", "to": "->", "neq": "!=",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LATEX = re.compile(r"\\[A-Za-z]|[\^_]\s*\{|\$")
_EXP = re.compile(r"\bexp(?=\()")
_GREEK_NAME = re.compile(
    r"\b(alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|sigma)(?=\s*[(=*/+^_)-])", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def latex_to_text(text: str) -> str:
    r"""Return a text with its LaTeX written as people type formulas; other text is left as it is.

    `\frac{a}{b}` is `(a)/(b)`, `\sigma(x)` is `σ(x)`, `e^{-x}` is `e^(-x)`.
    """
    if _LATEX.search(text):
        text = _without_latex(text)
    text = _EXP.sub("e^", text)
    return _GREEK_NAME.sub(lambda name: _SIGNS[name[0].lower()], text)


def _without_latex(text: str) -> str:
    text = _SPACED.sub(" ", text.replace("$$", " ").replace("$", ""))
    for _ in range(_DEEPEST):
        before = text
        text = _NAMED.sub(r"\1", text)
        text = _LOWERED.sub(lambda index: "_" + _NO_WORD.sub("", index[1]), text)  # a letter with an index is one name
        text = _RAISED.sub(lambda raised: f"^{_in_brackets(raised[1])}", text)
        text = _ROOT.sub(r"sqrt(\1)", text)
        text = _FRACTION.sub(lambda parts: f"{_in_brackets(parts[1])}/{_in_brackets(parts[2])}", text)
        if text == before:
            break
    text = _COMMAND.sub(lambda name: _SIGNS.get(name[1], f"{name[1]} "), text)
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _in_brackets(text: str) -> str:
    inner = text.strip()
    return inner if len(inner) <= 1 else f"({inner})"


@lru_cache(maxsize=4096)
def symbols(formula: str) -> frozenset[str] | None:
    """Return the letters of a formula in the spelling of `terms.formulas`; None for what cannot be worked out."""
    tree = _parsed(formula)
    if tree is None or _value(tree, dict.fromkeys(_names(tree), _SAMPLES[0])) is None:
        return None
    return _names(tree)


@lru_cache(maxsize=4096)
def are_equal(one: str, other: str) -> bool:
    """Whether two formulas have the same letters and the same value; False for what cannot be worked out."""
    first, second = _parsed(one), _parsed(other)
    if first is None or second is None or _names(first) != _names(second):
        return False
    names = sorted(_names(first))
    for sample in _SAMPLES:
        at = {name: sample + 0.618 * place for place, name in enumerate(names)}
        left, right = _value(first, at), _value(second, at)
        if left is None or right is None or not math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12):
            return False
    return True


def _parsed(formula: str) -> ast.expr | None:
    if len(formula) > _LONGEST or not _FORMULA.fullmatch(formula):
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


def formula_agrees(wanted: Sequence[str], given: Sequence[str], point: str) -> bool | None:
    """Whether an answer has the formula that a point mostly is, by value, or another one of the same letters.

    Args:
        wanted: The formulas of the point.
        given: Those of the answer.
        point: The text of the point.

    Returns:
        None where the point is no formula, or the answer has none like it.
    """
    if not wanted or 2 * sum(len(formula) for formula in wanted) < len(point):
        return None
    given_sides = [_right_side(formula) for formula in given]
    joined = " ".join(given)
    sides = [_right_side(formula) for formula in wanted]
    if all(side in joined or any(are_equal(side, other) for other in given_sides) for side in sides):
        return True
    return False if any(_are_alike(side, other) for side in sides for other in given_sides) else None


def _are_alike(one: str, other: str) -> bool:
    first, second = symbols(one) or frozenset(), symbols(other) or frozenset()
    shared = len(first & second)
    return shared >= _SHARED_LETTERS and 3 * shared >= 2 * len(first | second) and not are_equal(one, other)


def _right_side(formula: str) -> str:
    """Return the side of an equation that says something: "rf=a+b" and "a+b" are the same answer."""
    side = formula.rsplit("=", 1)[-1]
    return side if len(side) >= _LEAST_SIDE else formula
