"""What of a screen may be longer than the terminal."""

from __future__ import annotations

from textual.containers import VerticalScroll


class Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls, but leaves the arrow keys to what is in it and to its screen.

    Textual's own container takes them wherever there is something to scroll: in a low terminal only.
    """
