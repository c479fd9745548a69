"""Anki packages, made here with sqlite3 and zipfile as Anki makes them, through the reader."""

from __future__ import annotations

import json
import sqlite3
import time
import zipfile

import pytest

from viva.errors import NotesError
from viva.notes.checks import check
from viva.notes.formats.anki import package as anki_package
from viva.notes.formats.anki.collection import LONGEST
from viva.notes.formats.anki.fields import both_sides, html_text
from viva.notes.reader import read_notes

BASIC, CLOZE = 100, 200
SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer,
    ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text,
    sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
    type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer,
    odue integer, odid integer, flags integer, data text);
"""


def collection(tmp_path, notes, *, decks=("Default",), models=None):
    """Return the bytes of a collection; a note is a dict of `fields`, and maybe `guid`, `tags`, `type`, `deck`."""
    file = tmp_path / "made.db"
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    connection.executescript(SCHEMA)
    types = {str(BASIC): {"name": "Basic", "type": 0}, str(CLOZE): {"name": "Cloze", "type": 1}}
    named = {str(at + 1): {"id": at + 1, "name": name} for at, name in enumerate(decks)}
    cells = (json.dumps(types) if models is None else models, json.dumps(named))
    connection.execute("INSERT INTO col (id, ver, models, decks) VALUES (1, 11, ?, ?)", cells)
    for at, note in enumerate(notes, start=1):
        connection.execute(
            "INSERT INTO notes (id, guid, mid, tags, flds) VALUES (?, ?, ?, ?, ?)",
            (at * 1000, note.get("guid", f"g{at}"), note.get("type", BASIC), note.get("tags", ""),
             "\x1f".join(note["fields"])),
        )  # fmt: skip
        connection.execute(
            "INSERT INTO cards (nid, did, ord, odid) VALUES (?, ?, 0, ?)",
            (at * 1000, note.get("deck", 1), note.get("home", 0)),
        )
    connection.commit()
    connection.close()
    return file.read_bytes()


def package(tmp_path, notes=(), *, name="deck.apkg", member="collection.anki2", others=None, **options):
    file = tmp_path / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, collection(tmp_path, notes, **options))
        archive.writestr("media", "{}")
        for other, content in (others or {}).items():
            archive.writestr(other, content)
    return file


def read(tmp_path, *notes, **options):
    return read_notes([package(tmp_path, notes, **options)]).entries


def note(*fields, **rest):
    return {"fields": fields, **rest}


def brief(entries):
    return [(entry.question, entry.answer) for entry in entries]


class TestNotes:
    def test_the_first_field_asks_and_the_others_answer(self, tmp_path):
        entries = read(tmp_path, note("What is a token?", "A unit of text.", "", "Seen in BERT."), note("Alone?", ""))
        assert brief(entries) == [("What is a token?", "A unit of text.\nSeen in BERT."), ("Alone?", "")]
        assert [(entry.line, entry.end_line, entry.number) for entry in entries] == [(1, 1, None), (2, 2, None)]

    def test_they_come_in_the_order_they_were_made(self, tmp_path):
        notes = [note(f"Question {at}?", "x", guid=f"z{9 - at}") for at in range(5)]
        assert [entry.question for entry in read(tmp_path, *notes)] == [f"Question {at}?" for at in range(5)]

    def test_clozes_are_blanked_and_shown_with_the_further_fields(self, tmp_path):
        text = "{{c1::BN}} uses {{c2::the batch::what?}}, LN {{c1::the features}}."
        assert brief(read(tmp_path, note(text, "More.", type=CLOZE))) == [
            ("[…] uses [what?], LN […].", "BN uses the batch, LN the features.\nMore.")
        ]

    def test_cloze_marks_in_a_basic_note_are_text(self, tmp_path):
        assert read(tmp_path, note("What does {{c1::x}} mean?", "A cloze."))[0].question == "What does {{c1::x}} mean?"

    @pytest.mark.parametrize("models", ["", "[]", "{", "null", '{"x": {}, "200": 3}'])
    def test_without_note_types_the_marks_tell(self, tmp_path, models):
        entries = read(tmp_path, note("{{c1::a}} is b", type=CLOZE), note("What is c?", "d"), models=models)
        assert brief(entries) == [("[…] is b", "a is b"), ("What is c?", "d")]

    def test_html_becomes_text(self, tmp_path):
        front = '<div>What is <b>dropout</b>&nbsp;&amp; why?</div><img src="a.png">[sound:a.mp3]'
        back = "<p>Two things:</p><ul><li>noise</li><li>x &lt; y</li></ul>one<br>two<i>!</i>"
        assert brief(read(tmp_path, note(front, back))) == [
            ("What is dropout & why?", "Two things:\n- noise\n- x < y\none\ntwo!")
        ]

    def test_code_keeps_its_indentation(self, tmp_path):
        back = "<pre><code>def f(x):\n    return x\n</code></pre>as <code>f(x)</code>"
        assert read(tmp_path, note("How is f written?", back))[0].answer == "def f(x):\n    return x\nas f(x)"

    def test_pictures_alone_are_left_out_and_counted(self, tmp_path):
        file = package(tmp_path, [note('<img src="a.png">', "b"), note("[sound:x.mp3]", "c"), note("What is d?", "e")])
        notes = read_notes([file])
        assert [entry.line for entry in notes.entries] == [3]
        assert [(p.kind, p.line, p.message) for p in notes.problems] == [
            ("left-out", None, "2 notes hold no text to ask (only pictures or sounds, or far too much of it).")
        ]

    def test_hidden_parts_of_pictures_are_left_out(self, tmp_path):
        text = "{{c1::image-occlusion:rect:left=.1:top=.2}}"
        notes = read_notes([package(tmp_path, [note(text, "<img src=x>", type=CLOZE), note("What is d?", "e")])])
        assert [entry.question for entry in notes.entries] == ["What is d?"]
        assert notes.problems[0].message.startswith("1 note holds no text")

    def test_decks_are_headings_and_tags_are_tags(self, tmp_path):
        (entry,) = read(
            tmp_path,
            note("什么是词元？", "文本的单位。", deck=2, tags=" nlp 深度学习 "),
            decks=["Default", "学习::词汇"],
        )
        assert entry.place.headings == ("学习", "词汇")
        assert entry.tags == ("nlp", "深度学习")
        assert (entry.question, entry.answer) == ("什么是词元？", "文本的单位。")

    def test_a_card_in_a_filtered_deck_belongs_to_its_home(self, tmp_path):
        (entry,) = read(tmp_path, note("a?", "b", deck=2, home=1), decks=["Home", "Filtered"])
        assert entry.place.headings == ("Home",)

    def test_the_guid_names_the_place(self, tmp_path):
        first = read(tmp_path, note("a?", "b", guid="k1"), note("c?", "d", guid="k/2#~"))
        again = read(tmp_path, note("New?", "x", guid="k0"), note("c, reworded?", "d", guid="k/2#~"))
        assert [entry.id for entry in first] == ["deck.apkg#Default/k1", "deck.apkg#Default/k/2#~"]
        assert again[1].id == first[1].id
        assert again[1].place == first[1].place

    def test_notes_without_or_with_the_same_guid_are_told_apart(self, tmp_path):
        entries = read(tmp_path, note("a?", "b", guid=""), note("c?", "d", guid="x"), note("e?", "f", guid="x"))
        assert [entry.place.label for entry in entries] == ["q1", "x", "x~2"]

    def test_an_empty_deck_holds_no_questions(self, tmp_path):
        notes = read_notes([package(tmp_path)])
        assert notes.entries == ()
        assert [problem.kind for problem in notes.problems] == ["no-questions"]


class TestForms:
    def test_the_please_update_note_beside_anki21_is_never_shown(self, tmp_path):
        dummy = collection(tmp_path, [note("Please update to the latest Anki version", "")])
        file = package(
            tmp_path, [note("What is a?", "b")], member="collection.anki21", others={"collection.anki2": dummy}
        )
        assert brief(read_notes([file]).entries) == [("What is a?", "b")]

    @pytest.mark.parametrize("name", ["DECK.APKG", "all.colpkg"])
    def test_the_suffixes_are_read_in_a_folder(self, tmp_path, name):
        folder = tmp_path / "kb"
        folder.mkdir()
        package(tmp_path, [note("What is a?", "b")]).rename(folder / name)
        (folder / "n.txt").write_text("1.What is c?\n\td\n", encoding="utf-8")
        notes = read_notes([folder])
        assert sorted(entry.question for entry in notes.entries) == ["What is a?", "What is c?"]
        assert len(notes.sources) == 2
        assert check(notes) == []

    def test_two_readings_are_equal(self, tmp_path):
        file = package(tmp_path, [note(f"Q{at}?", "x", tags="b a", deck=at % 3) for at in range(20)])
        assert read_notes([file]) == read_notes([file])


class TestDamage:
    @staticmethod
    def refused(tmp_path, file, words):
        """The file given by name is an error, in a folder it is one problem, with the same words."""
        with pytest.raises(NotesError, match=words):
            read_notes([file])
        (tmp_path / "made.db").unlink(missing_ok=True)
        found = [each for each in read_notes([tmp_path]).problems if each.file.endswith(file.name)]
        assert len(found) == 1
        assert words in found[0].message
        assert "\n" not in found[0].message

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
    def test_no_zip(self, tmp_path, data):
        file = tmp_path / "deck.apkg"
        file.write_bytes(data)
        self.refused(tmp_path, file, "export it from Anki again")

    def test_a_cut_or_changed_package_never_raises_anything_else(self, tmp_path):
        whole = package(tmp_path, [note("What is a?", "b" * 3000)]).read_bytes()
        file = tmp_path / "cut.apkg"
        for at in range(0, len(whole), 97):
            for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
                file.write_bytes(data)
                try:
                    read_notes([file])
                except NotesError as error:
                    assert "\n" not in str(error)  # noqa: PT017

    def test_a_changed_database_never_raises_anything_else(self, tmp_path):
        whole = collection(tmp_path, [note("What is a?", "b" * 3000)])
        file = tmp_path / "cut.apkg"
        for at in [*range(120), *range(120, len(whole), 211)]:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("collection.anki2", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            try:
                read_notes([file])
            except NotesError as error:
                assert "\n" not in str(error)  # noqa: PT017

    def test_no_database(self, tmp_path):
        file = tmp_path / "deck.apkg"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("collection.anki2", b"not a database" * 500)
        self.refused(tmp_path, file, "its database is damaged")

    def test_another_database(self, tmp_path):
        connection = sqlite3.connect(tmp_path / "other.db")
        connection.execute("CREATE TABLE x (y)")
        connection.commit()
        connection.close()
        file = tmp_path / "deck.apkg"
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(tmp_path / "other.db", "collection.anki2")
        self.refused(tmp_path, file, "its database is none of Anki's")

    def test_a_huge_member_is_not_unpacked(self, tmp_path):
        file = tmp_path / "deck.apkg"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("collection.anki2", bytes(anki_package.MAX_COLLECTION + 1))
        assert file.stat().st_size < 1 << 20
        self.refused(tmp_path, file, "its collection has more than 64 MiB")

    def test_a_large_package_is_told_to_leave_out_its_media(self, tmp_path):
        file = package(tmp_path, [note("a?", "b")])
        with pytest.raises(NotesError, match="export it without media"):
            read_notes([file], max_bytes=100)

    def test_work_is_limited_to_so_many_instructions(self):
        assert anki_package._STEP * anki_package._STEPS == 500_000_000

    def test_endless_work_is_given_up(self, tmp_path, monkeypatch):
        monkeypatch.setattr(anki_package, "_STEP", 10)
        monkeypatch.setattr(anki_package, "_STEPS", 100)
        file = package(tmp_path, [note("a?", "b")] * 100)
        self.refused(tmp_path, file, "its database is damaged")

    def test_a_view_in_place_of_a_table_is_refused(self, tmp_path):
        collection(tmp_path, [])
        connection = sqlite3.connect(tmp_path / "made.db")
        connection.execute("DROP TABLE notes")
        connection.execute(
            "CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS id, 'g' AS guid, 1 AS mid, '' AS tags, 'a' AS flds FROM n"
        )
        connection.commit()
        connection.close()
        file = tmp_path / "deck.apkg"
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(tmp_path / "made.db", "collection.anki2")
        self.refused(tmp_path, file, "none of Anki's")

    def test_a_note_that_is_far_too_long_is_left_out(self, tmp_path):
        notes = read_notes([package(tmp_path, [note("Long?", "x" * LONGEST), note("What is a?", "b")])])
        assert [entry.question for entry in notes.entries] == ["What is a?"]
        assert notes.problems[0].kind == "left-out"

    def test_bytes_that_are_no_text(self, tmp_path):
        collection(tmp_path, [])
        connection = sqlite3.connect(tmp_path / "made.db")
        connection.execute("INSERT INTO notes (id, guid, flds) VALUES (1, x'ff0a', CAST(x'61ff3f1f6200' AS TEXT))")
        connection.execute("INSERT INTO notes (id, flds) VALUES (2, NULL)")
        connection.commit()
        connection.close()
        file = tmp_path / "deck.apkg"
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(tmp_path / "made.db", "collection.anki2")
        (entry,) = read_notes([file]).entries
        assert (entry.question, entry.answer, entry.place.headings) == ("a\ufffd?", "b", ())


class TestClozes:
    @pytest.mark.parametrize(
        ("text", "asked", "told"),
        [
            ("a {{c1::b}} c", "a […] c", "a b c"),
            ("{{c1::a::hint}}", "[hint]", "a"),
            ("{{c1::a::}}", "[…]", "a"),
            ("{{c1::a {{c2::b}} c::h}} d", "[h] d", "a b c d"),
            ("{{c1::a::b {{c2::c}}}} d", "[b c] d", "a d"),
            ("a::b }} {{c1::never ends", "a::b }} {{c1::never ends", "a::b }} {{c1::never ends"),
            ("{{c12::多行\n文字::提示}}。", "[提示]。", "多行\n文字。"),
        ],
    )
    def test_both_sides(self, text, asked, told):
        assert both_sides(text) == (asked, told)

    def test_marks_that_never_end_take_no_time(self):
        start = time.perf_counter()
        both_sides("{{c1::" * 100_000)
        both_sides("{{c1::" * 50_000 + "}}" * 50_000)
        assert time.perf_counter() - start < 5


class TestHtml:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("a<![x[ b", "a<![x[ b"),
            ("a <b", "a <b"),
            ("a<!-- <b>no</b> -->b", "ab"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            ("x[sound:a b.mp3] [anki:tts lang=en_US]y[/anki:tts]", "x"),
            ("a[0] and [b]", "a[0] and [b]"),
        ],
    )
    def test_signs_that_are_no_tags_stay(self, html, text):
        assert html_text(html) == text

    @pytest.mark.parametrize("piece", ["<a ", "<a x='", "<!--", "<a", "</", "<![x[", "[sound:"])
    def test_tags_that_never_end_take_no_time(self, piece):
        start = time.perf_counter()
        html_text(piece * (100_000 // len(piece)))
        assert time.perf_counter() - start < 5
