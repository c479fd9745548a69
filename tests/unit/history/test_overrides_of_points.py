"""A word on one point: it changes the score of its answer, counts when the same is said again, and can be taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from viva.errors import HistoryError, InterviewError
from viva.history.history import History
from viva.history.overrides import clauses_restating
from viva.history.records import grade_json, grade_of
from viva.interop.transfer import export_json, import_json
from viva.interview.lifecycle import resume, start
from viva.interview.review import SessionReview
from viva.scheduling.schedule import Schedule
from viva.text.normal import bare
from viva.types import Grade, PointResult

STEADIER, FASTER = "让更新方向更平稳", "加快收敛"
OWN = "像一个滚下山的重球，惯性让它冲过小坑"
_WEIGHT = {"essential": 3.0, "normal": 1.0, "extra": 0.0}


class Literal:
    """Finds a point where its letters stand in the answer: what is tested here is what becomes of the person's word."""

    def grade(self, entry, answer):
        if answer in ("不知道", ""):
            none = tuple(PointResult(point.text, "missed", 0.0, "") for point in entry.points)
            return Grade(0, "weak", none, None, ("dont-know" if answer else "empty",))
        return self.rescored(Grade(0, "weak", tuple(self._point(point, answer) for point in entry.points), None))

    def rescored(self, grade):
        raw = [_WEIGHT[point.importance] for point in grade.points]
        total = sum(raw) or 1.0
        points = tuple(replace(point, weight=one / total) for point, one in zip(grade.points, raw, strict=True))
        score = round(100 * sum(point.weight * point.credit for point in points))
        verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
        return replace(grade, score=score, verdict=verdict, points=points)

    @staticmethod
    def _point(point, answer):
        met = bool(point.text) and bare(point.text) in bare(answer)
        return PointResult(
            point.text, "covered" if met else "missed", float(met), point.text if met else "",
            credit=float(met), importance=point.importance,
        )  # fmt: skip


@pytest.fixture
def parts(history, clock):
    return {"history": history, "grader": Literal(), "schedule": Schedule(), "clock": clock}


@pytest.fixture
def answer(entries, parts):
    """Answer the question about momentum, whose points are STEADIER and FASTER, in a new interview."""

    def make(text, *, notes=None, **chosen):
        interview = start(notes or entries, seed=7, topic="动量", **(parts | chosen))
        return interview, interview.submit(text)

    return make


def statuses(grade):
    return [point.status for point in grade.points]


# On the answer itself


def test_accepting_a_point_covers_it_and_the_score_follows(answer, history):
    interview, before = answer(STEADIER)
    assert (before.grade.score, statuses(before.grade)) == (50, ["covered", "missed"])
    after = interview.judge_point(2, "covered")
    assert (after.grade.score, after.grade.verdict, statuses(after.grade)) == (100, "strong", ["covered"] * 2)
    assert [point.judged for point in after.grade.points] == [False, True]
    assert after.proposed > before.proposed
    assert after.rating is after.proposed
    assert not after.overridden, "it is a word on a point, not on the whole answer"
    (stored,) = history.turns(interview.id)
    assert (stored.grade, stored.review.score) == (after.grade, 100)


def test_refusing_a_point_takes_it_away(answer):
    interview, before = answer(f"{STEADIER}，{FASTER}")
    assert before.grade.score == 100
    after = interview.judge_point(1, "missed").grade
    assert (after.score, statuses(after)) == (50, ["missed", "covered"])
    assert (after.points[0].evidence, after.points[0].credit, after.points[0].judged) == ("", 0.0, True)


def test_the_last_word_on_a_point_stands_and_its_words_come_back(answer, history):
    interview, before = answer(f"嗯，{STEADIER}")
    interview.judge_point(1, "missed")
    after = interview.judge_point(1, "covered")
    assert after.grade.points[0] == replace(before.grade.points[0], judged=True, similarity=0.0)
    assert [(one.word, one.words) for one in history.points.given()] == [("covered", STEADIER)]


