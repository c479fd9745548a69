"""`viva history`: what was asked and how it went."""

import contextlib
from typing import Annotated

import typer

from viva.cli import counts, output
from viva.cli.commands.grade import STYLES
from viva.cli.options import Json, complete_question, with_workspace
from viva.errors import NotesError
from viva.i18n import N_, ntr, spoken, tr
from viva.text.moments import local_day, minute
from viva.types import Entry, Review
from viva.wording import sentences
from viva.workspace import Workspace

DETAILS = ()
EXAMPLES = (
    N_("""\
viva history --limit 50
viva history --question 12
viva history --vanished    questions with answers that are no longer in the notes"""),
)


@with_workspace
def command(
    workspace: Workspace,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help=N_("How many turns at most."))] = 20,
    question: Annotated[
        str | None,
        typer.Option(
            "--question",
            metavar="ID",
            help=N_("Only this question, by id or number."),
            autocompletion=complete_question,
            show_default=False,
        ),
    ] = None,
    vanished: Annotated[
        bool, typer.Option("--vanished", help=N_("List questions that are no longer in the notes."))
    ] = False,
    as_json: Json = False,
) -> None:
    """List the last turns of your interviews, newest first."""
    if vanished:
        _print_vanished(workspace, as_json=as_json)
        return
    reviews = workspace.reviews()
    if question is not None:
        reviews = _reviews_of(workspace, workspace.find(question), reviews)
    for review in reviews[:limit]:
        if as_json:
            output.json_line(review)
        else:
            output.styled_data("\n".join(review_lines(review)))
    if not reviews and not as_json:
        never_asked = tr("This question has not been asked yet.")
        output.data(never_asked if question else tr("Nothing yet: `viva` or `viva ask` starts an interview."))


def review_lines(review: Review) -> list[str]:
    """Return a turn as safe lines: when, how it went, the question; the answer below."""
    when = minute(review.answered_at)
    lines = [f"{when}  {_outcome(review)}  {output.one_line(review.question)}  [{output.one_line(review.question_id)}]"]
    if review.answer.strip():
        lines.append(f"    {output.one_line(review.answer)}")
    if (asked := review.follow_up) is not None:
        lines.append("    " + tr("follow-up: {question}", question=output.one_line(asked.question)))
        lines += [f"    {output.one_line(asked.answer)}"] if asked.answer and asked.answer.strip() else []
    return lines


def _outcome(review: Review) -> str:
    if review.withheld:
        return tr("answered, not judged yet")
    if review.outcome != "answered" or review.score is None or review.verdict is None:
        return tr(review.outcome)
    language = spoken()
    score = tr("{score} of 100 ({verdict})", score=review.score, verdict=sentences.VERDICT[review.verdict][language])
    parts = [output.styled(score, STYLES[review.verdict])]
    parts += [tr("rated {rating}", rating=sentences.RATING[review.rating][language])] if review.rating else []
    parts += [tr("your own verdict")] if review.overridden else []
    parts += [ntr("{number} hint", "{number} hints", review.hints)] if review.hints else []
    asked = review.follow_up
    if asked is not None and asked.first_score is not None:
        parts.append(tr("{score} before the follow-up", score=asked.first_score))
    return tr(", ").join(parts)


_OUTCOMES = (N_("answered"), N_("skipped"), N_("revealed"))
"""The outcomes of a turn, for the catalogues."""


def _reviews_of(workspace: Workspace, entry: Entry, reviews: list[Review]) -> list[Review]:
    """Return the turns of one question, under whatever id and wording it was asked then."""
    history = workspace.history
    key = history.reconcile(workspace.entries)[entry.id]
    return [review for review in reviews if history.turn(review.id).key == key]


def _print_vanished(workspace: Workspace, *, as_json: bool) -> None:
    with contextlib.suppress(NotesError):  # no notes at all is the best reason to ask
        workspace.reviews(1)  # takes note of what has vanished since
    vanished_questions = workspace.history.vanished()
    for each in vanished_questions:
        if as_json:
            output.json_line(each)
            continue
        when = local_day(each.vanished_at)
        line = tr(
            "{question} ({file}, {label}; {turns}; missed since {when})",
            question=each.question,
            file=each.file,
            label=each.label,
            turns=counts.turns(each.reviews),
            when=when,
        )
        output.data(output.one_line(line))
    if not vanished_questions and not as_json:
        output.data(tr("Every question you answered is still in the notes."))
