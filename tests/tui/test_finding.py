"""Finding in the talk of an interview."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.person import run_app
from viva.tui.common.highlight import CURRENT, FOUND, occurrences
from viva.tui.common.paragraphs import lay_out, line_of, paragraph
from viva.tui.interview.answer_box import AnswerBox
from viva.tui.interview.find_bar import FindBar
from viva.tui.interview.rating_bar import RatingBar
from viva.tui.interview.screen import InterviewScreen
from viva.tui.interview.transcript import Transcript
from viva.tui.start.screen import StartScreen


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The LSTM, the lstm", "lstm", ["LSTM", "lstm"]),
        ("ＬＳＴＭ和池化", "lstm", ["ＬＳＴＭ"]),
        ("LSTM", "ｌｓｔｍ", ["LSTM"]),
        ("什么是池化层，池化有什么用", "池化", ["池化", "池化"]),
        ("cafe\u0301 and caf\u00e9", "café", ["cafe\u0301", "caf\u00e9"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("two\u3000words", "two words", ["two\u3000words"]),
        ("anything", "  ", []),
        ("[bold]x", "[bold]", ["[bold]"]),
    ],
)
def test_where_a_text_holds_another(text, query, found):
    assert [text[start:end] for start, end in occurrences(text, query)] == found


@given(text=st.text(max_size=60), query=st.text(max_size=4))
def test_what_is_found_is_what_was_looked_for(text, query):
    def fold(words):
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
        return "".join(" " if c.isspace() else c for c in folded)

    spans = occurrences(text, query)
    assert all(" ".join(fold(query).split()) in fold(text[start:end]) for start, end in spans)
    assert spans == sorted(spans)
    if query.strip() and query.isprintable() and query.isascii():
        assert bool(spans) == (" ".join(query.lower().split()) in fold(text))


@given(text=st.text(alphabet="ab 池化，", max_size=80), width=st.integers(8, 30), offset=st.integers(0, 79))
def test_the_line_of_a_place_is_where_it_is_laid_out(text, width, offset):
    lines = [*paragraph("above it all"), *paragraph(text.strip())]
    if offset >= len(lines[1].content.plain) or lines[1].content.plain[offset].isspace():
        return
    before = "".join(part.content.plain for part in (lines[0],)) + lines[1].content.plain[:offset]
    shown = lay_out(lines, width).plain.split("\n")
    count = len("".join(before.split()))
    assert len("".join("".join(shown[: line_of(lines, 1, offset, width) + 1]).split())) > count
    assert len("".join("".join(shown[: line_of(lines, 1, offset, width)]).split())) <= count


def styles(person, style):
    return [
        block.paragraphs[0].content
        for block in person.widget(Transcript).children
        for each in block.paragraphs
        for span in each.content.spans
        if span.style == style
    ]


def place(person):
    return str(person.widget(FindBar).query_one("#place").render())


async def test_places_are_counted_walked_through_and_left(viva_over):
    async with run_app(viva_over("nets.zh.txt"), 80, 24) as person:
        await person.press("enter")
        for _ in range(3):
            await person.say("我的回答是ＡＢＣ，后面再说一次 abc")
            await person.press("enter")
        await person.type("写了一半")
        await person.press("ctrl+f")
        await person.type("Abc")
        assert len(styles(person, FOUND)) + len(styles(person, CURRENT)) >= 6
        assert "⏎ Next place" in person.lines[-1]
        total = int(place(person).split(" of ")[1])
        first = int(place(person).split(" of ")[0])
        await person.press("enter")
        assert place(person) == f"{first % total + 1} of {total}"
        await person.press("shift+enter", "shift+f3")
        assert place(person) == f"{(first - 2) % total + 1} of {total}"
        await person.press("f3")
        assert place(person) == f"{first} of {total}"
        assert len(styles(person, CURRENT)) == 1
        await person.press("pageup", "pageup", "pageup")
        assert person.widget(Transcript).scroll_offset.y == 0
        await person.press("escape")
        assert isinstance(person.app.screen, InterviewScreen)
        assert not styles(person, FOUND) + styles(person, CURRENT)
        assert person.widget(AnswerBox).has_focus
        assert person.widget(AnswerBox).text == "写了一半"
        await person.press("escape")
        assert isinstance(person.app.screen, StartScreen)


async def test_the_place_is_in_sight(viva_over):
    async with run_app(viva_over("nets.zh.txt"), 80, 24) as person:
        await person.press("enter")
        await person.say("斑马" + "，这里说很多别的话" * 60)
        await person.press("enter")
        await person.say("另一个回答")
        await person.press("ctrl+f")
        await person.type("斑马")
        assert person.sees("斑马，这里", "1 of ")
        await person.type("没有")
        assert person.sees("not found")
        await person.press("enter")
        await person.press("escape")
        assert person.widget(RatingBar).has_focus


async def test_pages_are_turned_while_an_answer_is_typed(viva_over):
    async with run_app(viva_over("nets.zh.txt"), 80, 24) as person:
        await person.press("enter")
        await person.say("很长" * 300)
        await person.press("enter")
        await person.type("写了一半")
        end = person.widget(Transcript).scroll_offset.y
        await person.press("pageup")
        assert person.widget(Transcript).scroll_offset.y < end
        await person.press("pagedown")
        assert person.widget(Transcript).scroll_offset.y == end
        assert person.widget(AnswerBox).has_focus
