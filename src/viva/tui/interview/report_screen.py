"""How the interview went."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.i18n import N_, ntr, tr
from viva.locations import reports_folder
from viva.text.moments import clock_face
from viva.tui.common.hit_lines import entry_lines
from viva.tui.common.interface import one_line
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, Prose, bar, colour_of, spans
from viva.tui.interview.review_screen import timing
from viva.types import Entry, Report, Review


class ReportScreen(Page):
    """Shows the score, the topics, and the weakest questions with what the notes say."""

    HEADING = N_("report")
    ABOUT = N_(
        "Arrow keys and Page Up/Down scroll. Saving writes the report as Markdown and as a page for the browser; "
        "viva report writes it where you like. v goes through the answers, where each can be judged. a begins an "
        "interview over what was not answered well, skipped or shown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", N_("Back"), key_display="⏎"),
        Binding("a", "again", N_("Retry")),
        Binding("v", "review", N_("Answers")),
        Binding("s", "save", N_("Save")),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
        self._entries: dict[str, Entry] = {}
        """The notes by id, as they are when the report is first shown."""
        self._away = False
        """Whether the answers are being gone through, and may be judged anew."""

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        self._entries = {entry.id: entry for entry in self.viva.workspace.entries}  # read before, for the report
        with VerticalScroll(id="body"):
            yield Prose(report_paragraphs(self.report, self._entries))

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()

    def retranslate(self) -> None:
        """Say the report in the language in force too."""
        super().retranslate()
        self.query_one("#body Prose", Prose).say(*report_paragraphs(self.report, self._entries))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to ask again only where something was left open."""
        if action == "again":
            return any(review.left_open for review in self.report.reviews)
        return super().check_action(action, parameters)

    @work(exclusive=True, group="again")
    async def action_again(self) -> None:
        """Begin an interview over what this one left open."""
        ids = await self.ask(self.viva.workspace.practice_stats.to_ask_again, self.report.interview_id)
        if ids is not None:
            self.viva.navigator.in_background(self.viva.navigator.begin(only=ids))

    def action_review(self) -> None:
        """Go through the answers."""
        from viva.tui.interview.review_screen import ReviewScreen

        self._away = True
        self.app.push_screen(ReviewScreen(self.report.interview_id))

    @work(exclusive=True, group="renew")
    async def on_screen_resume(self) -> None:
        """Come back from the answers with the figures as they are now."""
        if not self._away:
            return
        self._away = False
        if (
            report_data := await self.ask(self.viva.workspace.practice_stats.report_data, self.report.interview_id)
        ) is not None:
            self.report = report_data.report
            self.query_one("#body Prose", Prose).say(*report_paragraphs(self.report, self._entries))
            self.refresh_bindings()

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save the report as Markdown and as a page, and tell where."""
        if (files := await self.ask(self._save)) is not None:
            markdown, page = files
            if self.app.is_web:  # the folder may be on another machine than who looks at the page
                self.app.deliver_binary(page)
            names = {"report": markdown.name, "page": page.name, "folder": page.parent}
            self.tell(lambda: one_line(tr("saved {report} and {page} in {folder}", **names)))

    def _save(self) -> tuple[Path, Path]:
        """Write both files, in the core's thread."""
        return self.viva.workspace.practice_stats.save_report(self.report.interview_id, reports_folder())


_TOPIC_BAR = 12
SKIPPED = "–"
"""In place of the score of a question that was skipped."""


def report_paragraphs(report: Report, entries: Mapping[str, Entry]) -> list[Paragraph]:
    """Return what the report screen shows; `entries` by id give the passages of the weakest questions."""
    lines = [_score(report), spans((_counts(report), MUTED)), *_mock(report)]
    if report.topics:
        lines += [BLANK, spans((tr("Topics"), "bold")), *(_topic(*topic) for topic in report.topics)]
    if report.weakest:
        lines += [BLANK, spans((tr("Worth another look"), "bold"))]
        for review in report.weakest:
            lines += [*_weak(review, entries.get(review.question_id)), BLANK]
    if unanswered := _unanswered(report):
        lines += unanswered if lines[-1] is BLANK else [BLANK, *unanswered]
    return lines


