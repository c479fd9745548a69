"""LaTeX written as people type it."""

from __future__ import annotations

import pytest

from viva.grading.values.latex import latex_to_text


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\frac{a}{b + 1}", "a/(b + 1)"),
        (r"\frac{1}{1 + \frac{a}{b}}", "1/(1 + a/b)"),
        (r"\sigma(x) = e^{-x}", "σ(x) = e^(-x)"),
        ("sigma(x) = exp(-x)", "σ(x) = e^(-x)"),
        (r"$\operatorname{gain}_i \cdot \sqrt{n_i}$", "gain_i * sqrt(n_i)"),
        (r"\left( A^\top B \right)", "( A^T B )"),
        ("no formula, { } and _ stay", "no formula, { } and _ stay"),
        (r"\unknown{x", "unknown (x"),
        ("the lambda calculus", "the lambda calculus"),
        ("", ""),
    ],
)
def test_formulas_are_typed_out(latex: str, plain: str) -> None:
    assert latex_to_text(latex) == plain
