"""`viva questions`: what the notes ask."""

from collections import Counter
from collections.abc import Sequence

from viva.cli import output
from viva.cli.options import Json, over_notes
from viva.i18n import noted, tr
from viva.text.cells import cells, padded
from viva.types import Entry
from viva.workspace import Workspace

DETAILS = (noted("Where the number does not tell a question apart, its id follows in brackets."),)
EXAMPLES = (
    """\
viva questions
viva questions --kb notes.md --json""",
)


@over_notes
def command(workspace: Workspace, as_json: Json = False) -> None:
    """List the questions of the notes, with file and line."""
    entries = workspace.entries
    if as_json:
        output.json_line({"questions": [question_object(entry) for entry in entries]})
        return
    width = max(cells(entry.number or "-") for entry in entries)
    answered, unanswered = tr("✓ answered"), tr("– no answer")
    wide = max(cells(answered), cells(unanswered))
    for name, entry in zip(names_of(entries), entries, strict=True):
        state = padded(answered if entry.answered else unanswered, wide)
        named = "" if name == entry.number else f"  [{name}]"
        number = output.one_line(entry.number or "-")
        place = output.one_line(f"{entry.file}:{entry.line}")
        output.data(f"{padded(number, width, right=True)}  {state}  {output.one_line(entry.question)}  {place}{named}")


def names_of(entries: Sequence[Entry]) -> list[str]:
    """Return what a person types to mean each entry: its number when only it has that number, else its id."""
    used = Counter(entry.number for entry in entries)
    return [entry.number if entry.number and used[entry.number] == 1 else entry.id for entry in entries]


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
