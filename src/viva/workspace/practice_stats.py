"""What practice has left in the history, as the user may see it: figures, interviews, and their own verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from viva.history.leniency import Habit
    from viva.history.verdicts import GivenOnPoint, GivenVerdict
    from viva.interview.dialogue.results import Results
    from viva.interview.review import SessionReview
    from viva.progress.review_history import SessionSummary
    from viva.progress.stats import Stats
    from viva.progress.trends import Course, TopicScore
    from viva.reports.report_data import ReportData
    from viva.scheduling.schedule import Forecast
    from viva.workspace.workspace import Workspace


class PracticeStats:
    """Reads the history of a workspace's notes; all of it raises HistoryError where that cannot be used."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def report_data(self, interview_id: int | None = None) -> ReportData:
        """Return all there is to tell of an interview, by default of the last one. Raises InterviewError."""
        from viva.reports.report_data import report_data

        return report_data(self._workspace.history, self._workspace.entries, self._workspace.schedule, interview_id)

    @staticmethod
    def report_text(data: ReportData) -> list[str]:
        """Return a report as plain lines."""
        from viva.reports.text import report_text

        return report_text(data)

    @staticmethod
    def report_page(data: ReportData, form: Literal["markdown", "html"]) -> str:
        """Return a report as a page to be saved."""
        from viva.reports.html import report_html
        from viva.reports.markdown import report_markdown

        return report_markdown(data) if form == "markdown" else report_html(data)

    def save_report(self, interview_id: int, folder: Path) -> tuple[Path, Path]:
        """Write the report of an interview as Markdown and as HTML; return both files. Raises HistoryError."""
        from viva.reports.files import save_report

        return save_report(self.report_data(interview_id), folder)

    def results(self, interview_id: int) -> Results:
        """Return what takes lines about the turns of a finished interview. Raises InterviewError."""
        from viva.interview.dialogue.results import Results

        return Results(self.session_review(interview_id))

    def session_review(self, interview_id: int | None = None) -> SessionReview:
        """Return an interview to go through turn by turn, by default the last one. Raises InterviewError."""
        from viva.interview.review import SessionReview

        return SessionReview(
            self._workspace.history,
            self._workspace.entries,
            self._workspace.schedule,
            interview_id,
            grader=self._workspace,
        )

    def to_ask_again(self, interview_id: int | None = None) -> list[str]:
        """Return the ids of what an interview left open, by default the last one. Raises InterviewError."""
        from viva.interview.lifecycle import to_ask_again

        return to_ask_again(self._workspace.history, self._workspace.entries, interview_id)

    def stats(self) -> Stats:
        """Return the figures of the history of these notes."""
        from viva.progress.stats import statistics

        return statistics(
            self._workspace.history, self._workspace.entries, self._workspace.schedule, self._workspace.clock
        )

    def course(self) -> Course:
        """Return how practice of these notes goes over weeks, by topic and by point."""
        from viva.progress.review_history import read_review_history
        from viva.progress.trends import course

        return course(
            read_review_history(self._workspace.history, self._workspace.entries, self._workspace.schedule),
            self._workspace.card_states(),
            self._workspace.entries,
            self._workspace.clock(),
        )

    def forecast(self, days: int = 7) -> Forecast:
        """Return what is due now, and what comes up on so many days from today on."""
        from viva.scheduling.schedule import forecast

        return forecast(self._workspace.entries, self._workspace.card_states(), self._workspace.clock(), days)

    def topic_scores(self) -> tuple[TopicScore, ...]:
        """Return how each topic stands, in the order of `topics`."""
        from viva.progress.trends import topic_scores

        return topic_scores(self._workspace.entries, self._workspace.card_states())

    def recent_sessions(self, most: int = 3) -> tuple[SessionSummary, ...]:
        """Return the last interviews over these notes, the latest first."""
        from viva.progress.review_history import last_turns, recent_sessions

        return recent_sessions(last_turns(self._workspace.history, self._workspace.entries, most), most)

    def verdicts(self) -> list[GivenVerdict]:
        """Return the verdicts that the user gave and that count for other answers, of all notes, newest first."""
        return self._workspace.history.verdicts()

    def point_verdicts(self) -> list[GivenOnPoint]:
        """Return what the user said of single points and counts for other answers, of all notes, newest first."""
        return self._workspace.history.points.given()

    def habit(self) -> Habit:
        """Return how the user marks, compared with the grader."""
        return self._workspace.history.habit()

    def forget_verdicts(self, review_id: int | None = None) -> int:
        """Let what was said of an answer and its points, or of all, count for its turn alone. Raises HistoryError."""
        return self._workspace.history.forget_verdicts(review_id)
