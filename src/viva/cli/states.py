"""The states of questions, as `viva questions --state` takes and prints them."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from viva.i18n import ntr, tr
from viva.text.cells import cells, padded
from viva.wording.sentences import MASTERY_WORDS
from viva.workspace import Workspace

if TYPE_CHECKING:
    from viva.types import Mastery


class State(StrEnum):
    """The words of `scheduling.mastery`, and one for all of them."""

    ANY = "any"
    NEW = "new"
    LEARNING = "learning"
    DUE = "due"
    MASTERED = "mastered"
    UNANSWERED = "unanswered"
    LEECH = "leech"
    SUSPENDED = "suspended"


def states_of(workspace: Workspace, wanted: State) -> dict[str, tuple[State, ...]]:
    """Return the states of the questions that are in the wanted one, by id, the one that counts first."""
    now = datetime.now(UTC)
    found = {
        entry.id: tuple(map(State, workspace.states(entry, card_state, now)))
        for entry, card_state in zip(workspace.entries, workspace.card_states(), strict=True)
    }
    return {name: held for name, held in found.items() if wanted in (State.ANY, *held)}


def shown(state: State) -> str:
    """Return a state as sign and word, all equally wide."""
    widest = max(cells(tr(word)) for _, word in MASTERY_WORDS.values())
    sign, word = MASTERY_WORDS[cast("Mastery", state.value)]
    return f"{sign} {padded(tr(word), widest)}"


def advice(leeches: int) -> str:
    """Return what helps against leeches."""
    return ntr(
        "this question was failed many times: rewrite its note, shorter and clearer, or split it in several",
        "these questions were failed many times: rewrite their notes, shorter and clearer, or split them in several",
        leeches,
    )