def test_a_rating_of_the_persons_own_stays(answer):
    interview, _ = answer(STEADIER)
    interview.rate(1)
    assert interview.judge_point(2, "covered").rating == 1


def test_a_verdict_on_the_whole_answer_stands_over_its_points(answer):
    interview, _ = answer(STEADIER)
    interview.override("strong")
    after = interview.judge_point(1, "missed")
    assert (after.grade.verdict, after.overridden, statuses(after.grade)) == ("strong", True, ["missed", "missed"])


@pytest.mark.parametrize("number", [0, 3, 99, -1])
def test_a_point_that_is_not_there(answer, history, number):
    interview, before = answer(STEADIER)
    with pytest.raises(InterviewError, match="2 points"):
        interview.judge_point(number, "covered")
    assert (interview.last, history.points.given()) == (before, [])


def test_a_question_without_points_has_none_to_judge(answer, entries, parts):
    interview = start(entries, seed=7, topic="位置编码", **parts)
    interview.submit("补上词的顺序")
    with pytest.raises(InterviewError, match="no points"):
        interview.judge_point(1, "covered")


@pytest.mark.parametrize("text", ["不知道", ""])
def test_what_is_no_answer_cannot_be_accepted(answer, history, text):
    interview, before = answer(text)
    for step in (lambda: interview.judge_point(1, "covered"), lambda: interview.override("strong")):
        with pytest.raises(InterviewError, match="no answer") as told:
            step()
        assert "\n" not in str(told.value)
    assert (interview.last, history.points.given(), history.verdicts()) == (before, [], [])


def test_what_an_older_viva_let_be_accepted_teaches_nothing(answer, history):
    answer("不知道")
    with history.database.transaction() as connection:
        connection.execute("UPDATE reviews SET overridden = 1, verdict = 'strong', score = 87")
    assert answer("不知道")[1].grade.score == 0
    assert answer("不知道怎么说")[1].grade.score == 0


def test_a_follow_up_that_waits_is_declined(answer):
    interview, before = answer(STEADIER, follow_ups=True)
    assert before.waits
    after = interview.judge_point(2, "covered")
    assert (after.waits, interview.waiting, after.grade.score) == (False, None, 100)


def test_points_that_read_alike_are_one(answer, entries):
    twice = [
        replace(entry, points=(*entry.points, entry.points[1])) if "动量" in entry.question else entry
        for entry in entries
    ]
    interview, _ = answer(STEADIER, notes=twice)
    assert statuses(interview.judge_point(2, "covered").grade) == ["covered"] * 3


# At later answers


@pytest.mark.parametrize("again", [OWN, f"{OWN}。", "像一个滚下山的重球 惯性让它冲过小坑"])
def test_the_same_answer_gets_the_same_word(answer, again):
    interview, _ = answer(OWN)
    interview.judge_point(1, "covered")
    _, after = answer(again)
    assert (after.grade.score, statuses(after.grade)) == (50, ["covered", "missed"])
    assert after.grade.points[0].judged
    assert not after.overridden


def test_accepted_words_count_within_a_longer_answer(answer):
    interview, _ = answer(OWN)
    interview.judge_point(1, "covered")
    _, after = answer(f"动量嘛，{OWN}，{FASTER}")
    assert (after.grade.score, after.grade.points[0].judged) == (100, True)
    assert after.grade.points[0].evidence == OWN


def test_refused_words_count_no_more_and_others_do(answer, entries):
    interview, _ = answer(f"{STEADIER}，别的不清楚")
    interview.judge_point(1, "missed")
    assert statuses(answer(f"{FASTER}，而且{STEADIER}")[1].grade) == ["missed", "covered"]
    assert statuses(answer(FASTER)[1].grade) == ["missed", "covered"]


def test_words_that_are_denied_are_not_accepted(answer):
    interview, _ = answer("惯性带着它冲过小坑")
    interview.judge_point(1, "covered")
    assert statuses(answer("惯性不会带着它冲过小坑，别的没了")[1].grade)[0] == "missed"
    assert statuses(answer("不是惯性带着它冲过小坑，别的没了")[1].grade)[0] == "missed"


