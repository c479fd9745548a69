"""What an interview left open, to be asked again: answers that were not strong, and questions skipped or shown."""

from __future__ import annotations

from collections.abc import Sequence

from viva.errors import InterviewError
from viva.i18n import tr
from viva.practice.afterwards import chosen_interview
from viva.practice.history import History
from viva.types import Entry, Review


def left_open(review: Review) -> bool:
    """Whether a turn is worth another; an answer to a question that the notes do not answer is not."""
    return review.outcome != "answered" or review.verdict in {"weak", "partial"}


def to_ask_again(history: History, entries: Sequence[Entry], interview_id: int | None = None) -> list[str]:
    """Return the questions that an interview left open, by their ids in the notes as they are now, in order of asking.

    Args:
        history: Where it is stored.
        entries: The notes; a question that is no longer there is left out.
        interview_id: Any interview of the history. Default: the one with the latest turn on these notes.

    Raises:
        InterviewError: It left nothing open that the notes still hold, there is no such interview, or it is a mock
            that is not over.
        HistoryError: The history cannot be used.
    """
    chosen = chosen_interview(history, entries, interview_id)
    keys = history.reconcile(entries)
    present = {keys[entry.id]: entry.id for entry in entries}
    open_keys = dict.fromkeys(turn.key for turn in history.turns(chosen) if left_open(turn.review))
    found = [present[key] for key in open_keys if key in present]
    if not found:
        raise InterviewError(tr("that interview left nothing open: begin a new one"))
    return found
