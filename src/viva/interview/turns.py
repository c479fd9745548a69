"""The turns of one interview: each is in the history before it is here."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from viva.errors import InterviewError
from viva.grading.no_answer import is_dont_know
from viva.history.history import History
from viva.history.judgement import Judgement, by_rating, by_verdict, feedback_of, grade_of_turn
from viva.history.overrides import PointVerdict
from viva.history.records import Followed, Merged, StoredTurn, Turn
from viva.i18n import tr
from viva.interview.agenda import Agenda
from viva.interview.examiner import Examiner
from viva.interview.follow_up.question import merged
from viva.scheduling.mastery import becomes_leech
from viva.scheduling.schedule import Schedule, propose_rating
from viva.text.normal import joined
from viva.types import Entry, Feedback, FollowUp, PointWord, Question, Rating, Review, Verdict


class Turns:
    """What was asked so far, without what was taken back."""

    def __init__(self, interview_id: int, history: History, schedule: Schedule) -> None:
        """Read the turns of a stored interview."""
        self._id, self._history, self._schedule = interview_id, history, schedule
        self._turns = history.turns(interview_id)

    @property
    def reviews(self) -> list[Review]:
        """All turns, in order."""
        return [turn.review for turn in self._turns]

    @property
    def stored(self) -> list[StoredTurn]:
        """All turns, in order, with what is needed to change them."""
        return self._turns

    @property
    def last(self) -> StoredTurn | None:
        """The last turn, whatever became of its question."""
        return self._turns[-1] if self._turns else None

    def last_answer(self) -> StoredTurn:
        """Return the last turn. Raises InterviewError when it was no answer."""
        if self.last is None or self.last.review.outcome != "answered":
            raise InterviewError(tr("the last turn has no answer to judge: answer a question first"))
        return self.last

    def last_of(self, entries: Container[int]) -> StoredTurn:
        """Return the last turn. Raises InterviewError when there is none, or its question is not among these keys."""
        if self.last is None:
            raise InterviewError(tr("there is nothing to take back: no question was answered yet"))
        if self.last.key not in entries:
            raise InterviewError(tr("the last question is no longer in the notes, so it cannot be asked again"))
        return self.last

    def add(self, turn: Turn) -> StoredTurn:
        """Store a turn and move the interview on."""
        review_id = self._history.record(self._id, turn, self._schedule, turn.position + 1)
        self._turns.append(self._history.turn(review_id))
        return self._turns[-1]

    def judge(self, made: Judgement, given: PointVerdict | None = None) -> StoredTurn:
        """Replace the judgement of the last turn, by what the user said of a point if it is that."""
        review_id = self._turns[-1].review.id
        self._history.amend(review_id, made, self._schedule, given)
        self._turns[-1] = self._history.turn(review_id)
        return self._turns[-1]

    def follow(self, followed: Followed) -> bool:
        """Store what became of the last turn's follow-up; False when another window was first."""
        stored = self._history.follow(self._id, self._turns[-1], followed, self._schedule)
        self._turns[-1] = self._history.turn(self._turns[-1].review.id)
        return stored

    def take_back(self, plan: Sequence[int], draft: str) -> None:
        """Undo the last turn; the interview goes back to it, with `draft` as the unfinished answer."""
        self._history.take_back(self._id, self._turns[-1], plan, draft, self._schedule)
        self._turns.pop()

    def topics(self, entries: Mapping[int, Entry]) -> dict[str, tuple[str, ...]]:
        """Return headings and tags by question id; what all questions share, such as the title, is no topic."""
        names = {key: (entry.id, dict.fromkeys((*entry.place.headings, *entry.tags))) for key, entry in entries.items()}
        shared = set.intersection(*(set(found) for _, found in names.values())) if len(names) > 1 else set()
        named = {
            key: (identity, tuple(n for n in found if n not in shared)) for key, (identity, found) in names.items()
        }
        # A question that moved since is known by its id at the time of asking too.
        asked = {turn.review.question_id: named[turn.key][1] for turn in self._turns if turn.key in named}
        return dict(named.values()) | asked