def test_another_question_and_another_point_are_not_touched(answer, entries, parts):
    interview, _ = answer(OWN)
    interview.judge_point(1, "covered")
    other = start(entries, seed=7, topic="预热", **parts).submit(OWN)
    assert statuses(other.grade) == ["missed", "missed"]


def test_a_point_that_was_rewritten_is_another_one(answer, entries):
    def rewritten(text):
        return [
            replace(entry, points=(replace(entry.points[0], text=text), *entry.points[1:]))
            if "动量" in entry.question
            else entry
            for entry in entries
        ]

    interview, _ = answer(OWN)
    interview.judge_point(1, "covered")
    interview.judge_point(1, "extra")
    moved = answer(OWN, notes=rewritten(f"{STEADIER}。"))[1].grade
    assert (moved.points[0].status, moved.points[0].importance) == ("covered", "extra")
    other = answer(OWN, notes=rewritten("减小震荡"))[1].grade
    assert (other.points[0].status, other.points[0].importance) == ("missed", "normal")


def test_undo_takes_the_word_back(answer, history, parts):
    interview, before = answer(OWN)
    interview.judge_point(1, "covered")
    interview.judge_point(2, "extra")
    interview.undo()
    assert history.points.given() == []
    assert answer(OWN)[1].grade == before.grade


def test_a_word_outlives_the_window(entries, parts):
    interview = start(entries, seed=7, **parts)
    interview.submit("像一个滚下山的重球")
    after = interview.judge_point(1, "covered")
    assert resume(entries, **parts).last == after


def test_a_word_on_a_point_says_nothing_of_how_strictly_the_person_marks(answer, history):
    for _ in range(6):
        interview, _ = answer(STEADIER)
        interview.judge_point(2, "covered")
    assert (history.habit().changed, history.habit().points) == (0, 0)


# How much a point matters


def test_an_extra_point_is_not_missed_and_an_essential_one_counts_more(answer):
    interview, before = answer(STEADIER)
    assert before.grade.score == 50
    after = interview.judge_point(2, "extra")
    assert (after.grade.score, after.grade.points[1].importance, after.grade.points[1].status) == (
        100,
        "extra",
        "missed",
    )
    assert not after.grade.points[1].judged
    assert answer(STEADIER)[1].grade.score == 100
    interview, _ = answer(FASTER)
    interview.judge_point(2, "essential")
    assert answer(FASTER)[1].grade.score == 75
    interview.judge_point(2, "normal")
    assert answer(FASTER)[1].grade.score == 50


def test_the_persons_importance_goes_before_that_of_the_notes(answer, entries):
    notes = [
        replace(entry, points=tuple(replace(point, importance="essential") for point in entry.points))
        for entry in entries
    ]
    interview, _ = answer(FASTER, notes=notes)
    interview.judge_point(1, "normal")
    assert [point.importance for point in answer(FASTER, notes=notes)[1].grade.points] == ["normal", "essential"]


def test_what_a_point_weighs_makes_nobody_surer(answer, monkeypatch):
    unsure = Literal()
    grade = unsure.grade
    monkeypatch.setattr(unsure, "grade", lambda entry, text: replace(grade(entry, text), verdict="unsure"))
    interview, _ = answer(STEADIER, grader=unsure)
    assert interview.judge_point(2, "extra").grade.verdict == "unsure"
    assert interview.judge_point(2, "covered").grade.verdict == "strong"


# Afterwards, forgetting, out and in


def test_points_are_judged_when_an_interview_is_looked_back_at(answer, entries, history):
    interview, _ = answer(OWN)
    interview.finish()
    after = SessionReview(history, entries, Schedule(), grader=Literal())
    assert after.judge_point(1, 1, "covered").grade.score == 50
    assert after.turn(1).feedback.grade.points[0].judged
    assert answer(OWN)[1].grade.score == 50


