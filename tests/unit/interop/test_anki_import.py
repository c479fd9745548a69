"""Anki's reviews into the history, of packages that Anki made and of hand-made ones."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from viva.errors import HistoryError
from viva.history.history import History
from viva.interop.anki_export import anki_card_states, anki_package
from viva.interop.anki_import import import_anki
from viva.interop.transfer import export_json, import_json
from viva.interview.lifecycle import start
from viva.notes.reader import read_notes
from viva.progress.review_history import read_review_history
from viva.progress.stats import statistics
from viva.scheduling.mastery import mastery
from viva.scheduling.schedule import Schedule
from viva.types import Rating

ANKI = Path(__file__).resolve().parents[2] / "data" / "anki"
FIRST = datetime(2026, 2, 1, 9, 30, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def deck():
    return read_notes([ANKI / "newest.apkg"]).entries


def card_state(history, entries, at=0):
    return history.card_states(entries, Schedule())[at]


def test_reviews_schedule_the_question(history, deck, clock):
    came = import_anki(history, deck, ANKI / "newest.apkg", clock())
    assert (came.reviews, came.questions, came.already, came.unmatched) == (4, 2, 0, 0)
    assert came.suspended == (deck[1].id,)
    found = card_state(history, deck)
    times = [FIRST, FIRST + timedelta(days=3), FIRST + timedelta(days=4)]
    reviews = list(zip([Rating.GOOD, Rating.AGAIN, Rating.GOOD], times, strict=True))
    assert found.due == Schedule().fold(1, reviews).due
    assert (found.reviews, found.last_score, found.last_outside) == (3, None, Rating.GOOD)
    assert mastery(deck[0], found, FIRST + timedelta(days=4)) == "mastered"
    assert mastery(deck[0], found, clock()) == "due"
    assert mastery(deck[2], card_state(history, deck, 2), clock()) == "new"
    assert statistics(history, deck, Schedule(), clock).met == 2
    assert history.reviews(deck) == []


@pytest.mark.parametrize("name", ["newest.apkg", "older.apkg"])
def test_importing_again_changes_nothing(history, deck, clock, snapshot, name):
    import_anki(history, deck, ANKI / "newest.apkg", clock())
    before = [*snapshot(history), *map(tuple, history.database.rows("SELECT * FROM outside_reviews"))]
    came = import_anki(history, deck, ANKI / name, clock())
    assert (came.reviews, came.questions, came.already) == (0, 0, 4)
    assert [*snapshot(history), *map(tuple, history.database.rows("SELECT * FROM outside_reviews"))] == before


def test_the_same_text_in_other_notes_is_the_question(history, tmp_path, clock):
    (tmp_path / "n.txt").write_text("1. what does a seed fix\n\tThe order.\n2.Else?\n\tx\n", encoding="utf-8")
    entries = read_notes([tmp_path]).entries
    came = import_anki(history, entries, ANKI / "older.apkg", clock())
    assert (came.reviews, came.questions, came.unmatched) == (3, 1, 1)
    assert card_state(history, entries).reviews == 3


def test_a_question_that_viva_exported_is_known_again_however_it_reads(history, tmp_path, entries, clock):
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    reviewed(file, {2: (3, 4)}, text="Reworded")
    came = import_anki(history, entries, file, clock())
    assert (came.reviews, came.unmatched) == (2, 0)
    assert [each.reviews for each in history.card_states(entries, Schedule())] == [0, 2, 0, 0, 0, 0]


def reviewed(file, answers, *, text=None, change=()):
    """Put reviews into a package: {number of the card: ratings}, a day apart, and SQL to change it further."""
    with zipfile.ZipFile(file) as archive:
        content = archive.read("collection.anki2")
    database = file.with_suffix(".db")
    database.write_bytes(content)
    connection = sqlite3.connect(database)
    for card, ratings in answers.items():
        for day, rating in enumerate(ratings):
            at = round((FIRST + timedelta(days=day)).timestamp() * 1000) + card
            connection.execute(
                "INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 0, 2500, 9000, 1)", (at, 1_600_000_000_000 + card, rating)
            )
    if text:
        connection.execute("UPDATE notes SET flds = ? || substr(flds, instr(flds, char(31)))", (text,))
    for statement in change:
        connection.execute(statement)
    connection.commit()
    connection.close()
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(database, "collection.anki2")


def test_a_suspended_card_suspends_its_question_unless_the_person_decided_otherwise(history, tmp_path, entries, clock):
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    reviewed(file, {}, change=["UPDATE cards SET queue = -1 WHERE id IN (1600000000001, 1600000000002)"])
    keys = history.reconcile(entries)
    first, second = entries[0].id, entries[1].id
    assert import_anki(history, entries, file, clock()).suspended == (first, second)
    assert history.suspended() == {keys[first], keys[second]}
    history.resume([keys[first]])
    assert import_anki(history, entries, file, clock()).suspended == ()
    assert history.suspended() == {keys[second]}


def test_what_is_no_review_of_the_schedule_is_passed_over(history, tmp_path, entries, clock):
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries))
    reviewed(
        file,
        {1: (3, 3, 3), 2: (3, 3), 3: (3,), 4: (2,)},
        change=[
            "UPDATE revlog SET type = 3 WHERE id = (SELECT min(id) FROM revlog WHERE cid = 1600000000001)",
            "UPDATE revlog SET type = 4, ease = 0 WHERE id = (SELECT max(id) FROM revlog WHERE cid = 1600000000001)",
            # forgotten on purpose
            "UPDATE revlog SET type = 4, ease = 0, factor = 0 WHERE id = (SELECT max(id) FROM revlog WHERE cid = 1600000000002)",
            "UPDATE revlog SET id = 9000000000000000000 WHERE cid = 1600000000003",
            "UPDATE revlog SET ease = 7 WHERE cid = 1600000000004",
            "INSERT INTO revlog VALUES (4102444800000, 1600000000005, 0, 3, 1, 0, 2500, 9000, 1)",  # in 2100
        ],
    )
    came = import_anki(history, entries, file, clock())
    assert came.reviews == 1
    assert card_state(history, entries).reviews == 1


def test_viva_s_own_turns_do_not_come_back_as_reviews(history, entries, grader, clock, tmp_path):
    interview = start(entries, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=1)
    interview.submit("不知道")
    interview.submit("也不知道")
    card_states = anki_card_states(history, entries, Schedule())
    interview.undo()
    before = [each.reviews for each in history.card_states(entries, Schedule())]
    file = tmp_path / "out.apkg"
    file.write_bytes(anki_package(entries, card_states=card_states))
    came = import_anki(history, entries, file, clock())
    assert (came.reviews, came.already) == (0, 2)
    assert [each.reviews for each in history.card_states(entries, Schedule())] == before


def test_a_turn_after_a_review_elsewhere_was_due(history, deck, grader, clock):
    import_anki(history, deck, ANKI / "newest.apkg", clock())
    start(deck, history=history, grader=grader, schedule=Schedule(), clock=clock, seed=1, only=[deck[0].id]).submit("x")
    (past,) = read_review_history(history, deck, Schedule())
    assert past.was_due
    assert card_state(history, deck).last_outside is None


def test_they_are_exported_with_the_history(history, deck, clock, tmp_path):
    import_anki(history, deck, ANKI / "newest.apkg", clock())
    text = export_json(history, clock())
    with History(tmp_path / "other.db", clock) as other:
        assert import_json(other, text).reviews == 4
        assert import_json(other, text).reviews == 0
        assert other.card_states(deck, Schedule())[0].due == card_state(history, deck).due


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot read .*: check the path"), (b"PK", "it is damaged or no Anki package")]
)
def test_a_file_that_cannot_be_read(history, deck, clock, tmp_path, content, words):
    file = tmp_path / "deck.apkg"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(HistoryError, match=words) as caught:
        import_anki(history, deck, file, clock())
    assert "\n" not in str(caught.value)