def follow_up_waits(turns: Sequence[StoredTurn], entries: Mapping[int, Entry]) -> FollowUp | None:
    """Return the follow-up of the last turn if it waits, and its question is still in the notes."""
    turn = turns[-1] if turns else None
    asked = turn.review.follow_up if turn is not None and turn.key in entries else None
    return asked if asked is not None and asked.waits else None


class LastAnswer:
    """Changes the judgement of an interview's last turn; each change is stored before it is returned."""

    def __init__(self, turns: Turns, agenda: Agenda, examiner: Examiner, history: History) -> None:
        """`agenda` and `turns` are those of one interview."""
        self._turns, self._agenda, self._examiner, self._history = turns, agenda, examiner, history

    @property
    def feedback(self) -> Feedback | None:
        """All there is to tell of it; None where the last turn was no answer."""
        turn = self._turns.last
        return self.judged_feedback() if turn is not None and turn.review.outcome == "answered" else None

    def judged_feedback(self) -> Feedback:
        """Return all there is to tell of it. Raises InterviewError when the last turn was no answer."""
        turn = self._turns.last_answer()
        failed = turn.review.rating is Rating.AGAIN and becomes_leech(self._history.lapses(turn.key))
        return feedback_of(turn, self._question(turn), self._history.due(turn.key), leech=failed)

    @property
    def waiting(self) -> FollowUp | None:
        """Its follow-up, while that waits."""
        return follow_up_waits(self._turns.stored, self._agenda.entries)

    def override(self, verdict: Verdict) -> Feedback:
        """Replace the verdict by the user's; a follow-up that waits is declined then: nothing is left to ask."""
        made = by_verdict(self._turns.last_answer(), verdict)
        self.let_go()
        self._turns.judge(made)
        return self.judged_feedback()

    def judge_point(self, number: int, word: PointWord) -> Feedback:
        """Put the user's word on a point, from 1, in force; a follow-up that waits is declined then."""
        turn = self._turns.last_answer()
        given, made = self._examiner.judged(turn, self._question(turn).entry, number, word)
        self.let_go()
        self._turns.judge(made, given)
        return self.judged_feedback()

    def rate(self, rating: Rating) -> Feedback:
        """Replace the rating by the user's."""
        self._turns.judge(by_rating(self._turns.last_answer(), rating))
        return self.judged_feedback()

    def add(self, answer: str) -> Merged | None:
        """Return the judgement of the answer with what was said to the follow-up; None where that is nothing."""
        turn, asked = self._turns.last_answer(), self.waiting
        if not answer.strip() or is_dont_know(answer, asked.question if asked else ""):
            return None
        first = grade_of_turn(turn)
        both, own = self._examiner.grade(turn.key, self._agenda.entries[turn.key], joined(turn.review.answer, answer))
        grade = merged(first, both)
        proposed = propose_rating(grade, turn.review.hints)
        rating = turn.review.rating if turn.rated and turn.review.rating else proposed
        return Merged(grade, proposed, rating, first.score, own if grade is both else turn.grader_score)

    def close(self, seconds: float, merged: Merged | None, *, overtime: bool) -> None:
        """Store what was typed to the follow-up, the seconds used on it, and what it changes.

        Raises:
            InterviewError: Another window was first; the turn is as it left it.
        """
        if not self._turns.follow(Followed(self._agenda.draft, seconds, overtime, merged)):
            raise InterviewError(
                tr("this follow-up was answered or left in another window; what you typed is still here")
            )
        self._agenda.draft = ""

    def let_go(self) -> None:
        """Decline the follow-up if one waits: the user went on.

        Where another window was first nothing is stored, and what was typed stays here.
        """
        if self.waiting is None:
            return
        if self._turns.follow(Followed(self._agenda.draft, 0.0)):
            self._agenda.draft = ""
        self._agenda.spent = 0.0

    def _question(self, turn: StoredTurn) -> Question:
        return self._agenda.asked(turn.key, turn.position, turn.review.question_id, turn.review.question)
