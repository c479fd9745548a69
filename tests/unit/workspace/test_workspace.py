"""The calls that both faces use, over the shipped notes with the real model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import viva
from viva.errors import InterviewError, NotesError, QueryError
from viva.settings import Settings
from viva.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
RIGHT = "权值共享，局部连接，平移等变，保留空间结构"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with viva.open_workspace(kb=ROOT / "kb" / "deep-learning.zh.txt", index=tmp_path / "index") as opened:
        yield opened


def test_search_finds_the_entry_and_its_passage(workspace: Workspace) -> None:
    hit = workspace.search("棋盘格", top=1)[0]
    entry = workspace.find(hit.question_id)
    assert "棋盘格" in entry.question
    assert entry.line <= hit.line <= hit.end_line <= entry.end_line
    assert hit.passage.split("\n")[0].strip() in entry.answer


def test_a_question_is_found_by_id_or_by_a_number_used_once(workspace: Workspace) -> None:
    assert workspace.find("6") is workspace.find("deep-learning.zh.txt#6")
    with pytest.raises(QueryError, match="no question '999'"):
        workspace.find("999")


def test_a_number_used_twice_must_be_named_by_id(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("1.What is a?\n\tx\n2.What is b?\n\ty\n2.What is c?\n\tz\n", encoding="utf-8")
    with viva.open_workspace(kb=notes, index=tmp_path / "index") as opened:
        with pytest.raises(QueryError, match=r"notes.txt#2, notes.txt#2~2"):
            opened.find("2")
        assert opened.find("notes.txt#2~2").question == "What is c?"


def test_a_right_answer_is_strong_and_stores_nothing(workspace: Workspace) -> None:
    entry = workspace.find("1")
    assert workspace.grade(entry, RIGHT).score > workspace.grade(entry, "参数变多了").score
    assert workspace.grade(entry, entry.answer).score == 100
    assert workspace.reviews() == []


def test_rows_are_graded_in_order(workspace: Workspace) -> None:
    rows = [
        {"question_id": "deep-learning.zh.txt#1", "answer": "不知道", "mine": 7},
        {
            "question": "Why?",
            "reference": "Because it is cheap. It is also fast.",
            "answer": "It is also fast, and because it is cheap",
        },
        {"question_id": "gone", "answer": "x"},
    ]
    first, second, third = workspace.grade_rows(json.dumps(row) for row in rows)
    assert (first["score"], first["mine"]) == (0, 7)
    assert isinstance(second["score"], int)
    assert second["score"] >= 75
    assert "error" in third


def test_evaluation_compares_with_people_and_counts(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    notes = ROOT / "kb" / "deep-learning.zh.txt"
    rows = [
        {"question_id": "1", "answer": RIGHT, "score": 1},
        {"question_id": "1", "answer": "不知道", "score": 0},
        {"question_id": "1", "answer": "权值共享", "score": 0.25},
        {"question_id": "1", "answer": "x", "score": 7},
    ]
    with viva.open_workspace(kb=notes, index=tmp_path / "i", progress=lambda *at: seen.append(at)) as opened:
        evaluation = opened.evaluate([*map(json.dumps, rows), ""])
    assert evaluation.agreement.answers == 3
    assert evaluation.agreement.pearson is not None
    assert evaluation.agreement.pearson > 0.8
    assert evaluation.bad_rows == ('row 4: needs a human "score" from 0 to 1',)
    assert seen[-4:] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert seen[0][0] <= seen[0][1]


def test_an_interrupted_interview_goes_on_in_another_process(tmp_path: Path) -> None:
    notes, index = ROOT / "kb", tmp_path / "index"
    with viva.open_workspace(kb=notes, index=index) as opened:
        interview = opened.interview(count=3, seed=5)
        feedback = interview.submit("不知道")
        asked = interview.current
    with viva.open_workspace(kb=notes, index=index) as again:
        resumed = again.unfinished()
        assert resumed is not None
        assert asked is not None
        assert resumed.current is not None
        assert resumed.current.entry.id == asked.entry.id
        (review,) = again.reviews()
        assert (review.question_id, review.score) == (feedback.question.entry.id, 0)
        assert again.practice_stats.stats().answered == 1
        assert sum(card_state.reviews for card_state in again.card_states()) == 1
        resumed.finish()
        assert again.unfinished() is None


def test_the_seed_decides_the_order(workspace: Workspace) -> None:
    def asked(seed: int) -> list[str]:
        interview = workspace.interview(count=8, seed=seed)
        return [interview.skip().id for _ in range(8)]

    assert asked(1) == asked(1)
    assert asked(1) != asked(2)
    assert len(set(asked(1))) == 8


def test_a_topic_that_no_question_has_is_told(workspace: Workspace) -> None:
    with pytest.raises(InterviewError) as caught:
        workspace.interview(topic="天气预报员的午餐")
    assert "\n" not in str(caught.value)


def test_rebuilding_gives_the_same_hits(workspace: Workspace) -> None:
    before = workspace.search("感受野", top=5)
    assert workspace.rebuild().encoded > 0
    assert workspace.search("感受野", top=5) == before


def test_notes_without_a_question_say_what_to_write(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Just a diary entry.\n", encoding="utf-8")
    with viva.open_workspace(kb=notes) as opened, pytest.raises(NotesError, match="no questions found"):
        _ = opened.entries


def test_missing_notes_are_told_before_anything_is_read(tmp_path: Path) -> None:
    with viva.open_workspace(kb=tmp_path / "none.txt") as opened, pytest.raises(NotesError, match=r"none\.txt"):
        opened.require_notes()


def test_warming_opens_all_that_an_answer_needs(workspace: Workspace) -> None:
    workspace.warm()
    assert {"encoder", "index", "searcher", "grader"} <= set(vars(workspace))


def test_notes_are_read_again_only_when_they_changed(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("1.What is recall?\n\tFound among relevant\n", encoding="utf-8")
    with viva.open_workspace(kb=notes, index=tmp_path / "index") as opened:
        assert opened.search("precision")[0].question == "What is recall?"
        searcher = opened.searcher
        assert not opened.reread()
        assert opened.searcher is searcher
        notes.write_text(notes.read_text(encoding="utf-8") + "2.What is precision?\n\tRight among found\n", "utf-8")
        assert opened.reread()
        assert [entry.question for entry in opened.entries] == ["What is recall?", "What is precision?"]
        assert opened.search("precision")[0].question == "What is precision?"
        notes.unlink()
        with pytest.raises(NotesError):
            opened.reread()
        assert len(opened.entries) == 2


def test_a_mock_interview_takes_its_limit_from_the_settings_or_the_caller(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("1.What is pooling?\n\tIt shrinks a feature map.\n", encoding="utf-8")
    with viva.open_workspace(notes, tmp_path / "index", settings=Settings(limit=60)) as workspace:
        assert (workspace.interview().limit, workspace.interview(mode="mock").limit) == (None, 60)
        mock = workspace.interview(mode="mock", limit=45)
        assert workspace.unfinished().limit == mock.limit == 45
        mock.skip()
        mock.finish()
        assert (
            workspace.practice_stats.session_review().turn(1).limit
            == workspace.practice_stats.report_data().report.limit
            == 45
        )
        for wrong in ({"limit": 60}, {"mode": "mock", "limit": 5}, {"mode": "mock", "due": True}):
            with pytest.raises(InterviewError):
                workspace.interview(**wrong)
