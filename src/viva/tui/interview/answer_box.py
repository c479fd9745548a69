"""Where the user types: several lines, Chinese input methods, Enter to send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from viva.i18n import N_, tr
from viva.tui.common.interface import sanitize_input
from viva.tui.common.paragraphs import Prose, paragraph
from viva.types.dialogue import Scene

_KEYS = {"enter": "send", "ctrl+j": "new_line", "shift+enter": "new_line", "alt+enter": "new_line"}


class AnswerBox(TextArea):
    """A box that sends its text on Enter; Ctrl+J, or Shift+Enter where the terminal can tell it, makes a new line.

    Ctrl+J is the one key for a new line that every terminal sends. A pasted text keeps its lines, as terminals mark a
    paste.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", N_("Send")),
        Binding("ctrl+j,shift+enter,alt+enter", "new_line", N_("New line"), key_display="^j"),
    ]

    @dataclass
    class Sent(Message):
        """The user sent a text."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
            tab_behavior="focus",
        )

    def fit(self, scene: Scene) -> None:
        """Be as large as what there is to do now wants it, and say what can be typed."""
        self.set_class(bool(scene.doubt), "-away")
        self.set_class(scene.is_judged and not self.text, "-aside")
        self.placeholder = _placeholder(scene)

    def action_send(self) -> None:
        """Send the text; the box is emptied by whoever takes it."""
        self.post_message(self.Sent(self.text))

    def action_new_line(self) -> None:
        """Begin a new line at the caret."""
        if not self.read_only:
            self.replace("\n", *self.selection, maintain_selection_offset=False)
            self.scroll_cursor_visible()

    async def _on_key(self, event: events.Key) -> None:
        """Take these keys in the order they were typed.

        As priority bindings they would overtake letters that still wait for this box, as bindings of the screen they
        would come after letters typed later: input methods send whole sentences at once.
        """
        action = _KEYS.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            getattr(self, f"action_{action}")()

    async def _on_paste(self, event: events.Paste) -> None:
        """Rid pasted text of control characters; the handler of the base class, called next, inserts it."""
        event.text = sanitize_input(event.text)

    def go_on(self, draft: str, taken: str) -> None:
        """Show `draft` in place of what was taken out of the box; what was typed since then stays, after it."""
        late = self.text.removeprefix(taken)
        self.put("\n".join(filter(None, (draft, late))))

    def put(self, text: str) -> None:
        """Show `text` with the caret at its end."""
        self.text = sanitize_input(text)
        self.move_cursor(self.document.end)


def _placeholder(scene: Scene) -> str:
    if scene.follows_up:
        return tr("Add to your answer. Enter alone leaves it.")
    if scene.question is not None:
        return tr("Your answer. Enter sends it.")
    return tr("/ to say something else") if scene.feedback is not None else tr("Enter shows the report.")


class DoubtBar(Prose, can_focus=True):
    """Asks a question that is answered by yes or no, in place of the answer box."""

    DEFAULT_CSS = """
    DoubtBar { padding: 0 2; display: none; }
    DoubtBar.-asking { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "decide(True)", N_("Yes"), key_display="y"),
        Binding("n", "decide(False)", N_("No"), key_display="n"),
    ]

    doubt: reactive[str] = reactive("")
    """The question; empty hides the bar."""

    class Decided(Message):
        """The user said yes or no."""

        def __init__(self, *, yes: bool) -> None:
            super().__init__()
            self.yes = yes

    def watch_doubt(self, doubt: str) -> None:
        """Be there only when there is something to ask."""
        self.set_class(bool(doubt), "-asking")
        self.say(*paragraph(f"{doubt}  y / n", "bold $text-warning") if doubt else ())

    def action_decide(self, yes: bool) -> None:
        """Pass the answer on."""
        self.post_message(self.Decided(yes=yes))
