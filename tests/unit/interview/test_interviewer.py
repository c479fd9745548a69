from __future__ import annotations

import itertools
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from viva.interview.dialogue.intents import Intent
from viva.interview.dialogue.interviewer import Interviewer, progress_lines
from viva.interview.dialogue.phrases import NAMES
from viva.interview.dialogue.remarks import BRIEF, REMARKS, remarks
from viva.text.moments import duration
from viva.text.normal import count_cjk
from viva.types import Feedback, FollowUp, Grade, Hit, Near, PointResult, Question, Rating
from viva.types.dialogue import InterviewProgress, Said, events_for
from viva.wording import sentences
from viva.wording.feedback import (
    answer_lines,
    graded_lines,
    kept_reference_lines,
    point_lines,
    rest_lines,
    score_lines,
    until,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HIT = Hit(1, 0.8, "a.md#2", "2", "别的问题", "别题的答案", "a.md", 7, 9)
OTHER = Near("a.md#2", "2", "别的问题", "a.md", 7)


def speaker(language="zh", seed=1):
    return Interviewer(language, random.Random(seed))


def feedback_to(entry, language, **changes):
    points = (
        PointResult("更稳定", "covered", 0.9, "训练更稳", 0.5),
        PointResult("收敛快", "missed", 0.0, "", 0.5),
    )
    grade = Grade(55, "partial", points, None, changes.pop("flags", ()))
    grade = replace(grade, **changes.pop("grade", {}))
    parts = {"proposed": Rating.HARD, "rating": Rating.HARD, "due": NOW + timedelta(days=3), "review_id": 1}
    return Feedback(Question(entry, 2, 5, language), "训练更稳", grade, **(parts | changes))


def told_lines(interviewer, feedback, now):
    """What is told of an answer line by line: what the notes say, a remark, the grade."""
    notes = [] if feedback.waits else kept_reference_lines(feedback)
    return [*notes, interviewer.acknowledge(feedback), *graded_lines(feedback, now)]


def test_feedback_in_chinese_is_one_fact_a_line_the_notes_first(entries):
    told = feedback_to(entries[0], "zh", nearer=OTHER, flags=("off-topic", "other-entry"))
    lines = told_lines(speaker(), told, NOW)
    assert lines[:2] == ["笔记里的答案（a.md:3）：", "让更新方向更平稳；加快收敛"]
    assert lines[2] in remarks(told.grade, "zh")
    assert lines[3:] == [
        "55 分，部分正确",
        "1. 说到了：更稳定",
        "你说的是：“训练更稳”",
        "2. 没说到：收敛快",
        "比起这题，更接近另一题“别的问题”（a.md:7）。",
        "记为“困难”，3 天后再问。",
    ]


def test_feedback_in_english_is_one_fact_a_line_the_notes_first(entries):
    told = feedback_to(entries[1], "en", overridden=True, grade={"near": (OTHER,)})
    lines = told_lines(speaker("en"), told, NOW)
    assert lines[:2] == ["In your notes (a.md:6):", "It shrinks the weights; it lowers overfitting"]
    assert lines[2] in remarks(told.grade, "en")
    assert lines[3:] == [
        "55 points, partly (your verdict)",
        "1. covered: 更稳定",
        'you said: "训练更稳"',
        "2. missed: 收敛快",
        'Also near: "别的问题" (a.md:7)',
        "Counted as hard; asked again in 3 days.",
    ]


@pytest.mark.parametrize("flags", [(), ("other-entry",)])
def test_the_answer_to_another_question_is_never_told(entries, flags):
    """Older grades kept the passage that was closest, whichever question it answers."""
    grade = {"passage": HIT, "near": (), "flags": flags}
    told = feedback_to(entries[0], "zh", grade=grade, nearer=OTHER if flags else None)
    lines = told_lines(speaker(), told, NOW)
    assert not any(HIT.passage in line for line in lines)
    assert sum("“别的问题”（a.md:7）" in line for line in lines) == 1
    gone = feedback_to(replace(entries[0], answer=""), "zh", grade=grade, nearer=OTHER if flags else None)
    assert not any(HIT.passage in line for line in told_lines(speaker(), gone, NOW))


def test_what_the_notes_say_is_kept_back_while_a_follow_up_waits(entries):
    waits = feedback_to(entries[0], "zh", follow_up=FollowUp("还有呢？"), nearer=None)
    lines = told_lines(speaker(), waits, NOW)
    assert lines[0] in remarks(waits.grade, "zh")
    assert events_for(waits)[-1] == Said("还有呢？", follows_up=True)
    left = replace(waits, follow_up=FollowUp("还有呢？", ""))
    assert rest_lines(left, NOW) == [
        "笔记里的答案（a.md:3）：",
        "让更新方向更平稳；加快收敛",
        "2. 没说到：收敛快",
        "记为“困难”，3 天后再问。",
    ]


def test_what_viva_is_unsure_of_is_asked_and_has_no_score(entries):
    unsure = feedback_to(entries[1], "en", grade={"verdict": "unsure", "points": ()})
    lines = told_lines(speaker("en"), unsure, NOW)
    assert lines[2] in remarks(unsure.grade, "en")
    assert lines[3:] == [
        "unsure",
        "Right, partly or wrong? Say /right, /partial or /wrong. What you call right counts from then on.",
        "Until you say so, it is asked again in 3 days.",
    ]
    assert told_lines(speaker("en"), replace(unsure, rated=True), NOW)[-1].startswith("Counted as hard;")
    judged = replace(unsure, overridden=True, grade=replace(unsure.grade, verdict="weak", score=20))
    assert told_lines(speaker("en"), judged, NOW)[3:] == [
        "20 points, not yet (your verdict)",
        "Counted as hard; asked again in 3 days.",
    ]


def test_the_commands_that_are_named_where_viva_is_unsure_exist():
    from viva.interview.dialogue.intents import understand

    for language in ("zh", "en"):
        named = re.findall(r"/[a-z\u4e00-\u9fff]+", sentences.JUDGE[language])
        assert [understand(name).argument for name in named] == ["strong", "partial", "weak"]


def test_no_score_is_told_where_nothing_was_compared():
    assert score_lines(Grade(0, "unsure", (), None, ("no-reference",)), "zh") == []


def test_every_flag_of_the_grader_is_told():
    from viva.grading import grader

    flags = set(re.findall(r"`([a-z-]+)`", grader.__doc__ or ""))
    assert flags - {"other-entry", "brief"} <= set(sentences.FLAG)


def test_the_same_sentence_never_comes_twice_in_a_row(entries):
    said = speaker()
    lines = [said.skipped(entries[0]) for _ in range(30)]
    assert all(one != other for one, other in itertools.pairwise(lines))
    assert len(set(lines)) == len(sentences.SKIPPED["zh"])


def test_the_same_rng_gives_the_same_talk(entries):
    one, other = speaker(seed=5), speaker(seed=5)
    for _ in range(5):
        assert one.acknowledge(feedback_to(entries[0], "zh")) == other.acknowledge(feedback_to(entries[0], "zh"))


def test_asking_says_where_we_are(entries):
    assert speaker().ask(Question(entries[0], 2, 5, "zh")) == ["第 2 题，共 5 题", "Optimizers", "为什么要用动量"]
    assert speaker("en").ask(Question(entries[1], 1, 5, "en"))[0] == "Question 1 of 5"


def test_revealing_tells_answer_and_place(entries):
    assert speaker().revealed(entries[0]) in sentences.REVEALED["zh"]
    assert answer_lines(entries[0]) == [entries[0].answer, f"（{entries[0].file}:{entries[0].line}）"]
    assert speaker().revealed(entries[5]) == "笔记里没有这题的答案。"


@pytest.mark.parametrize(
    ("wait", "zh", "en"),
    [
        (timedelta(0), "今天", "today"),
        (timedelta(days=-5), "今天", "today"),
        (timedelta(days=1), "明天", "tomorrow"),
        (timedelta(days=9), "9 天后", "in 9 days"),
        (timedelta(days=91), "3 个月后", "in 3 months"),
        (timedelta(days=1100), "3 年后", "in 3 years"),
    ],
)
def test_when_it_comes_up_again(wait, zh, en):
    assert (until(NOW + wait, NOW, "zh"), until(NOW + wait, NOW, "en")) == (zh, en)


def test_how_it_is_going():
    progress = InterviewProgress(3, 5, 2, 61.5, ("CNN", "RNN"))
    assert progress_lines(progress, "zh") == [
        "5 题里已经问了 3 题，还剩 2 题。",
        "回答了 2 题，平均 62 分。",
        "比较弱的部分：CNN、RNN。",
    ]
    assert progress_lines(InterviewProgress(0, 1, 0, None), "en") == ["0 of 1 question asked, 1 left."]


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0, "0 秒", "0 seconds"), (61, "1 分 1 秒", "1 minute 1 second"), (120, "2 分钟", "2 minutes"),
     (3660, "1 小时 1 分钟", "1 hour 1 minute")],
)  # fmt: skip
def test_lengths_of_time(seconds, zh, en):
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)


