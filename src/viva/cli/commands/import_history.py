"""`viva import`: a history that was exported, back in; or the reviews of an Anki package."""

from pathlib import Path
from typing import Annotated
from zipfile import is_zipfile

import typer

from viva.cli import counts, output
from viva.cli.options import Json, with_workspace
from viva.errors import HistoryError
from viva.i18n import N_, ntr, tr
from viva.reasons import why
from viva.workspace import Workspace

DETAILS = (
    N_("What is there already is left alone: importing twice does no harm. A file that is damaged changes nothing."),
    N_(
        "Of a package that Anki exported (.apkg, .colpkg) the reviews are added, to the questions of your notes that "
        "ask the same."
    ),
)
EXAMPLES = ("viva import history.json\nviva import deck.apkg --kb notes",)


@with_workspace
def command(
    workspace: Workspace,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=N_("What viva export wrote as JSON, or a package of Anki."), show_default=False
        ),
    ],
    as_json: Json = False,
) -> None:
    """Add the turns of an exported history to yours."""
    if workspace.import_export.is_anki_package(file):
        _import_anki(workspace, file, as_json=as_json)
        return
    if is_zipfile(file.expanduser()):
        raise HistoryError(
            tr("{file} is no export: `viva restore` puts a backup back, and a package of Anki ends in .apkg", file=file)
        )
    added = workspace.import_export.import_history(_read(file))
    if as_json:
        output.json_line({"added": added})
        return
    output.data(
        tr(
            "added: {turns}, {interviews}, {questions}",
            turns=counts.turns(added.reviews),
            interviews=ntr("{number} interview", "{number} interviews", added.interviews),
            questions=counts.questions(added.questions),
        )
    )


def _import_anki(workspace: Workspace, file: Path, *, as_json: bool) -> None:
    imported = workspace.import_export.import_anki(file)
    if as_json:
        added = {"reviews": imported.reviews, "questions": imported.questions}
        output.json_line(
            {
                "added": added,
                "already": imported.already,
                "unmatched": imported.unmatched,
                "suspended": imported.suspended,
            }
        )
        return
    questions = counts.questions(imported.questions)
    output.data(tr("added: {reviews} of {questions}", reviews=_reviews(imported.reviews), questions=questions))
    if imported.already:
        output.data(tr("here already: {reviews}", reviews=_reviews(imported.already)))
    if imported.suspended:
        suspended = counts.questions(len(imported.suspended))
        output.data(tr("suspended, as in Anki: {questions}", questions=suspended))
    if imported.unmatched:
        output.talk(
            ntr(
                "{number} reviewed note is no question of these notes: add the package to them",
                "{number} reviewed notes are no questions of these notes: add the package to them",
                imported.unmatched,
            )
        )
    if not (imported.reviews or imported.already or imported.unmatched or imported.suspended):
        output.talk(tr('it holds no reviews: tick "Include scheduling information" when you export it in Anki'))


def _reviews(number: int) -> str:
    return ntr("{number} review", "{number} reviews", number)


def _read(file: Path) -> str:
    try:
        return file.expanduser().read_text(encoding="utf-8-sig")
    except OSError as error:
        raise HistoryError(tr("cannot read {file} ({reason}): check the path", file=file, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise HistoryError(tr("{file} is not UTF-8: choose a file made by `viva export`", file=file)) from error
