"""`viva questions`: what the notes ask."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from viva.cli import output
from viva.cli.completion import names_of
from viva.cli.options import Json, over_notes
from viva.cli.states import State, advice, shown, states_of
from viva.i18n import N_, tr
from viva.text.cells import cells, padded
from viva.types import Entry
from viva.workspace import Workspace

DETAILS = (N_("Where the number does not tell a question apart, its id follows in brackets."),)
EXAMPLES = (
    """\
viva questions
viva questions --kb notes.md --json
viva questions --state leech""",
)


@over_notes
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
    listed = [each for each in _named(workspace) if state is None or each[0].id in states]
    if as_json:
        output.json_line({"questions": [question_object(entry) | _states(states, entry) for entry, _ in listed]})
        return
    width = max((cells(entry.number or "-") for entry, _ in listed), default=0)
    for entry, name in listed:
        told = shown(states[entry.id][0]) if states else _answered(entry)
        named = "" if name == entry.number else f"  [{output.one_line(name)}]"
        number = output.one_line(entry.number or "-")
        place = output.one_line(f"{entry.file}:{entry.line}")
        output.data(f"{padded(number, width, right=True)}  {told}  {output.one_line(entry.question)}  {place}{named}")
    if state is State.LEECH and listed:
        output.talk(advice(len(listed)))
    if not listed:
        output.talk(tr("no question is in this state: viva questions --state any lists each with its own"))


def _answered(entry: Entry) -> str:
    """Return whether the notes answer a question, as sign and words, all equally wide."""
    answered, unanswered = tr("✓ answered"), tr("– no answer")
    return padded(answered if entry.answered else unanswered, max(cells(answered), cells(unanswered)))


def _named(workspace: Workspace) -> list[tuple[Entry, str]]:
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
