"""What practice has left in the history, told: figures, interviews, and the user's own verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.history.leniency import Habit
    from viva.history.verdicts import GivenOnPoint, GivenVerdict
    from viva.interview.review import SessionReview
    from viva.progress.recent_sessions import SessionSummary
    from viva.progress.stats import Stats
    from viva.progress.trends import Course, TopicScore
    from viva.reports.report_data import ReportData
    from viva.scheduling.forecast import Forecast
    from viva.workspace.workspace import Workspace


class PracticeStats:
    """Reads the history of a workspace's notes; all of it raises HistoryError where that cannot be used."""

    def __init__(self, workspace: Workspace) -> None:
        self._of = workspace

    def report_data(self, interview_id: int | None = None) -> ReportData:
        """Return all there is to tell of an interview, by default of the last one. Raises InterviewError."""
        from viva.reports.report_data import report_data

        return report_data(self._of.history, self._of.entries, self._of.schedule, interview_id)

    def session_review(self, interview_id: int | None = None) -> SessionReview:
        """Return an interview to go through turn by turn, by default the last one. Raises InterviewError."""
        from viva.interview.review import SessionReview

        return SessionReview(self._of.history, self._of.entries, self._of.schedule, interview_id, grader=self._of)

    def to_ask_again(self, interview_id: int | None = None) -> list[str]:
        """Return the ids of what an interview left open, by default the last one. Raises InterviewError."""
        from viva.interview.lifecycle import to_ask_again

        return to_ask_again(self._of.history, self._of.entries, interview_id)

    def stats(self) -> Stats:
        """Return the figures of the history of these notes."""
        from viva.progress.stats import statistics

        return statistics(self._of.history, self._of.entries, self._of.schedule, self._of.clock)

    def course(self) -> Course:
        """Return how practice of these notes goes over weeks, by topic and by point."""
        from viva.progress.review_history import read_review_history
        from viva.progress.trends import course

        return course(
            read_review_history(self._of.history, self._of.entries, self._of.schedule),
            self._of.card_states(),
            self._of.entries,
            self._of.clock(),
        )

    def forecast(self, days: int = 7) -> Forecast:
        """Return what is due now, and what comes up on so many days from today on."""
        from viva.scheduling.forecast import forecast

        return forecast(self._of.entries, self._of.card_states(), self._of.clock(), days)

    def topic_scores(self) -> tuple[TopicScore, ...]:
        """Return how each topic stands, in the order of `topics`."""
        from viva.progress.trends import topic_scores

        return topic_scores(self._of.entries, self._of.card_states())

    def recent_sessions(self, most: int = 3) -> tuple[SessionSummary, ...]:
        """Return the last interviews over these notes, the latest first."""
        from viva.progress.recent_sessions import last_turns, recent_sessions

        return recent_sessions(last_turns(self._of.history, self._of.entries, most), most)

    def verdicts(self) -> list[GivenVerdict]:
        """Return the verdicts that the user gave and that count for other answers, of all notes, newest first."""
        return self._of.history.verdicts()

    def point_verdicts(self) -> list[GivenOnPoint]:
        """Return what the user said of single points and counts for other answers, of all notes, newest first."""
        return self._of.history.points.given()

    def habit(self) -> Habit:
        """Return how the user marks, compared with the grader."""
        return self._of.history.habit()

    def forget_verdicts(self, review_id: int | None = None) -> int:
        """Let what was said of an answer and its points, or of all, count for its turn alone. Raises HistoryError."""
        return self._of.history.forget_verdicts(review_id)
