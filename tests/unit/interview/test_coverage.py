"""The selection of a mock interview: spread over topics, fair to their sizes, none twice in a row without need."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.errors import InterviewError
from viva.interview.coverage import spread, topics_apart
from viva.types import Entry, Place

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=8)


def entry(at, headings=(), tags=(), file="a.md"):
    place = Place("/nowhere", file, tuple(headings), str(at))
    return Entry(f"{file}#{at}", place, str(at), f"question {at}", "x", (), file, at, at, tuple(tags))


def notes(sizes):
    numbered = iter(range(1, sum(sizes) + 1))
    return [entry(next(numbered), ("All notes", f"topic {t}")) for t, size in enumerate(sizes) for _ in range(size)]


def topics_of(chosen, entries):
    names = dict(zip([each.id for each in entries], topics_apart(entries), strict=True))
    return [names[each.id] for each in chosen]


@given(sizes=SIZES, count=st.integers(1, 100), seed=st.integers(0, 10**6))
def test_a_spread_keeps_its_laws(sizes, count, seed):
    entries = notes(sizes)
    chosen = spread(entries, seed=seed, count=count)
    assert len(chosen) == len({each.id for each in chosen}) == min(count, len(entries))
    assert chosen == spread(entries, seed=seed, count=count)
    asked = topics_of(chosen, entries)
    shares = Counter(asked)
    assert len(shares) == min(len(sizes), len(chosen)), "as many topics as there can be"
    most = max(shares.values())
    repeats = sum(one == two for one, two in pairwise(asked))
    assert repeats == max(0, 2 * most - len(asked) - 1), "in a row only where it cannot be avoided"


@given(sizes=SIZES, count=st.integers(1, 60), seed=st.integers(0, 10**6))
def test_what_every_topic_has_besides_its_first_goes_by_size(sizes, count, seed):
    entries = notes(sizes)
    if len(sizes) == 1 or not len(sizes) <= count <= len(entries):
        return
    shares = Counter(topics_of(spread(entries, seed=seed, count=count), entries))
    rest, total = count - len(sizes), max(1, len(entries) - len(sizes))
    for topic, size in enumerate(sizes):
        share, exact = shares[f"topic{topic}"] - 1, (size - 1) * rest / total
        assert abs(share - exact) < 1
        assert share <= size - 1


def test_topics_take_turns():
    asked = topics_of(spread(notes([4, 4, 4]), seed=5, count=12), notes([4, 4, 4]))
    for start in range(0, 12, 3):
        assert len(set(asked[start : start + 3])) == 3


def test_with_few_questions_larger_topics_are_likelier():
    entries = notes([9, 1])
    first = Counter(topics_of(spread(entries, seed=seed, count=1), entries)[0] for seed in range(400))
    assert 320 <= first["topic0"] <= 395


def test_every_question_can_be_asked():
    entries = notes([3, 7, 1])
    seen = {each.id for seed in range(200) for each in spread(entries, seed=seed, count=3)}
    assert seen == {each.id for each in entries}


def test_the_topic_a_question_counts_for():
    one = [entry(1, ("Title", "CNN", "Pooling")), entry(2, ("Title", "RNN"), ("seq",)), entry(3, ("Title",), ("misc",))]
    plain = [entry(4, file="b.txt"), entry(5, file="b.txt", tags=("CNN",))]
    assert topics_apart([*one, *plain]) == ["cnn", "rnn", "misc", "/nowhere/b.txt", "cnn"]
    assert topics_apart(one[:1]) == ["/nowhere/a.md"], "what all questions share parts none"


def test_a_topic_and_named_questions_are_kept_to():
    entries = notes([3, 3])
    assert set(topics_of(spread(entries, seed=1, count=None, topic="topic 1"), entries)) == {"topic1"}
    assert {each.id for each in spread(entries, seed=1, count=9, only={"a.md#1", "a.md#6"})} == {"a.md#1", "a.md#6"}
    for wrong in ({"count": 0}, {"count": 3, "topic": "gravity"}, {"count": 3, "only": {"gone"}}):
        with pytest.raises(InterviewError):
            spread(entries, seed=1, **wrong)
