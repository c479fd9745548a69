"""The themes: which one is taken, that it can be read, and that it is remembered."""

from __future__ import annotations

import pytest
from textual.color import Color

from tui.person import run_app
from viva.settings import ThemeChoice
from viva.tui.common.paragraphs import MUTED
from viva.tui.interview.grade_lines import STATUS, VERDICT
from viva.tui.library.question_rows import MASTERY
from viva.tui.themes import CONTRAST, DARK, LIGHT, theme_for

AA, AAA = 4.5, 7.0
STYLES = sorted(
    {style for *_, style in (*STATUS.values(), *MASTERY.values())}
    | {*VERDICT.values(), MUTED, "$foreground", "$text-primary", "$text-secondary"}
)
GROUNDS = ("background", "surface", "surface-lighten-1", "primary-muted", "block-cursor-background")
PAIRS = [
    ("text-muted", "background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("button-color-foreground", "primary"),
]


def colour(variables: dict[str, str], style: str, ground: Color) -> Color:
    """Return the colour that a style such as "$foreground 70%" has on a ground."""
    name, _, share = style.removeprefix("$").partition(" ")
    alpha = float(share.rstrip("%")) / 100 if share else 1.0
    return ground.blend(Color.parse(variables[name]), alpha, alpha=1.0)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(("choice", "least"), [("dark", AA), ("light", AA), ("contrast", AAA)])
async def test_whatever_is_read_stands_out(viva_over, choice: ThemeChoice, least: float):
    async with run_app(viva_over("learning.md", theme=choice)) as person:
        variables = person.app.get_css_variables()
    grounds = {name: Color.parse(variables[name]) for name in GROUNDS}
    ratios = {
        (style, name): contrast(ground, colour(variables, style, ground))
        for name, ground in grounds.items()
        for style in STYLES
    }
    for front, back in PAIRS:
        ground = Color.parse(variables[back])
        ratios[front, back] = contrast(ground, colour(variables, front, ground))
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}


@pytest.mark.parametrize(
    ("choice", "environ", "expected"),
    [
        ("auto", {}, DARK),
        ("auto", {"COLORFGBG": "15;0"}, DARK),
        ("auto", {"COLORFGBG": "0;15"}, LIGHT),
        ("auto", {"COLORFGBG": "0;default;7"}, LIGHT),
        ("auto", {"COLORFGBG": "12;8"}, DARK),
        ("auto", {"COLORFGBG": "default;default"}, DARK),
        ("light", {"COLORFGBG": "15;0"}, LIGHT),
        ("contrast", {}, CONTRAST),
    ],
)
def test_which_theme_is_taken(choice: ThemeChoice, environ: dict[str, str], expected: str) -> None:
    assert theme_for(choice, environ) == expected
