r"""LaTeX as it would be typed on one line: `\frac{a}{b}` is `(a)/(b)`, `\sigma(x)` is `σ(x)`, `e^{-x}` is `e^(-x)`."""

from __future__ import annotations

import re
from functools import lru_cache

_DEEPEST = 12
"""Groups within groups that are looked at."""
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
_MARKED = re.compile(r"\\[A-Za-z]|[\^_]\s*\{|\$")
_EXP = re.compile(r"\bexp(?=\()")
_TYPED = re.compile(r"\b(alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|sigma)(?=\s*[(=*/+^_)-])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def latex_to_text(text: str) -> str:
    """Return a text with its LaTeX written as people type formulas; other text is left as it is."""
    if _MARKED.search(text):
        text = _unmarked(text)
    text = _EXP.sub("e^", text)
    return _TYPED.sub(lambda name: _SIGNS[name[0].lower()], text)


def _unmarked(text: str) -> str:
    text = _SPACED.sub(" ", text.replace("$$", " ").replace("$", ""))
    for _ in range(_DEEPEST):
        before = text
        text = _NAMED.sub(r"\1", text)
        text = _LOWERED.sub(lambda index: "_" + _NO_WORD.sub("", index[1]), text)  # a letter with an index is one name
        text = _RAISED.sub(lambda raised: f"^{_bracketed(raised[1])}", text)
        text = _ROOT.sub(r"sqrt(\1)", text)
        text = _FRACTION.sub(lambda parts: f"{_bracketed(parts[1])}/{_bracketed(parts[2])}", text)
        if text == before:
            break
    text = _COMMAND.sub(lambda name: _SIGNS.get(name[1], f"{name[1]} "), text)
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _bracketed(text: str) -> str:
    inner = text.strip()
    return inner if len(inner) <= 1 else f"({inner})"
