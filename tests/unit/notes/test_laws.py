"""Laws that hold for every text and every run of bytes."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from viva.notes.chunker import MAXIMUM, chunk, size
from viva.notes.decode import decode
from viva.notes.entries import file_names, place_entries
from viva.notes.formats import parse
from viva.notes.points.split import split_points
from viva.notes.raw import split_lines
from viva.types import Entry, Place

SUFFIXES = [".txt", ".md", ".csv", ".tsv", ".jsonl", ""]
PIECES = st.sampled_from(
    [
        "1.",
        "2.",
        "3、",
        "（4）",
        "１．",
        "Q:",
        "A:",
        "问：",
        "答：",
        "::",
        ":::",
        "?",
        "??",
        "\n",
        "\n\n",
        "\t",
        "  ",
        "- ",
        "# ",
        "## ",
        "---",
        "---\n",
        "tags: [a]\n",
        "```",
        "$$",
        "|a|b|\n",
        "|-|-|\n",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<!--SR:x-->",
        "#separator:tab\n",
        "#html:true\n",
        "{{c1::x}}",
        "<br>",
        '"',
        ",",
        '{"question": "a", "answer": "b"}\n',
        "什么是卷积？",
        "优点：",
        "一、",
        "What is x",
        "。",
        "，",
        "和",
        "\r",
        "\r\n",
        "\u2028",
        "\x0c",
        "0.5",
        "x" * 300,
        "卷积" * 120,
        "#tag",
        "**",
        "\ufeff",
        "\x1b[31m",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def entry(answer, question="q"):
    rows = answer.count("\n") + 1
    return Entry("f#1", Place("/r", "f", (), "1"), "1", question, answer, (), "f", 1, rows + 1)


def squeezed(text):
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(SUFFIXES))
@example("---\n---\n", ".md")
@example("1.\n2.\n", ".txt")
def test_every_text_is_read_in_every_format(text, suffix):
    lines = split_lines(text)
    parsed = parse(text, suffix)
    entries = place_entries(parsed.entries, root="/r", file="f", shown="f", name="f")
    assert len({e.id for e in entries}) == len(entries)
    for found in entries:
        assert found.question.strip()
        assert 1 <= found.line <= found.end_line <= len(lines)
        assert found.answered or found.line == found.end_line
        assert bool(found.points) == found.answered
        passages = chunk(found)[1:]
        assert squeezed("".join(p.text for p in passages)) == squeezed(found.answer)
        for passage in passages:
            assert found.line <= passage.line <= passage.end_line <= found.end_line


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), TEXTS.map(str.encode), TEXTS.map(lambda t: t.encode("utf-16"))))
def test_every_run_of_bytes_is_decoded_or_refused(data):
    found = decode(data)
    if found is not None:
        assert "\0" not in found.text or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
        parse(found.text, ".md")


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda t: "\0" not in t))
def test_utf8_is_certain(text):
    found = decode(text.encode())
    assert found is None or (found.text == text.lstrip("\ufeff") and not found.guessed)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_is_lost_in_chunks(answer):
    answer = "\n".join(split_lines(answer)).strip()
    whole = entry(answer)
    passages = chunk(whole)[1:]
    assert squeezed("".join(p.text for p in passages)) == squeezed(answer)
    rows = ["", *answer.split("\n")]
    for passage in passages:
        assert size(passage.text) <= MAXIMUM * 1.05
        assert squeezed(passage.text) in squeezed("".join(rows[passage.line - 1 : passage.end_line]))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_points_exist_exactly_when_there_is_an_answer(answer):
    found = split_points(answer)
    assert bool(found) == bool(answer.strip())
    assert all(point.text.strip() == point.text != "" for point in found)
    assert len({point.text for point in found}) == len(found)


@given(
    st.lists(
        st.tuples(st.sampled_from(["/a", "/a/b", "/c/b", "/"]), st.sampled_from(["x.md", "b/x.md", "y.md"])),
        unique_by="/".join,
    )
)
def test_names_of_files_are_unique(files):
    names = file_names(files)
    assert len(set(names.values())) == len(files)