def test_a_mock_interview_takes_them_at_the_end(entries, parts, history):
    mock = start(entries, seed=7, topic="动量", limit=120, **parts)
    with pytest.raises(InterviewError, match="模拟面试结束后"):
        mock.judge_point(1, "covered")
    mock.hand_in(OWN)
    mock.finish()
    after = SessionReview(history, entries, Schedule(), mock.id, grader=Literal())
    assert after.judge_point(1, 2, "covered").grade.score == 50


def test_words_are_forgotten_one_by_one_and_all_at_once(answer, history):
    first, _ = answer(OWN)
    first.judge_point(1, "covered")
    first.judge_point(2, "extra")
    second, _ = answer(STEADIER)
    second.judge_point(1, "missed")
    given = history.points.given()
    assert [(one.word, one.point) for one in given] == [("missed", STEADIER), ("extra", FASTER), ("covered", STEADIER)]
    assert history.forget_verdicts(given[0].review_id) == 1
    with pytest.raises(HistoryError, match="viva verdicts"):
        history.forget_verdicts(given[0].review_id)
    assert history.forget_verdicts() == 2
    assert history.points.given() == []
    assert answer(OWN)[1].grade.score == 0


def test_exports_hold_them_and_imports_bring_them_back(answer, history, clock, entries, parts, tmp_path):
    interview, _ = answer(OWN)
    interview.judge_point(1, "covered")
    interview.judge_point(2, "essential")
    text = export_json(history, clock.now)
    with History(tmp_path / "other.db", clock) as other:
        for _ in range(2):
            import_json(other, text)
            assert [(one.word, one.point, one.words, one.given_at) for one in other.points.given()] == [
                (one.word, one.point, one.words, one.given_at) for one in history.points.given()
            ]
        assert answer(OWN, history=other)[1].grade.score == answer(OWN)[1].grade.score == 25
    older = {name: rows for name, rows in json.loads(text).items() if name != "point_verdicts"}
    with History(tmp_path / "older.db", clock) as other:
        import_json(other, json.dumps(older))
        assert other.points.given() == []
    broken = json.loads(text)
    broken["point_verdicts"][0]["review_uid"] = "nobody"
    with History(tmp_path / "broken.db", clock) as other, pytest.raises(HistoryError, match="cannot be used"):
        import_json(other, json.dumps(broken))


def test_a_grade_of_an_older_viva_can_be_rescored():
    point = PointResult("x", "covered", 0.9, "x", 0.7)
    grade = Grade(80, "strong", (point, replace(point, status="contradicted", weight=0.3)), None)
    values = json.loads(grade_json(grade))
    for each in values["points"]:
        for name in ("credit", "denied", "importance", "base", "judged"):
            del each[name]
    met, wrong = grade_of(json.dumps(values)).points
    assert (met.credit, met.denied, met.base, met.judged) == (1.0, 0.0, 0.7, False)
    assert (wrong.credit, wrong.denied, wrong.base) == (0.0, 1.0, 0.3)
    assert grade_of(grade_json(grade)) == grade


# The same words again


@pytest.mark.parametrize(
    ("words", "answer", "found"),
    [
        ("让更新方向更平稳", "动量嘛，让更新方向更平稳，还能加快收敛", "让更新方向更平稳"),
        ("it pulls the weights to zero", "Well, it pulls the wieghts to zero. It is simple", "it pulls the wieghts to zero"),
        ("像重球 … 冲过小坑", "像重球，靠惯性，冲过小坑", "像重球 … 冲过小坑"),
        ("一般不会过拟合", "这样，一般不会过拟合", "一般不会过拟合"),
        ("让更新方向更平稳", "动量让更新方向更平稳", ""),
        ("it pulls the weights to zero", "it never pulls the weights to zero", ""),
        ("it pulls the weights to zero", "it doesn't mean that it pulls the weights to zero", ""),
        ("支持向量机", "没有用到支持向量机", ""),
        ("weights", "weights and more", ""),
        ("重球", "像重球一样", ""),
        ("…", "x", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_which_words_are_said_again(words, answer, found):
    assert clauses_restating(words, answer) == found
