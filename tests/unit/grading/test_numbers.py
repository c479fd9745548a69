"""Laws of the numbers: how witnesses join, how points weigh, how credits become a mark."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from viva.grading.calibration import calibration, verdict_of
from viva.grading.fusion import Witnesses, fitted
from viva.grading.reference import bases, shares, without_lead_ins
from viva.types import Importance, Point

unit = some.floats(0.0, 1.0)
sizes = some.integers(1, 200)


@some.composite
def readings(draw) -> np.ndarray:
    raw = np.array([draw(some.floats(0.01, 1.0)) for _ in range(4)])
    return (raw / raw.sum()).astype(np.float32)


@some.composite
def witnesses(draw) -> Witnesses:
    def one() -> np.ndarray:
        return np.array([draw(unit)])

    whole, sentence = draw(readings())[None], draw(readings())[None]
    return Witnesses(whole, sentence, one(), one(), one(), np.array([float(draw(sizes))]), draw(sizes))


@given(witnesses(), unit)
def test_whatever_speaks_for_a_point_never_lowers_its_credit(seen: Witnesses, more: float) -> None:
    before = fitted().credits(seen)[0][0]
    for name in ("similarity", "overlap", "matched"):
        raised = replace(seen, **{name: np.maximum(getattr(seen, name), more)})
        assert fitted().credits(raised)[0][0] >= before
        assert fitted().without_reader(raised)[0] >= fitted().without_reader(seen)[0]
    said = seen.whole.copy()
    said[0] = said[0] * (1 - more) + np.array([more, 0, 0, 0])
    assert fitted().credits(replace(seen, whole=said))[0][0] >= before - 1e-6


@given(witnesses(), unit)
def test_whatever_denies_a_point_never_raises_its_credit(seen: Witnesses, more: float) -> None:
    denied = seen.sentence.copy()
    denied[0] = denied[0] * (1 - more) + np.array([0, 0, 0, more])
    credit, denial = fitted().credits(seen)
    less, worse = fitted().credits(replace(seen, sentence=denied))
    assert less[0] <= credit[0] + 1e-6
    assert worse[0] >= denial[0] - 1e-6


@given(witnesses())
def test_credits_and_denials_are_shares(seen: Witnesses) -> None:
    for found in (*fitted().credits(seen), fitted().without_reader(seen)):
        assert 0.0 <= found[0] <= 1.0


def test_slopes_are_never_negative() -> None:
    assert (fitted().spoken[:, 1:] >= 0).all()
    assert (fitted().kept[:, 1:] >= 0).all()
    assert (fitted().alone[1:] >= 0).all()


@given(unit, unit, unit)
def test_the_mark_rises_with_what_is_covered_and_falls_with_what_is_wrong(
    first: float, second: float, wrong: float
) -> None:
    low, high = sorted((first, second))
    one = calibration()
    assert 0 <= one.score(low, wrong) <= one.score(high, wrong) <= 100
    assert one.score(high, wrong) <= one.score(high, 0.0)


def test_nothing_is_0_and_all_is_100() -> None:
    one = calibration()
    assert (one.score(0.0, 0.0), one.score(0.0, 1.0), one.score(1.0, 0.0)) == (0, 0, 100)
    assert [verdict_of(score) for score in (0, 39, 40, 74, 75, 100)] == ["weak"] * 2 + ["partial"] * 2 + ["strong"] * 2
    assert verdict_of(90, unsure=True) == "unsure"
    assert one.partial < one.covered
    assert one.differs < one.contradicted
    assert one.status(1.0, 0.0) == "covered"
    assert one.status(0.0, 1.0) == "contradicted"


def vectors(count: int) -> np.ndarray:
    return np.eye(max(count, 1), dtype=np.float32)[:count]


@given(some.lists(some.sampled_from(["essential", "normal", "extra"]), min_size=1, max_size=8))
def test_shares_add_up_and_extras_weigh_nothing(marks: list[Importance]) -> None:
    points = [Point(f"statement {number}", mark) for number, mark in enumerate(marks)]
    found = shares(bases(points, vectors(len(points))), marks)
    assert found.sum() == pytest.approx(1.0)
    if set(marks) != {"extra"}:
        assert all((share == 0.0) == (mark == "extra") for share, mark in zip(found, marks, strict=True))
    if "essential" not in marks or "normal" not in marks:
        return
    essential = [share for share, mark in zip(found, marks, strict=True) if mark == "essential"]
    normal = [share for share, mark in zip(found, marks, strict=True) if mark == "normal"]
    assert min(essential, default=1.0) > max(normal, default=0.0)


def test_what_is_said_already_is_an_extra_and_what_is_said_twice_counts_once() -> None:
    given = [Point("它有三个好处："), Point("收敛更快"), Point("学习率预热"), Point("更稳定"), Point("更稳定。")]
    same = vectors(5)
    same[4] = same[3]
    told = without_lead_ins(given, "学习率预热有什么好处")
    assert [point.importance for point in told] == ["extra", "normal", "extra", "normal", "normal"]
    essential = [Point(point.text, "essential") for point in given]
    assert without_lead_ins(essential, "学习率预热有什么好处") == tuple(essential), "the person knows better"
    found = shares(bases(told, same), [point.importance for point in told])
    assert found[0] == found[2] == 0.0
    assert found[3] + found[4] < found[1], "two that say the same are one"
