"""The notes by file, heading and tag, narrowed down to states and tags."""

import time

import pytest

from tui.person import run_app
from viva.i18n import speaking
from viva.tui.common.inputs import QueryBox
from viva.tui.library.filters import Completion, filtered, state_in, with_state
from viva.tui.library.question_list import QuestionList
from viva.tui.library.question_rows import Heading, grouped, questions

ONE = "#stats/base\n\n# Errors\n\nWhat is bias?::A steady error\n\n# Fits\n\nWhat is a fold? #cv::A part of the data\n"
TWO = "# Errors\n\nWhat is variance? #cv #zoo::A varying error\n\n## What is noise?\n"


@pytest.fixture
def tagged(tmp_path):
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.md").write_text(ONE, encoding="utf-8")
    (tmp_path / "cards" / "b.md").write_text(TWO, encoding="utf-8")
    return tmp_path / "cards"


def shown(person):
    """Return the rows as text: headings, and questions behind a dash."""
    rows = person.widget(QuestionList).rows
    return [row.text if isinstance(row, Heading) else f"- {row.entry.question}" for row in rows]


def listed(person):
    return [each.entry.question for each in questions(person.widget(QuestionList).rows)]


async def narrow(person, text):
    await person.press("slash")
    await person.type(text)


async def test_g_groups_by_file_heading_and_tag(viva_over, tagged):
    async with run_app(viva_over(tagged), 80, 40) as person:
        await person.press("b")
        assert [row for row in shown(person) if not row.startswith("-")][:2] == ["a.md › Errors", "a.md › Fits"]
        await person.press("g")
        by_heading = shown(person)
        assert by_heading[:3] == ["Errors", "- What is bias?", "- What is variance?"]
        assert person.sees("notes 4 by heading")
        await person.press("g")
        by_tag = shown(person)
        at = by_tag.index("#cv")
        assert set(by_tag[at + 1 : at + 3]) == {"- What is a fold?", "- What is variance?"}
        assert by_tag[by_tag.index("#zoo") + 1] == "- What is variance?"
        assert by_tag[by_tag.index("without tag") + 1 :] == ["- What is noise?"]
        assert person.sees("notes 4 by tag")
        assert len(listed(person)) == 4
        await person.press("end", "up", "u")
        assert person.widget(QuestionList).marked.entry.question == "What is variance?"
        assert person.widget(QuestionList).cursor == by_tag.index("#zoo") + 1
        await person.press("g")
        assert shown(person)[0] == "a.md › Errors"


async def test_a_tag_and_a_state_narrow_it_down(viva_over, tagged):
    async with run_app(viva_over(tagged), 80, 40) as person:
        await person.press("b", "u")
        await narrow(person, "tag:cv")
        assert listed(person) == ["What is a fold?", "What is variance?"]
        await person.type(" zoo")
        assert listed(person) == ["What is variance?"]
        for line, found in [
            ("state:new", ["What is a fold?", "What is variance?"]),
            ("state:susp", ["What is bias?"]),
            ("STATE：suspended", ["What is bias?"]),
            ("tag:base", ["What is bias?", "What is a fold?"]),
            ("tag:#cv state:new fold", ["What is a fold?"]),
            ("state:unanswered", ["What is noise?"]),
            ("state:no", ["What is noise?"]),
            ("state:machine", []),
        ]:
            await person.press("ctrl+u")
            await person.type(line)
            assert listed(person) == found, line


async def test_s_goes_through_the_states_there_are(viva_over, tagged):
    async with run_app(viva_over(tagged), 80, 40) as person:
        await person.press("b", "u")
        seen = []
        for _ in range(4):
            await person.press("s")
            seen.append((person.widget(QueryBox).value, len(listed(person))))
            assert person.widget(QuestionList).has_focus
        assert seen == [("state:new", 2), ("state:unanswered", 1), ("state:suspended", 1), ("", 4)]
        await narrow(person, "fold")
        await person.press("enter", "s")
        assert person.widget(QueryBox).value == "fold state:new"
        await person.press("p")
        assert person.app.screen.scene.question.total == 1


async def test_the_line_is_completed(viva_over, tagged):
    async with run_app(viva_over(tagged), 80, 40) as person:
        await person.press("b")
        await narrow(person, "what st")
        await person.press("right")
        assert person.widget(QueryBox).value == "what state:"
        await person.type("un")
        await person.press("right")
        assert person.widget(QueryBox).value == "what state:unanswered"
        await person.type(" tag:st")
        await person.press("right")
        assert person.widget(QueryBox).value == "what state:unanswered tag:stats/base"


async def test_completion_of_nothing_is_nothing():
    suggest = Completion(lambda: ["cnn"]).get_suggestion
    assert [await suggest(line) for line in ("", "s", "x y", "tag:cnn", "状")] == [None] * 5
    assert await suggest("tag:c") == "tag:cnn"


def test_the_state_of_a_line():
    assert with_state("a state:due  b", "new") == "a b state:new"
    assert with_state("状态：due", None) == ""
    assert (state_in("x state:leech"), state_in("state:le"), state_in("x")) == ("leech", None, None)


def test_the_word_in_the_language_in_force_will_do(viva_over, tagged, monkeypatch):
    monkeypatch.setattr("viva.tui.library.filters.tr", lambda word: {"no answer": "无答案"}.get(word, word))
    with speaking("zh"):
        app = viva_over(tagged)
        try:
            from datetime import UTC, datetime

            from viva.tui.library.question_rows import list_questions

            rows = list_questions(app.workspace, datetime.now(UTC))
            assert [each.entry.question for each in questions(filtered(rows, "状态：无答"))] == ["What is noise?"]
        finally:
            app.workspace.close()


async def test_ten_thousand_questions_are_grouped_and_narrowed_while_one_types(viva_over, tagged):
    async with run_app(viva_over(tagged), 80, 40) as person:
        await person.press("b")
        rows = tuple(
            row for row in person.widget(QuestionList).rows for _ in range(1 if isinstance(row, Heading) else 2500)
        )
        assert len([row for row in rows if not isinstance(row, Heading)]) == 10_000
        start = time.process_time()
        grouped(rows, "tag")
        filtered(rows, "state:new tag:c what")
        assert time.process_time() - start < 1
