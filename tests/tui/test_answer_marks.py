"""What speaks for the notes is marked in the answer, in the talk and when it is looked back at."""

import pytest

from tui.conftest import EARLY_STOPPING, FIRST, SECOND
from tui.person import run_app
from viva.tui.common.paragraphs import Prose
from viva.tui.interview.grade_lines import AGAINST, FOR, marked
from viva.tui.interview.report_screen import ReportScreen
from viva.tui.interview.review_screen import ReviewScreen
from viva.types.dialogue import AnswerMark


def styled(paragraphs, style):
    """Return what is shown in a style, piece by piece."""
    return [
        line.content.plain[span.start : span.end]
        for line in paragraphs
        for span in line.content.spans
        if str(span.style) == style
    ]


def on_screen(person, style=FOR):
    return [piece for prose in person.app.screen.query(Prose) for piece in styled(prose.paragraphs, style)]


@pytest.fixture
def app_over(viva_over, tmp_path):
    def over(text=EARLY_STOPPING, **changes):
        path = tmp_path / "one.txt"
        path.write_text(text, encoding="utf-8")
        return viva_over(path, **changes)

    return over


def test_marks_are_laid_over_what_is_shown_literally():
    text = "a\tb[bold]\x1b\nsecond\u200b line"
    lines = marked(text, [AnswerMark(1, 10), AnswerMark(11, 14, against=True), AnswerMark(19, len(text))])
    assert [line.content.plain for line in lines] == ["a    b[bold]␛", "second line"]
    assert styled(lines, FOR) == ["    b[bold]␛", "line"]
    assert styled(lines, AGAINST) == ["sec"]


def test_a_mark_over_several_lines_is_on_each():
    assert styled(marked("one\n\ntwo three", [AnswerMark(1, 8)]), FOR) == ["ne", "two"]


async def test_the_words_that_were_matched_are_marked(app_over):
    async with run_app(app_over(), 100, 40) as person:
        await person.press("enter")
        await person.say(f"嗯，{FIRST}")
        [evidence] = {p.evidence for p in person.app.screen.scene.feedback.grade.points if p.evidence}
        assert on_screen(person) == [evidence]
        assert evidence == FIRST


async def test_words_that_contradict_are_marked_otherwise(app_over):
    async with run_app(
        app_over("1.Does early stopping need a validation set?\n\tIt needs a validation set.\n")
    ) as person:
        await person.press("enter")
        await person.say("it does not need a validation set")
        assert person.sees("✗ contradicted")
        assert on_screen(person, AGAINST) == ["it does not need a validation set"]
        assert on_screen(person) == []


async def test_after_a_follow_up_both_answers_are_marked(app_over):
    async with run_app(app_over(follow_ups=True), 100, 40) as person:
        await person.press("enter")
        await person.say(f"嗯，{FIRST}")
        assert person.app.screen.scene.follows_up
        assert on_screen(person) == [FIRST]
        await person.say(f"还有，{SECOND}")
        assert on_screen(person) == [FIRST, SECOND]
        await person.press("enter")
        assert isinstance(person.app.screen, ReportScreen)
        await person.app.push_screen(ReviewScreen(person.app.screen.report.interview_id))
        await person.settle()
        assert on_screen(person) == [FIRST, SECOND]


async def test_what_was_kept_back_is_marked_once_it_is_told(app_over):
    notes = "1.What does early stopping do?\n\tIt stops training when the validation loss no longer falls.\n\tIt keeps the best weights of all epochs in a file.\n"
    async with run_app(app_over(notes, follow_ups=True), 100, 40) as person:
        await person.press("enter")
        await person.say("it stops training when the validation loss no longer falls, weights")
        if not person.app.screen.scene.follows_up:
            pytest.skip("no follow-up to this answer")
        before = on_screen(person)
        await person.press("enter")
        points = person.app.screen.scene.feedback.grade.points
        told = [point.evidence for point in points if point.evidence]
        assert len(before) <= len(on_screen(person))
        assert all(any(piece in one or one in piece for piece in on_screen(person)) for one in told)


async def test_a_command_is_marked_nowhere(app_over):
    async with run_app(app_over()) as person:
        await person.press("enter")
        await person.say("/hint")
        assert on_screen(person) == on_screen(person, AGAINST) == []