def _score(report: Report) -> Paragraph:
    mean = report.mean_score if report.limit is None else report.overall_score
    if mean is None or report.mean_score is None:
        return spans((tr("No answer was graded."), "bold"))
    score = round(mean)
    name = tr("mean score") if report.limit is None else tr("overall score")
    return spans(_number(score), " ", *bar(score), " ", (name, MUTED))


def _number(score: float) -> tuple[str, str]:
    return f"{round(score):>3}", f"bold {colour_of(score)}"


def _unanswered(report: Report) -> list[Paragraph]:
    """Return which questions were skipped or shown; those of a mock interview are named among its answers."""
    named = [review for review in report.reviews if review.outcome != "answered"] if report.limit is None else []
    if not named:
        return []
    lines = [spans((f"  {SKIPPED} ", MUTED), one_line(review.question), rest=4) for review in named]
    return [spans((tr("Skipped or shown"), "bold")), *lines]


def _mock(report: Report) -> list[Paragraph]:
    """Return what is to tell of a mock interview besides: its limit, and each answer with its time."""
    if report.limit is None:
        return []
    limit = clock_face(report.limit)
    about = tr("mock interview · {limit} an answer · a skipped question counts 0", limit=limit)
    lines = [spans((about, MUTED)), BLANK, spans((tr("Answers"), "bold"))]
    return lines + [_turn(number, review, report.limit) for number, review in enumerate(report.reviews, start=1)]


def _turn(number: int, review: Review, limit: int) -> Paragraph:
    if review.outcome == "skipped":
        score = (f"  {SKIPPED}", MUTED)
    elif review.verdict == "unsure" or review.score is None:
        score = ("  ?", "$text-warning")
    else:
        score = _number(review.score)
    question = one_line(review.question)
    return spans(score, (f" {number}. ", MUTED), question, ("  ", MUTED), *timing(review, limit), rest=7)


def _counts(report: Report) -> str:
    minutes = (report.finished_at - report.started_at).total_seconds() / 60
    parts = [
        tr("{number} asked", number=report.asked),
        tr("{number} answered", number=report.answered),
        tr("{number} skipped", number=report.skipped),
    ]
    if report.revealed:
        parts.append(tr("{number} shown", number=report.revealed))
    if hints := sum(review.hints for review in report.reviews):
        parts.append(ntr("{number} hint", "{number} hints", hints))
    parts.append(tr("{number} min", number=round(minutes)) if minutes >= 1 else tr("under a minute"))
    if times := [review.seconds for review in report.reviews if review.outcome == "answered"]:
        parts.append(tr("{time} an answer", time=clock_face(round(sum(times) / len(times)))))
    return " · ".join(parts)


def _topic(topic: str, score: float, answered: int) -> Paragraph:
    count = ntr("{number} answer", "{number} answers", answered)
    return spans(_number(score), " ", *bar(score, _TOPIC_BAR), f" {one_line(topic)}", (f"  {count}", MUTED), rest=17)


def _weak(review: Review, entry: Entry | None) -> list[Paragraph]:
    score = review.score or 0
    time = (f"  {clock_face(round(review.seconds))}", MUTED)
    lines = [spans(_number(score), " ", (one_line(review.question), "bold"), time, rest=4)]
    you = tr("you: ")
    talk = [(you, review.answer)]
    if (asked := review.follow_up) is not None:
        talk += [("viva: ", asked.question), (you, asked.answer or "")]
    lines += [
        spans((speaker, MUTED), one_line(text), first=4, rest=4 + cell_len(speaker))
        for speaker, text in talk
        if text.strip()
    ]
    return lines + (entry_lines(entry, 4) if entry is not None else [])
