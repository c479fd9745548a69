"""How a person marks, in words for both faces."""

from __future__ import annotations

from viva.i18n import ntr, tr
from viva.practice.leniency import ENOUGH, Habit


def manner(habit: Habit) -> str:
    """Return how the person marks, and what follows from it for grades."""
    if habit.changed < ENOUGH:
        return tr("viva's own; it follows you from {number} changed verdicts on", number=ENOUGH)
    if not habit.points:
        return tr("you mark about as viva does")
    way = tr("you mark kinder than viva") if habit.points > 0 else tr("you mark stricter than viva")
    points = f"{habit.points:+d}"
    return tr("{how}: grades in the middle move by {points}", how=way, points=points)


def learned(habit: Habit) -> str:
    """Return from what that was learned."""
    if not habit.changed:
        return tr("none yet")
    return ntr(
        "{number} verdict of the last {judged} changed",
        "{number} verdicts of the last {judged} changed",
        habit.changed,
        judged=habit.judged,
    )
