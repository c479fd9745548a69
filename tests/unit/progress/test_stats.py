from __future__ import annotations

from datetime import date, timedelta

import pytest

from viva.interview.lifecycle import start
from viva.interview.summary import report_lines
from viva.progress.stats import statistics, streak
from viva.scheduling.schedule import Schedule

FULL = "让更新方向更平稳；加快收敛"


@pytest.fixture
def answer(history, entries, grader, clock):
    def one(text, topic="动量"):
        parts = {"history": history, "grader": grader, "schedule": Schedule(), "clock": clock}
        interview = start(entries, seed=1, topic=topic, count=1, **parts)
        interview.submit(text)
        return interview

    return one


def test_nothing_yet(history, entries, clock):
    stats = statistics(history, entries, Schedule(), clock)
    assert (stats.questions, stats.met, stats.answered, stats.mean_score, stats.streak, stats.new) == (
        6,
        0,
        0,
        None,
        0,
        6,
    )
    assert (stats.retention, stats.override_rate, stats.hardest) == (None, None, ())
    assert len(stats.per_day) == 14
    assert stats.per_day[-1][0] == clock.now.astimezone().date()


def test_figures_of_a_few_days(history, entries, clock, answer):
    answer(FULL)
    clock.wait(days=1)
    answer("不知道", topic="weight decay").override("partial")
    clock.wait(days=1)
    answer("不知道")
    stats = statistics(history, entries, Schedule(), clock)
    assert (stats.met, stats.answered, stats.streak, stats.new) == (2, 3, 3, 4)
    assert stats.mean_score == pytest.approx((100 + 57 + 0) / 3)
    assert [count for _, count in stats.per_day[-4:]] == [0, 1, 1, 1]
    assert stats.retention == 0
    assert stats.override_rate == pytest.approx(1 / 3)
    assert [(hard.question, hard.mean_score) for hard in stats.hardest] == [
        ("为什么要用动量", 50),
        ("What does weight decay do", 57),
    ]
    clock.wait(days=30)
    later = statistics(history, entries, Schedule(), clock)
    assert (later.due_now, later.streak) == (2, 0)


@pytest.mark.parametrize(("days", "length"), [([], 0), ([0], 1), ([1, 2], 2), ([0, 1, 3], 2), ([2, 3], 0)])
def test_a_streak_waits_for_today(days, length):
    today = date(2026, 3, 10)
    assert streak([today - timedelta(days=back) for back in days], today) == length


def test_the_report_in_both_languages(answer):
    report = answer("不知道").finish()
    assert report_lines(report, "zh") == [
        "问了 1 题，回答了 1 题。",
        "平均 0 分。",
        "用时 1 秒。",
        "Optimizers：0 分，1 题",
        "最需要再看看的：",
        "0 分　为什么要用动量",
    ]
    assert report_lines(report, "en") == [
        "1 asked, 1 answered.",
        "0 points on average.",
        "It took 1 second.",
        "Optimizers: 0 points, 1 question",
        "Most worth another look:",
        "0 points: 为什么要用动量",
    ]


def test_a_strong_interview_names_no_weak_question(answer):
    assert report_lines(answer(FULL).finish(), "zh")[-1] == "Optimizers：100 分，1 题"
