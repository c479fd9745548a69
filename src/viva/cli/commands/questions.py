"""`viva questions`: what the notes ask."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, cast

import typer

from viva.cli import output
from viva.cli.options import Json, names_of, with_workspace
from viva.i18n import N_, ntr, tr
from viva.text.cells import cells, padded
from viva.types import Entry, Mastery
from viva.wording.sentences import MASTERY_WORDS
from viva.workspace import Workspace

DETAILS = (N_("Where the number does not tell a question apart, its id follows in brackets."),)
EXAMPLES = (
    """\
viva questions
viva questions --kb notes.md --json
viva questions --state leech""",
)


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
    return {name: states for name, states in found.items() if wanted in (State.ANY, *states)}


def state_label(state: State) -> str:
    """Return a state as sign and word, all equally wide."""
    widest = max(cells(tr(word)) for _, word in MASTERY_WORDS.values())
    sign, word = MASTERY_WORDS[cast("Mastery", state.value)]
    return f"{sign} {padded(tr(word), widest)}"


def leech_advice(leeches: int) -> str:
    """Return what helps against leeches."""
    return ntr(
        "this question was failed many times: rewrite its note, shorter and clearer, or split it in several",
        "these questions were failed many times: rewrite their notes, shorter and clearer, or split them in several",
        leeches,
    )


@with_workspace
def command(
    workspace: Workspace,
    state: Annotated[
        State | None,
        typer.Option("--state", help=N_("Only questions in this state; any: all, with theirs."), show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the questions of the notes, with file and line."""
    states = states_of(workspace, state) if state else {}
    listed = [each for each in _with_names(workspace) if state is None or each[0].id in states]
    if as_json:
        output.json_line({"questions": [question_object(entry) | _states(states, entry) for entry, _ in listed]})
        return
    width = max((cells(entry.number or "-") for entry, _ in listed), default=0)
    for entry, name in listed:
        word = state_label(states[entry.id][0]) if states else _answered(entry)
        suffix = "" if name == entry.number else f"  [{output.one_line(name)}]"
        number = output.one_line(entry.number or "-")
        place = output.one_line(f"{entry.file}:{entry.line}")
        output.data(f"{padded(number, width, right=True)}  {word}  {output.one_line(entry.question)}  {place}{suffix}")
    if state is State.LEECH and listed:
        output.talk(leech_advice(len(listed)))
    if not listed:
        output.talk(tr("no question is in this state: viva questions --state any lists each with its own"))


def _answered(entry: Entry) -> str:
    """Return whether the notes answer a question, as sign and words, all equally wide."""
    answered, unanswered = tr("✓ answered"), tr("– no answer")
    return padded(answered if entry.answered else unanswered, max(cells(answered), cells(unanswered)))


def _with_names(workspace: Workspace) -> list[tuple[Entry, str]]:
    return list(zip(workspace.entries, names_of(workspace.entries), strict=True))


def _states(states: Mapping[str, Sequence[State]], entry: Entry) -> dict[str, object]:
    return {"states": list(states[entry.id])} if states else {}


def question_object(entry: Entry) -> dict[str, object]:
    """Return the entry as the command-line contract has it."""
    return {
        "id": entry.id,
        "number": entry.number,
        "question": entry.question,
        "answer": entry.answer,
        "points": [point.text for point in entry.points],
        "file": entry.file,
        "line": entry.line,
        "end_line": entry.end_line,
        "answered": entry.answered,
        "tags": list(entry.tags),
    }