def test_a_doubt_can_be_told_for_every_kind():
    for kind in NAMES:
        assert speaker().did_you_mean(Intent(kind, certain=False)).endswith("请说不是。")
        assert speaker("en").did_you_mean(Intent(kind, certain=False)).startswith("Did you mean to ")


def test_help_names_every_command_by_a_form_that_works():
    from viva.interview.dialogue.intents import understand

    for language in ("zh", "en"):
        lines = speaker(language).help_lines()[1:-1]
        assert [understand(re.split(r"[　 ]", line)[0]).kind for line in lines] == list(NAMES)


def test_chinese_is_set_in_chinese_signs_and_nobody_shouts():
    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)
        else:
            for inner in value:
                yield from texts(inner)

    tables = [
        getattr(sentences, name) for name in vars(sentences) if name.isupper() and name not in ("N_", "MASTERY_WORDS")
    ]
    tables += [(each.zh, each.en) for each in (*BRIEF, *(one for pool in REMARKS.values() for one in pool))]
    for text in texts(tables):
        assert "!" not in text
        assert "！" not in text
        if count_cjk(text):
            assert not re.search(r"[\u4e00-\u9fff][,.;:?()\"]|[,.;:?()\"][\u4e00-\u9fff]", text), text
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", text), text


def test_what_differs_is_quoted_from_either_side():
    for point in (
        PointResult("a", "differs", 0.5, "b"),
        PointResult("a", "differs", 0.5, "", against="b"),
        PointResult("a", "differs", 0.5, "b", against="b"),
    ):
        assert point_lines(point, "en") == ["differs from your notes: a", 'you said: "b"']
    both = point_lines(PointResult("a", "differs", 0.5, "b", against="c"), "zh")
    assert both == ["与笔记不同：a", "你说的是：“b”", "但你也说：“c”"]


def test_evidence_on_several_lines_is_one_line():
    assert point_lines(PointResult("a\nb", "covered", 1, "c\n  d"), "en") == ["covered: a b", 'you said: "c d"']
