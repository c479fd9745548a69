from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viva.errors import HistoryError
from viva.history.history import History
from viva.interop.transfer import Imported, export_csv, export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.progress.stats import statistics
from viva.scheduling.schedule import Schedule


@pytest.fixture
def lived(history, entries, grader, clock):
    parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
    interview = start(entries, seed=1, **parts)
    interview.submit("=1+1 不知道\n第二行，带逗号")
    interview.submit("不知道")
    interview.undo()
    interview.skip()
    interview.reveal()
    return history


@pytest.fixture
def fresh(tmp_path, clock):
    with History(tmp_path / "other.db", clock) as opened:
        yield opened


def rows(history, table):
    return [tuple(row) for row in history.database.rows(f"SELECT * FROM {table} ORDER BY 1")]


def test_out_and_in_again_is_the_same(lived, fresh, entries, clock, grader):
    done = import_json(fresh, export_json(lived, clock()))
    assert done == Imported(questions=6, interviews=1, reviews=4)
    for table in ("questions", "interviews", "reviews"):
        assert rows(fresh, table) == rows(lived, table)
    assert fresh.card_states(entries, Schedule())[0] == lived.card_states(entries, Schedule())[0]
    assert {s.question_id: s.due for s in fresh.card_states(entries, Schedule())} == {
        s.question_id: s.due for s in lived.card_states(entries, Schedule())
    }
    parts = {"grader": grader, "schedule": Schedule(), "clock": clock}
    assert resume(entries, history=fresh, **parts).current == resume(entries, history=lived, **parts).current


def test_an_export_of_an_older_viva_comes_in(lived, fresh, clock):
    values = json.loads(export_json(lived, clock()))
    for row in values["reviews"]:
        del row["grader_score"], row["counts"]
    assert import_json(fresh, json.dumps(values)).reviews == len(values["reviews"])
    found = {(row["grader_score"], row["counts"]) for row in fresh.database.rows("SELECT * FROM reviews")}
    assert found == {(None, 1)}


def test_importing_twice_adds_nothing(lived, fresh, clock):
    text = export_json(lived, clock())
    import_json(fresh, text)
    assert import_json(fresh, text) == import_json(lived, text) == Imported(0, 0, 0)


def test_two_histories_become_one(lived, fresh, entries, grader, clock):
    start(entries, history=fresh, grader=grader, schedule=Schedule(), clock=clock, seed=2).submit("自己的答案")
    assert import_json(fresh, export_json(lived, clock())) == Imported(questions=0, interviews=1, reviews=4)
    assert len(fresh.reviews(entries)) == 4
    assert statistics(fresh, entries, Schedule(), clock).answered == 2


def broken(text, change):
    values = json.loads(text)
    change(values)
    return json.dumps(values)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda v: v.update(format="other"), "no history of viva"),
        (lambda v: v.update(version=2), "upgrade viva"),
        (lambda v: v.pop("reviews"), 'lacks its "reviews"'),
        (lambda v: v["reviews"].append(3), "reviews, row 5: it is not an object"),
        (lambda v: v["reviews"][0].pop("answer"), '"answer" is missing'),
        (lambda v: v["reviews"][1].update(score="many"), '"score" is not a number'),
        (lambda v: v["reviews"][1].update(answered_at="yesterday"), '"answered_at" cannot be read'),
        (lambda v: v["reviews"][1].update(answered_at="2026-01-01T00:00:00"), "no time zone"),
        (lambda v: v["reviews"][0].update(grade='{"score": 1}'), '"grade" cannot be read'),
        (lambda v: v["reviews"][-1].update(score=400), "cannot be used"),
        (lambda v: v["reviews"][-1].update(question_key=999), "cannot be used"),
        (lambda v: v["reviews"][-1].update(outcome="guessed"), "cannot be used"),
        (lambda v: v["interviews"][0].update(plan="[1, 77]"), "cannot be used"),
        (lambda v: v["interviews"][0].update(plan='["1"]'), '"plan" is not a list'),
        (lambda v: v["interviews"][0].update(seed=2**70), "cannot be used"),
    ],
)
def test_a_bad_export_is_one_line_and_changes_nothing(lived, fresh, clock, change, told):
    with pytest.raises(HistoryError, match=told) as raised:
        import_json(fresh, broken(export_json(lived, clock()), change))
    assert "\n" not in str(raised.value)
    assert [rows(fresh, table) for table in ("questions", "interviews", "reviews")] == [[], [], []]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.one_of(st.text(max_size=40), st.recursive(st.none() | st.integers(), st.lists).map(json.dumps)))
def test_any_other_file_is_refused(fresh, text):
    with pytest.raises(HistoryError):
        import_json(fresh, text)


def test_the_csv_is_read_back_and_runs_no_formula(lived):
    table = list(csv.DictReader(io.StringIO(export_csv(lived), newline="")))
    assert [row["outcome"] for row in table] == ["answered", "skipped", "revealed"]
    assert table[0]["answer"] == "'=1+1 不知道\n第二行，带逗号"
