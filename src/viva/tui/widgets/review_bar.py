"""The judgement of an answer that was given some time ago: as right after it, but nothing is taken back."""

from __future__ import annotations

from viva.tui.widgets.rating_bar import RatingBar


class ReviewBar(RatingBar):
    """Takes the keys that judge an answer; Enter goes on to the next one."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no undo: the interview is over."""
        return action != "undo" and super().check_action(action, parameters)
