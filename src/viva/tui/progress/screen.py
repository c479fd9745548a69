"""How practice goes over weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.i18n import N_, ntr, tr
from viva.tui.common.interface import listed, one_line
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import BLANK, MUTED, Paragraph, Prose, colour_of, percent, spans
from viva.tui.interview.grade_lines import STATUS
from viva.tui.progress.charts import PlotRow, calendar, count_bars, share_plot, week_columns
from viva.types import Status

if TYPE_CHECKING:
    from viva.progress.stats import Stats
    from viva.progress.trends import Course, HardPoint, TopicScore


_BESIDE = 5
"""Cells beside the text: the body's padding and its scrollbar."""


class ProgressScreen(Page):
    """Shows scores, recall, busy days, what comes up, topics, and the hardest points."""

    HEADING = N_("progress")
    ABOUT = N_(
        "Arrow keys and Page Up/Down scroll. All figures are over the notes that are open; viva stats prints them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "back", N_("Back"), key_display="esc"),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Stats, Course] | None = None
        self._counting = True

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        with VerticalScroll(id="body"):
            yield Prose([spans((tr("counting…"), MUTED))], id="figures")

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once, and count."""
        self.query_one("#body").focus()
        self.load()

    def notes_changed(self) -> None:
        """Count over the notes as they are now."""
        self.load()

    @work(exclusive=True, group="progress")
    async def load(self) -> None:
        """Read the figures in the core's thread."""
        self._figures = await self.ask(self._read)
        self._counting = False
        self._show(self.size.width)

    def _read(self) -> tuple[Stats, Course]:
        return self.viva.workspace.practice_stats.stats(), self.viva.workspace.practice_stats.course()

    def on_resize(self, event: events.Resize) -> None:
        """Draw again for the new width: a calendar cannot be broken into lines."""
        self._show(event.size.width)

    def _show(self, width: int) -> None:
        if self._figures is not None:
            self.query_one("#figures", Prose).say(*progress_paragraphs(*self._figures, width - _BESIDE))
        else:
            line = tr("counting…") if self._counting else tr("there is nothing to show")
            self.query_one("#figures", Prose).say(spans((line, MUTED)))

    def retranslate(self) -> None:
        """Say the figures in the language in force too."""
        super().retranslate()
        self._show(self.size.width)


_TOPIC_BAR = 12
_INDENT = 2


def progress_paragraphs(stats: Stats, course: Course, width: int) -> list[Paragraph]:
    """Return what the progress screen shows in `width` cells."""
    if not stats.answered + stats.skipped + stats.revealed:
        return _nothing()
    sections = [
        [_summary(stats), _verdicts(stats)],
        [_title(tr("Score and recall, week by week")), *_weeks(course, width)],
        [_title(tr("Days of practice")), *calendar(course.turns_per_day, width)],
        [_title(tr("Coming up")), *_forecast(course, width)],
        [_title(tr("Topics")), *_topics(course.topics)] if course.topics else [],
        [_title(tr("Hardest points")), *_points(course.hardest_points)],
    ]
    return [line for at, section in enumerate(filter(None, sections)) for line in ([BLANK] if at else []) + section]


def _nothing() -> list[Paragraph]:
    """Return what an empty history shows."""
    how = tr("Escape goes back to the start, where Enter begins an interview. What you answer there is counted here.")
    return [spans((tr("Nothing to show yet."), "bold")), spans(how)]


def _title(text: str) -> Paragraph:
    return spans((text, "bold"))


def _summary(stats: Stats) -> Paragraph:
    met = ntr("{met} of {number} question met", "{met} of {number} questions met", stats.questions, met=stats.met)
    parts = [met, tr("{number} answered", number=stats.answered)]
    if stats.mean_score is not None:
        parts.append(tr("mean score {score}", score=round(stats.mean_score)))
    if stats.withheld:
        parts.append(tr("{number} not judged yet", number=stats.withheld))
    if stats.suspended:
        parts.append(tr("{count} suspended", count=stats.suspended))
    if stats.leeches:
        parts.append(ntr("{number} leech", "{number} leeches", stats.leeches))
    if stats.streak > 1:
        parts.append(ntr("{number} day in a row", "{number} days in a row", stats.streak))
    return spans(" · ".join(parts))


def _verdicts(stats: Stats) -> Paragraph:
    if stats.override_rate is None:
        return spans((tr("No verdict was given yet."), MUTED))
    given = stats.answered - stats.withheld
    changed = round(stats.override_rate * given)
    if not changed:
        line = ntr("You did not change the one verdict.", "You changed none of the {number} verdicts.", given)
    else:
        line = ntr(
            "You changed the one verdict.", "You changed {changed} of the {number} verdicts.", given, changed=changed
        )
    return spans((line, MUTED))


def _weeks(course: Course, width: int) -> list[Paragraph]:
    weeks = course.weeks
    if not any(week.answers or week.due for week in weeks):
        line = ntr("no answer was graded in {number} week", "no answer was graded in {number} weeks", len(weeks))
        return [spans((line, MUTED))]
    scores = [week.mean_score for week in weeks]
    recall = [None if week.recall is None else week.recall * 100 for week in weeks]
    line = tr("recall: of the questions that were due again, how many were answered with 75 or more")
    return [
        *week_columns([week.start for week in weeks], scores, recall, width),
        spans((line, MUTED)),
    ]


def _forecast(course: Course, width: int) -> list[Paragraph]:
    days = len(course.forecast)
    total = sum(count for _, count in course.forecast)
    if not total:
        return [spans((tr("nothing is due in the next {days} days", days=days), MUTED))]
    line = ntr(
        "{number} question due in {days} days; what is overdue counts for today",
        "{number} questions due in {days} days; what is overdue counts for today",
        total,
        days=days,
    )
    return [*count_bars(course.forecast, width), spans((line, MUTED))]


def _topics(topics: Sequence[TopicScore]) -> list[Paragraph]:
    caption = spans((tr("share of the questions whose last answer scored 75 or more"), MUTED))
    shares = [topic.strong for topic in topics]
    bars = share_plot([(part, "" if part is None else colour_of(part * 100)) for part in shares], _TOPIC_BAR)
    return [*(_topic(topic, bar) for topic, bar in zip(topics, bars, strict=True)), caption]


def _topic(topic: TopicScore, bar: PlotRow) -> Paragraph:
    asked = {"asked": topic.asked, "total": topic.questions}
    if topic.mean_score is None:
        line = tr("{asked} of {total} asked", **asked)
    else:
        line = tr("{asked} of {total} asked, mean {score}", score=round(topic.mean_score), **asked)
    name = f" {one_line(topic.topic)}"
    return spans(percent(topic.strong), *bar, name, (f"  {line}", MUTED), rest=_TOPIC_BAR + 6)


def _points(points: Sequence[HardPoint]) -> list[Paragraph]:
    if not points:
        return [spans((tr("none: no point was left out or got wrong"), MUTED))]
    return [line for point in points for line in _point(point)]


def _point(hard: HardPoint) -> list[Paragraph]:
    counts: list[tuple[int, Status]] = [
        (hard.missed, "missed"),
        (hard.contradicted, "contradicted"),
        (hard.differs, "differs"),
        (hard.partial, "partial"),
    ]
    symbol, _, style = STATUS[max(counts, key=lambda each: each[0])[1]]
    states = listed(
        tr("{number} {state}", number=count, state=tr(STATUS[status][1])) for count, status in counts if count
    )
    line = ntr("{states} in {number} answer", "{states} in {number} answers", hard.answers, states=states)
    return [
        spans((f"{symbol} ", style), one_line(hard.point), rest=_INDENT),
        spans((line, style), first=_INDENT),
        spans((one_line(hard.question), MUTED), first=_INDENT),
    ]
