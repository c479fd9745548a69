"""Suspending and resuming on the screens."""

from tui.person import run_app
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.library.question_list import QuestionList
from viva.tui.library.question_rows import questions
from viva.tui.library.screen import NotesScreen


def marked(person):
    return person.widget(QuestionList).marked


async def test_u_sets_the_marked_question_aside_and_lets_it_be_asked_again(viva_over):
    async with run_app(viva_over("learning.md"), 80, 40) as person:
        await person.press("b", "u")
        assert person.sees("‖ suspended What does momentum do?", "suspended: not asked until you press u again")
        assert marked(person).entry.question == "What does momentum do?"
        await person.press("p")
        assert person.app.screen.scene.question.total == 2
        await person.press("escape", "u")
        assert isinstance(person.app.screen, NotesScreen)
        assert person.sees("○ new What does momentum do?", "asked again from now on")


async def test_the_interview_goes_on_without_the_question_and_undo_asks_it_again(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await person.press("enter")
        first = person.app.screen.scene.question
        await person.type("half an answer")
        await person.press("ctrl+l")
        assert person.sees("Suspended: it is asked no more.")
        assert person.app.screen.scene.question.position == 2
        await person.say("/undo")
        assert person.app.screen.scene.question == first
        assert person.widget(AnswerBox).text == "half an answer"


async def test_the_question_that_was_judged_is_meant_after_an_answer(viva_over):
    app = viva_over("learning.md")
    async with run_app(app) as person:
        await person.press("enter")
        first = person.app.screen.scene.question.entry
        await person.say("It is something with gradients.")
        await person.say("/暂停")
        assert person.app.screen.scene.feedback is not None
        assert await app.core.call(app.workspace.suspended) == {first.id}
        await person.press("escape", "b")
        aside = [each.entry for each in questions(person.widget(QuestionList).rows) if each.card_state.suspended]
        assert aside == [first]
