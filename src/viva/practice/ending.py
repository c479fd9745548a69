"""How an interview that was left is ended as it is."""

from __future__ import annotations

from viva.practice.interview import Interview
from viva.practice.mock import MockInterview
from viva.types import Report


def end_here(interview: Interview) -> Report:
    """End an interview and return its report; an unfinished answer is not lost.

    A mock interview takes it as it stands, as it does when the time is over; in practice its question counts as
    skipped, and the history keeps what was typed.

    Raises:
        InterviewError: The unfinished answer of a mock interview cannot be graded; nothing is ended.
    """
    if interview.draft.strip() and (interview.waiting is not None or interview.current is not None):
        if isinstance(interview, MockInterview):
            interview.hand_in(interview.draft)
        elif interview.waiting is None:  # beside a follow-up that waits it is kept at the end
            interview.skip()
    return interview.finish()
