"""The answers of an interview, one after the other, each with its feedback and open to the user's own judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, ParamSpec

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.i18n import N_, tr
from viva.text.moments import clock_face
from viva.tui.common.hit_lines import entry_lines
from viva.tui.common.interface import NARROW
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, Prose, paragraph, spans
from viva.tui.editor import passage_place
from viva.tui.interview.grade_lines import feedback_lines, kept_reference_lines, marked
from viva.tui.interview.point_bar import PointBar
from viva.tui.interview.question_panel import where
from viva.tui.interview.rating_bar import RatingBar, ReviewBar
from viva.types import Review
from viva.types.dialogue import AnswerMark
from viva.wording.highlight import answer_marks, within
from viva.wording.passages import own_passage

if TYPE_CHECKING:
    from viva.interview.review import SessionReview, TurnReview


P = ParamSpec("P")


class ReviewScreen(Page):
    """Shows one answer at a time: question, time, answer, that of the notes, points, rating."""

    HEADING = N_("look back")
    ABOUT = N_(
        "← and → go through the answers, ↑ ↓ and Page Up/Down scroll. 1 to 4 rate the answer that is shown; r, p and w "
        "change its verdict, Tab leads to its points. Ctrl+O opens what your notes answer in your editor. Everything "
        "is kept at once, and Escape leads back to the report."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,b", "go(-1)", N_("Previous"), key_display="←"),
        Binding("right,n", "go(1)", N_("Next"), key_display="→"),
        Binding("enter", "go(1)", N_("Next"), show=False),
        Binding("ctrl+o", "edit", N_("Edit")),
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
        Binding("escape", "back", N_("Back")),
        Binding("q", "app.leave", N_("Quit"), show=False),
    ]

    def __init__(self, interview_id: int) -> None:
        super().__init__()
        self._interview_id = interview_id
        self._after: SessionReview | None = None
        self._seen: TurnReview | None = None
        """The answer that is shown."""
        self.number = 1
        """Which answer is shown, from 1."""

    def compose_body(self) -> ComposeResult:
        """Make the text and the judgement below it."""
        with VerticalScroll(id="body"):
            yield Prose()
        yield PointBar()
        yield ReviewBar()

    def on_mount(self) -> None:
        """Show the first answer."""
        self._open()

    @work(group="review")
    async def _open(self) -> None:
        self._after = await self.ask(self.viva.workspace.practice_stats.session_review, self._interview_id)
        await self._show()

    async def _show(self) -> None:
        if self._after is None or (seen := await self.ask(self._after.turn, self.number)) is None:
            return
        self._seen = seen
        self._say(seen)
        points = self.query_one(PointBar)
        self.query_one(ReviewBar).feedback = points.feedback = seen.feedback
        self._focus()
        self.refresh_bindings()

    def _say(self, seen: TurnReview) -> None:
        self.show_heading()
        self.query_one("#body Prose", Prose).say(*review_paragraphs(seen, self.app.size.width))

    def heading(self) -> str:
        """Return the name of the screen and which answer it shows."""
        if self._seen is None:
            return super().heading()
        position = tr("{position} of {total}", position=self._seen.number, total=self._seen.total)
        return f"{super().heading()}  {position}"

    def retranslate(self) -> None:
        """Say what is said of the answer in the language in force too."""
        super().retranslate()
        if self._seen is not None:
            self._say(self._seen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is: no answer before the first, none after the last."""
        if action == "go" and self._after is not None:
            return 1 <= self.number + int(str(parameters[0])) <= len(self._after)
        return super().check_action(action, parameters)

    # What the user does

    @work(exclusive=True, group="review")
    async def action_go(self, by: int) -> None:
        """Show the next answer, or the one before, from its beginning."""
        if self._after is None or not 1 <= self.number + by <= len(self._after):
            return
        self.number += by
        await self._show()
        self.query_one("#body").scroll_home(animate=False)

    @on(RatingBar.Passed)
    @on(PointBar.Passed)
    def _next(self) -> None:
        self.action_go(1)

    @on(RatingBar.Rated)
    def _rate(self, event: RatingBar.Rated) -> None:
        if self._after is not None:
            self._judge(self._after.rate, self.number, event.rating)

    def _focus(self) -> None:
        judged, points = self._seen is not None and self._seen.feedback is not None, self.query_one(PointBar)
        (points if points.chosen is not None else self.query_one("ReviewBar" if judged else "#body")).focus()

    @on(PointBar.Judged)
    def _judge_point(self, event: PointBar.Judged) -> None:
        if self._after is not None:
            self._judge(self._after.judge_point, self.number, event.number, event.word)

    @on(RatingBar.Judged)
    def _override(self, event: RatingBar.Judged) -> None:
        if self._after is not None:
            self._judge(self._after.override, self.number, event.verdict)

    @work(group="review")
    async def _judge(self, step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        self.tell("")
        await self.ask(step, *args, **kwargs)
        await self._show()

    def action_edit(self) -> None:
        """Open the notes in the user's editor, at the answer they give, or at the question where there is none."""
        if self._seen is not None:
            asked, feedback = self._seen.question.entry, self._seen.feedback
            passage = own_passage(asked, feedback.grade) if feedback else None
            self.viva.edit(passage_place(self.viva.workspace.entries, passage, asked))

    def action_scroll_lines(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one("#body").scroll_relative(y=by, animate=False)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by nearly the height of the text."""
        self.scroll_by_page(self.query_one("#body"), by, kept=2)


def review_paragraphs(seen: TurnReview, width: int) -> list[Paragraph]:
    """Return all there is to tell of a turn on a screen of `width` cells."""
    narrow = width < NARROW
    lines = [
        spans((where(seen.question, short=narrow), MUTED)),
        *paragraph(seen.question.entry.question.strip(), "bold"),
    ]
    lines.append(spans(*timing(seen.review, seen.limit)))
    first, more = answer_marks(seen.feedback) if seen.feedback is not None else ((), ())
    if seen.review.answer.strip():
        lines += [BLANK, *_typed(seen.review.answer, first)]
    if (asked := seen.review.follow_up) is not None:
        lines += [BLANK, *paragraph(asked.question, "bold")]
        lines += _typed(asked.answer, more) if asked.answer and asked.answer.strip() else []
    if seen.feedback is not None:
        notes = kept_reference_lines(seen.feedback)
        return [*lines, BLANK, *notes, *([BLANK] if notes else []), *feedback_lines(seen.feedback, short=narrow)]
    happened = tr("skipped") if seen.review.outcome == "skipped" else tr("the answer was shown")
    return [*lines, BLANK, spans((happened, "bold")), *entry_lines(seen.question.entry)]


def _typed(text: str, marks: Sequence[AnswerMark]) -> list[Paragraph]:
    """Return an answer without the blanks around it, with its marks."""
    start = len(text) - len(text.lstrip())
    return marked(text.strip(), within(marks, start, len(text.rstrip())), "$text-secondary")


def timing(review: Review, limit: int | None) -> list[tuple[str, str]]:
    """Return the time that an answer took, in styled pieces; against the limit where it was a mock interview.

    A follow-up has a time of its own, so that the two together are not measured against the limit.
    """
    used = clock_face(round(review.seconds))
    if limit is None:
        time = used
    elif review.follow_up is not None:
        time = tr("{used} with the follow-up", used=used)
    else:
        time = tr("{used} of {limit}", used=used, limit=clock_face(limit))
    return [(time, MUTED), *([(" · ", MUTED), (tr("! over time"), "$text-warning")] if review.overtime else [])]
