"""The notes as an Anki package: read back as notes they are the same questions."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from viva.interop.anki_export import anki_package, as_html
from viva.notes.formats.anki.fields import html_text
from viva.notes.reader import read_notes

KB = Path(__file__).resolve().parents[3] / "kb"
NOTES = """# Vision <2>

## What is "a::b" & why?  #cv #deep-learning

It is:
- one & <b>
- two < three

## Pooling/Max

什么是池化？ #池化

    code stays
"""


def written(tmp_path, entries):
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    return file


def lines(text):
    """Return what Anki keeps of a text: its lines but blank ones, a tab as four blanks."""
    return [line.expandtabs(4).rstrip() for line in text.split("\n") if line.strip()]


def rows(data, query):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(zipfile.ZipFile(io.BytesIO(data)).read("collection.anki2"))
    found = connection.execute(query).fetchall()
    connection.close()
    return found


@pytest.fixture
def entries(tmp_path):
    (tmp_path / "vision.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "n.txt").write_text("1.What is x?\n\t1.y\n\t2.z\n2.Unanswered?\n", encoding="utf-8")
    return read_notes([tmp_path]).entries


def test_the_shipped_notes_come_back_as_they_were(tmp_path):
    before = read_notes([KB]).entries
    after = read_notes([written(tmp_path, before)]).entries
    assert [entry.question for entry in after] == [entry.question for entry in before]
    for old, new in zip(before, after, strict=True):
        assert lines(new.answer) == lines(old.answer), old.id
    assert [entry.tags for entry in after] == [tuple("_".join(tag.split()) for tag in entry.tags) for entry in before]


def test_signs_lists_and_code_come_back(tmp_path, entries):
    after = read_notes([written(tmp_path, entries)]).entries
    assert [(entry.question, lines(entry.answer), entry.tags) for entry in after] == [
        (entry.question, lines(entry.answer), entry.tags) for entry in entries
    ]
    assert after[0].answer == "1.y\n2.z"


def test_a_file_is_a_deck_and_its_headings_are_decks_within_it(tmp_path, entries):
    after = read_notes([written(tmp_path, entries)]).entries
    assert [entry.place.headings for entry in after][:3] == [("n",), ("n",), ("vision", "Vision <2>")]


def test_decks_that_differ_in_case_alone_are_one(tmp_path):
    for name in ("default.md", "A.md", "a.txt"):
        (tmp_path / name).write_text("Q: What is x?\nA: y\n", encoding="utf-8")
    data = anki_package(read_notes([tmp_path]).entries)
    ((decks,),) = rows(data, "SELECT decks FROM col")
    assert sorted(deck["name"].casefold() for deck in json.loads(decks).values()) == ["a", "default"]


def test_the_same_questions_give_the_same_bytes(entries):
    assert anki_package(entries) == anki_package(tuple(entries))


def test_changed_notes_are_newer_to_anki(entries):
    query = "SELECT DISTINCT mod FROM notes UNION SELECT DISTINCT mod FROM cards"
    assert rows(anki_package(entries, 1_700_000_000), query) == [(1_700_000_000,)]
    assert rows(anki_package(entries, 5), query) == rows(anki_package(entries), query)


def test_a_note_is_known_by_its_question_in_another_export_too(entries):
    query = "SELECT guid FROM notes ORDER BY id"
    assert rows(anki_package(entries), query)[1:] == rows(anki_package(entries[1:]), query)


def test_it_is_a_whole_collection_of_schema_11(entries):
    data = anki_package(entries)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["collection.anki2", "media"]
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    ((version, models, decks),) = rows(data, "SELECT ver, models, decks FROM col")
    assert version == 11
    assert [kind["name"] for kind in json.loads(models).values()] == ["Basic (viva)"]
    known = {int(key) for key in json.loads(decks)}
    assert {deck for (deck,) in rows(data, "SELECT did FROM cards")} <= known
    assert rows(data, "SELECT count(*) FROM cards JOIN notes ON nid = notes.id") == [(len(entries),)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "a<br>b"),
        ("a:\n- b\n- c <d>\ne", "a:<ul><li>b</li><li>c &lt;d&gt;</li></ul>e"),
        ("```python\nif x:\n    y\n```\nz", "<pre>```python\nif x:\n    y\n```</pre>z"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("a\x1fb\0\ud800", "a b?"),
        ("", ""),
    ],
)
def test_html(text, html):
    assert as_html(text) == html
    assert "\x1f" not in html_text(html)
