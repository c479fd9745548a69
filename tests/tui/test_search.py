"""Search while typing: results, what is marked in them, what narrows them down, and an interview over them."""

import pytest
from textual.widgets import OptionList

from tui.person import run_app
from viva.tui.common.dialogs import ConfirmScreen
from viva.tui.common.highlight import FOUND, match_ranges, query_terms
from viva.tui.common.inputs import QueryBox
from viva.tui.common.paragraphs import Prose
from viva.tui.interview.screen import InterviewScreen
from viva.tui.search.screen import KnownNames, QueryCompletion, SearchScreen
from viva.tui.start.screen import StartScreen


async def begin(person, query):
    await person.press("s")
    await person.type(query)
    while person.app.screen._query != query:
        await person.pilot.pause(0.01)
    await person.settle()


async def test_results_come_while_typing(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await begin(person, "残差连接")
        assert person.app.screen.hits[0].question == "残差连接解决了什么问题"
        assert person.sees("2. 残差连接解决了什么问题", "让梯度可以沿捷径直接传到浅层", "nets.zh.txt:")
        assert person.widget(QueryBox).has_focus


def lines_of(hit):
    return f"{hit.file}:{hit.line}" + (f"-{hit.end_line}" if hit.end_line != hit.line else "")


async def test_a_passage_of_one_line_has_one_line_number(viva_over, tmp_path):
    notes = tmp_path / "cards.md"
    notes.write_text(
        "What is recall? :: The share of the positives found\nWhat is bias? :: A steady error\n", encoding="utf-8"
    )
    async with run_app(viva_over(notes)) as person:
        await begin(person, "recall")
        assert person.sees("cards.md:1")
        assert "cards.md:1-" not in person.text


async def test_arrows_walk_through_the_results(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await begin(person, "training")
        hits = person.app.screen.hits
        assert len(hits) > 1
        await person.press("down")
        assert person.sees(lines_of(hits[1]), hits[1].question)
        await person.press("up", "up")
        assert person.sees(lines_of(hits[0]))


async def test_syntax_narrows_it_down(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await begin(person, "gradient file:nets")
        assert {hit.file.rsplit("/", 1)[-1] for hit in person.app.screen.hits} <= {"nets.zh.txt"}


async def test_senseless_queries_are_told(viva_over):
    async with run_app(viva_over("learning.md")) as person:
        await begin(person, "-momentum")
        assert person.app.screen.hits == []
        assert person.lines[-2].strip()
        await person.press("ctrl+u")
        await person.type("momentum")
        await person.press("enter")
        assert person.app.screen.hits


async def test_a_query_is_no_markup(viva_over):
    async with run_app(viva_over("hostile.txt")) as person:
        await person.press("s")
        await person.paste("[bold]\x1b[31m")
        assert person.widget(QueryBox).value == "[bold][31m"
        assert person.sees("[bold][31m")


def marked(person):
    """Return what is marked in the results and in the preview."""
    contents = [option.prompt for option in person.widget(OptionList).options]
    contents += [each.content for each in person.app.screen.query_one("#passage", Prose).paragraphs]
    return [each.plain[span.start : span.end] for each in contents for span in each.spans if span.style == FOUND]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ＲＥＳＮＥＴ 残差", ["残差", "残差"]),
        ("梯度捷径", ["梯度", "捷径"]),
        ("STEEP direction", ["steep", "direction"]),
        ('"running average"', ["running average"]),
        ("what is leakage", ["leakage"]),
    ],
)
async def test_words_of_the_query_are_marked_where_they_stand(viva_over, query, expected):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await begin(person, query)
        assert set(expected) <= set(marked(person))
        assert not {"what", "is", "What"} & set(marked(person))


def test_marks_do_not_tear_words():
    text = "A planet in the net: NETS, ｎｅｔ层 and indexes; 感受野的感受"
    assert [text[a:b] for a, b in match_ranges(text, ["net"])] == ["net", "NET", "ｎｅｔ"]
    assert [text[a:b] for a, b in match_ranges(text, ["in"])] == ["in"]
    assert [text[a:b] for a, b in match_ranges(text, query_terms("感受野大小"))] == ["感受野", "感受"]
    assert query_terms("-x") == query_terms("tag:cnn") == ()
    assert query_terms("what is") == ("what", "is")
    assert query_terms("为什么“偏差 校正”") == ("偏差 校正", "偏差", "校正")


async def test_the_passage_is_barred_within_its_answer(viva_over, tmp_path):
    lines = [f"Line {n} tells of the {thing} and of nothing else at all in this long answer, word after word." for n, thing in
             enumerate(("oven", "garden", "river", "mountain", "violin", "harbour") * 4)]  # fmt: skip
    notes = tmp_path / "long.txt"
    body = "\n".join("\t" + line for line in [*lines, "The lighthouse keeper counts ships at night."])
    notes.write_text(f"1.What is told?\n{body}\n", encoding="utf-8")
    async with run_app(viva_over(notes)) as person:
        await begin(person, "lighthouse keeper")
        prose = person.app.screen.query_one("#passage", Prose)
        barred = [each.content.plain for each in prose.paragraphs if each.barred]
        assert barred[-1] == "The lighthouse keeper counts ships at night."
        assert len(barred) < len(lines)
        assert person.sees("▎ The lighthouse keeper counts ships at night.")
        assert any("lighthouse" in line for line in person.lines[2:6])
        await begin_again(person, "oven")
        assert any(each.barred for each in prose.paragraphs)
        assert person.sees("1. What is told?")


async def begin_again(person, query):
    await person.press("ctrl+u")
    await person.type(query)
    await person.press("enter")


async def test_ctrl_y_practises_the_results(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await person.press("s", "ctrl+y")
        assert person.sees("nothing is listed that could be asked")
        await begin_again(person, "file:learning gradient")
        assert person.sees("search 3", "^y Practise")
        wanted = {hit.question_id for hit in person.app.screen.hits}
        await person.press("ctrl+y")
        question = person.app.screen.scene.question
        assert (question.total, question.entry.id in wanted) == (3, True)
        await person.type("half an answer")
        await person.press("escape")
        assert isinstance(person.app.screen, SearchScreen)
        assert person.widget(QueryBox).value == "file:learning gradient"


async def test_over_an_open_interview_it_asks_first(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await person.press("enter")
        await person.type("half an answer")
        person.app.navigator.in_background(person.app.navigator.search("momentum"))
        await person.settle()
        await person.press("enter", "ctrl+y")
        assert isinstance(person.app.screen, ConfirmScreen)
        await person.press("n")
        assert isinstance(person.app.screen, SearchScreen)
        assert await person.app.core.call(person.app.workspace.unfinished) is not None
        total = len(person.app.screen.hits)
        await person.press("ctrl+y", "y")
        assert [type(each) for each in person.app.screen_stack] == [StartScreen, InterviewScreen]
        assert person.app.screen.scene.question.total == total


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (200, 60)])
async def test_an_empty_line_tells_the_syntax(viva_over, width, height):
    async with run_app(viva_over("learning.md"), width, height) as person:
        await person.press("s")
        told = (
            '"exact words" as written',
            "-word without it",
            "tag:name tag or heading",
            "file:part in the file name",
        )
        assert person.sees(*told, "→ completes them")
        await begin_again(person, "momentum")
        assert "tag:name" not in person.text
        await person.press("ctrl+u")
        assert person.sees(*told)


async def test_tags_and_files_are_completed(viva_over, tmp_path):
    notes = tmp_path / "Nets and more.md"
    notes.write_text("# Deep nets\n\nWhat is a fold? #cv/folds::A part of the data\n", encoding="utf-8")
    async with run_app(viva_over("learning.md", notes)) as person:
        await person.press("s")
        for typed, completed in [
            ("fold ta", "fold tag:"),
            ("tag:c", "tag:cv/folds"),
            ("-TAG：opt", "-TAG：optimisation"),
            ('tag:"deep n', 'tag:"deep nets"'),
            ("file:le", "file:learning.md"),
            ('x file:"nets and', 'x file:"nets and more.md"'),
        ]:
            await person.press("ctrl+u")
            await person.type(typed)
            await person.press("right")
            assert person.widget(QueryBox).value == completed
        await begin_again(person, 'file:"Nets and more"')
        assert person.sees("What is a fold?", "search 1")
        suggest = QueryCompletion(lambda: KnownNames(("a",), ())).get_suggestion
        assert [await suggest(each) for each in ("", "t", "tag:b", "tag:a", "a b ")] == [None] * 5


async def test_where_nothing_is_close_a_line_says_so(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt")) as person:
        await begin(person, "flights to Lisbon in June")
        first, second = person.app.screen.hits[:2]
        assert person.sees("nothing close; the nearest are:", first.question, lines_of(first))
        await person.press("down")
        assert person.sees(lines_of(second))
        await person.press("f2")
        assert person.sees(lines_of(second))
        await person.press("up", "up")
        assert person.sees(lines_of(first))


async def test_what_is_less_close_stands_below_a_line(viva_over):
    async with run_app(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await begin(person, "残差连接")
        screen = person.app.screen
        near = screen._near
        assert 0 < near < len(screen.hits)
        assert person.sees("less close:")
        await person.press(*["down"] * near)
        assert screen._marked_hit == screen.hits[near]
        assert person.sees(lines_of(screen.hits[near]))
        await person.press(*["down"] * 30)
        assert screen._marked_hit == screen.hits[-1]
