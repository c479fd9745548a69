"""Search while typing."""

from tui.person import sitting_at
from viva.tui.widgets.query_box import QueryBox


async def begin(person, query):
    await person.press("s")
    await person.type(query)
    while person.app.screen._query != query:
        await person.pilot.pause(0.01)
    await person.settle()


async def test_results_come_while_typing(viva_over):
    async with sitting_at(viva_over("learning.md", "nets.zh.txt")) as person:
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
    async with sitting_at(viva_over(notes)) as person:
        await begin(person, "recall")
        assert person.sees("cards.md:1")
        assert "cards.md:1-" not in person.text


async def test_arrows_walk_through_the_results(viva_over):
    async with sitting_at(viva_over("learning.md", "nets.zh.txt"), 120, 40) as person:
        await begin(person, "training")
        hits = person.app.screen.hits
        assert len(hits) > 1
        await person.press("down")
        assert person.sees(lines_of(hits[1]), hits[1].question)
        await person.press("up", "up")
        assert person.sees(lines_of(hits[0]))


async def test_syntax_narrows_it_down(viva_over):
    async with sitting_at(viva_over("learning.md", "nets.zh.txt")) as person:
        await begin(person, "gradient file:nets")
        assert {hit.file.rsplit("/", 1)[-1] for hit in person.app.screen.hits} <= {"nets.zh.txt"}


async def test_senseless_queries_are_told(viva_over):
    async with sitting_at(viva_over("learning.md")) as person:
        await begin(person, "-momentum")
        assert person.app.screen.hits == []
        assert person.lines[-2].strip()
        await person.press("ctrl+u")
        await person.type("momentum")
        await person.press("enter")
        assert person.app.screen.hits


async def test_a_query_is_no_markup(viva_over):
    async with sitting_at(viva_over("hostile.txt")) as person:
        await person.press("s")
        await person.paste("[bold]\x1b[31m")
        assert person.widget(QueryBox).value == "[bold][31m"
        assert person.sees("[bold][31m")
