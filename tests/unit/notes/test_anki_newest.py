"""Anki's newest form, a database packed with zstd: packages made by Anki itself, and damaged ones."""

from __future__ import annotations

import io
import sqlite3
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.errors import NotesError
from viva.notes.formats.anki import package as anki_package
from viva.notes.formats.anki.collection import number, read_reviews
from viva.notes.formats.anki.zstd import unpacked
from viva.notes.reader import read_notes

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ANKI = Path(__file__).resolve().parents[2] / "data" / "anki"
NEWEST, OLDER = ANKI / "newest.apkg", ANKI / "older.apkg"


def newest(file, packed, **others):
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {"collection.anki21b": packed, "collection.anki2": b"please update", **others}.items():
            archive.writestr(name, content)
    return file


def refused(file, words):
    with pytest.raises(NotesError, match=words) as caught:
        read_notes([file])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("file", [NEWEST, OLDER])
def test_notes_decks_tags_and_clozes(file):
    notes = read_notes([file])
    assert [(e.question, e.answer, e.place.headings, e.tags) for e in notes.entries] == [
        ("What does a seed fix?", "The order of random numbers.", ("Study", "Random"), ("random", "runs::repeat")),
        ("[…] averages models, […] corrects them.", "Bagging averages models, boosting corrects them.", ("Study",), ()),
        ("什么是随机种子？", "固定随机数的次序 <同一顺序>", ("Study", "Random"), ()),
    ]
    assert [problem.message[:6] for problem in notes.problems] == ["1 note"], "the picture"


def test_both_forms_of_one_collection_are_the_same_questions():
    def bare(file):
        return [
            replace(entry, id="", file="", place=replace(entry.place, file="")) for entry in read_notes([file]).entries
        ]

    assert bare(NEWEST) == bare(OLDER)


def test_both_forms_hold_the_same_reviews():
    with NEWEST.open("rb") as one, OLDER.open("rb") as other:
        notes = read_reviews(one)
        assert notes == read_reviews(other)
    assert [([review.rating for review in note.reviews], note.suspended) for note in notes] == [
        ([3, 1, 3], False), ([4], True), ([], False),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [b"", b"\x28\xb5\x2f\xfd", b"not packed at all", zstd.compress(b"x" * 999)[:-3]])
def test_what_is_not_packed_or_cut_off(tmp_path, packed):
    refused(newest(tmp_path / "deck.apkg", packed), "damaged or no Anki package .*export it from Anki again")


def test_what_is_packed_is_no_database(tmp_path):
    refused(newest(tmp_path / "deck.apkg", zstd.compress(b"no database" * 99)), "its database is damaged")


def test_a_bomb_is_not_unpacked(tmp_path):
    packed = zstd.compress(bytes(anki_package.MAX_COLLECTION + 1))
    assert len(packed) < 1 << 14
    refused(newest(tmp_path / "deck.apkg", packed), "its collection has more than 64 MiB")


def test_a_frame_that_would_look_back_too_far_is_refused():
    with pytest.raises(ValueError):
        unpacked(zstd.compress(bytes(9), options={zstd.CompressionParameter.window_log: 10})[:5] + b"\xff" * 9, 99)


@given(st.binary(max_size=3000), st.integers(0, 100_000))
def test_unpacking_gives_what_was_packed_and_a_little_more_than_wanted_at_most(data, most):
    found = unpacked(zstd.compress(data), most)
    assert data.startswith(found)
    assert found == data or len(found) > most


def test_a_changed_package_never_raises_anything_else(tmp_path):
    whole = NEWEST.read_bytes()
    start = whole.index(b"collection.anki21b")
    for at in range(start, start + 6000, 61):
        file = tmp_path / "deck.apkg"
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            read_notes([file])
        except NotesError as error:
            assert "\n" not in str(error)  # noqa: PT017


def test_names_in_the_order_that_anki_asks_for(tmp_path):
    """The newest form sorts names by an order that only Anki knows; what needs it works too."""
    with zipfile.ZipFile(NEWEST) as archive:
        (tmp_path / "c.db").write_bytes(unpacked(archive.read("collection.anki21b"), 1 << 20))
    connection = sqlite3.connect(tmp_path / "c.db")
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    connection.execute("UPDATE decks SET name = 'Étude' || char(31) || 'b::c' WHERE name LIKE 'Study'")
    connection.execute("UPDATE notetypes SET config = x'ff' WHERE name = 'Cloze'")
    connection.commit()
    connection.close()
    file = newest(tmp_path / "deck.apkg", zstd.compress((tmp_path / "c.db").read_bytes()))
    assert read_notes([file]).entries[1].place.headings == ("Étude", "b::c")


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (b"", 0),
        (b"\x08\x01", 1),
        (b"\x1a\x02ab\x08\x96\x01", 150),
        (b"\x09aaaaaaaa\x15bbbb\x08\x02", 2),
        (b"\x10\x05", 0),
        (b"\x1a\xff\xff", 0),
        (b"\x0b\x08\x01", 0),
        (b"\x08", 0),
    ],
)
def test_a_number_of_a_message(message, found):
    assert number(message, 1) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_read_to_their_end(message):
    assert number(message, 1) >= 0


def test_reviews_of_damaged_packages(tmp_path):
    with pytest.raises(anki_package.PackageError):
        read_reviews(io.BytesIO(b"PK"))
