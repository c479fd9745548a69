"""Which questions an interview asks, and in which order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from viva.errors import InterviewError
from viva.grading.calibration import STRONG_FROM
from viva.i18n import tr
from viva.text.normal import bare, is_cjk, normalise, words
from viva.types import CardState, Entry, Order

_TYPO_FROM = 80.0
_LEAST_FUZZY = 4
_NEW = datetime.max.replace(tzinfo=UTC)


def topics(entries: Iterable[Entry]) -> list[str]:
    """Return headings and tags that an interview can keep to, those with most questions first."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for entry in entries:
        names = {bare(name): name for name in (*entry.place.headings, *entry.tags) if bare(name)}
        counts.update(names.keys())
        shown = names | shown
    return [shown[name] for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def matching(entries: Sequence[Entry], topic: str) -> list[Entry]:
    """Return the questions on a topic, in order: by heading, tag or words of the question.

    Only when nothing matches as typed, a typo is allowed for ("LTSM").
    """
    wanted = bare(topic)
    if not wanted:
        return list(entries)
    exact = [entry for entry in entries if any(_holds(text, topic) for text in _texts(entry))]
    return exact or [entry for entry in entries if any(_almost_holds(text, wanted) for text in _texts(entry))]


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.question, *entry.place.headings, *entry.tags)


def _holds(text: str, topic: str) -> bool:
    """Chinese topics are found anywhere; others as whole words, so that "RNN" is not found in "RNNLM"."""
    if any(is_cjk(character) for character in topic):
        return bare(topic) in bare(text)
    asked = [_stem(word) for word in words(normalise(topic))]
    there = [_stem(word) for word in words(normalise(text))]
    if asked and any(there[i : i + len(asked)] == asked for i in range(len(there) - len(asked) + 1)):
        return True
    return bare(topic) in {bare(word) for word in words(normalise(text))} or bare(topic) == bare(text)


def _stem(word: str) -> str:
    """Plural and singular are one topic."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _almost_holds(text: str, wanted: str) -> bool:
    if wanted.isascii():
        if len(wanted) < _LEAST_FUZZY:
            return False
        return any(_close(word, wanted) for word in map(bare, words(normalise(text))) if len(word) >= _LEAST_FUZZY - 1)
    from rapidfuzz import fuzz

    return len(wanted) >= _LEAST_FUZZY and fuzz.partial_ratio(wanted, bare(text)) >= _TYPO_FROM


def _close(word: str, wanted: str) -> bool:
    """One letter more, less, other, or two swapped; in long words more."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, wanted) <= max(1, len(wanted) // 5)


def plan(  # noqa: PLR0913 - what is asked for, each by name
    entries: Sequence[Entry],
    card_states: Mapping[str, CardState],
    *,
    seed: int,
    count: int | None,
    topic: str | None,
    order: Order,
    now: datetime,
    only: Collection[str] | None = None,
    suspended: Collection[str] = (),
) -> list[Entry]:
    """Return the questions of a new interview, in order.

    Args:
        entries: All questions.
        card_states: By entry id; not looked at where `order` is "random".
        seed: The same seed gives the same order for the same questions.
        count: At most so many; None for all.
        topic: Keep to questions on it.
        order: "random"; "due" for overdue ones first, the longest overdue leading, then new ones in random order, no
            others; "weak" for those whose last answer was not strong, the worst first, no others; "unanswered" for
            those never asked, in random order.
        now: Aware, UTC.
        only: Ids of entries to keep to; None for all.
        suspended: Ids of entries that are never asked.

    Raises:
        InterviewError: No question fits, or `count` is less than 1.
    """
    check_count(count)
    chosen = candidates(entries, topic, only, suspended)
    random.Random(seed).shuffle(chosen)  # noqa: S311 - repeatable, not secret
    return _ordered(chosen, card_states, order, now)[:count]


def check_count(count: int | None) -> None:
    """Raise InterviewError when an interview cannot have so many questions."""
    if count is not None and count < 1:
        raise InterviewError(tr("an interview needs at least 1 question, not {count}", count=count))


def candidates(
    entries: Sequence[Entry], topic: str | None, only: Collection[str] | None, suspended: Collection[str]
) -> list[Entry]:
    """Return the questions that may be asked, in order; see `plan`. Raises InterviewError when there are none."""
    found = on_topic(entries if only is None else _among(entries, only), topic)
    left = [entry for entry in found if entry.id not in suspended]
    if not left:
        raise InterviewError(tr("all of these questions are suspended: viva resume lets them be asked again"))
    return left


def _among(entries: Sequence[Entry], only: Collection[str]) -> list[Entry]:
    """Return the questions with these ids, in order. Raises InterviewError when there are none."""
    wanted = set(only)
    chosen = [entry for entry in entries if entry.id in wanted]
    if not chosen:
        raise InterviewError(tr("none of these questions is in the notes: choose others"))
    return chosen


def replan(
    entries: Mapping[int, Entry],
    planned: Sequence[int],
    position: int,
    topic: str | None,
    seed: int,
    suspended: Collection[int] = (),
) -> list[int]:
    """Return what to ask from `position` on when the topic changes: as many as were left, none that was asked.

    The question at `position` stays where it is on the topic. Those that are suspended (keys) are left out.

    Raises:
        InterviewError: Nothing is on the topic, or all of it was asked.
    """
    done = set(planned[:position])
    fitting = {entry.id for entry in on_topic(list(entries.values()), topic)}
    left = [key for key, entry in entries.items() if entry.id in fitting and key not in done and key not in suspended]
    if not left:
        raise InterviewError(tr('every question about "{topic}" was asked already: choose another topic', topic=topic))
    random.Random(f"{seed} {position} {topic or ''}").shuffle(left)  # noqa: S311 - repeatable, not secret
    left.sort(key=lambda key: key != planned[position])
    return left[: len(planned) - position]


def on_topic(entries: Sequence[Entry], topic: str | None) -> list[Entry]:
    """Return the questions on a topic, all without one. Raises InterviewError when there are none."""
    if not entries:
        raise InterviewError(tr("there are no questions to ask: add some to the notes"))
    chosen = list(entries) if topic is None else matching(entries, topic)
    if not chosen:
        known = ", ".join(topics(entries)[:5])
        hint = tr("try one of: {known}", known=known) if known else tr("try a word that the questions use")
        raise InterviewError(tr('no question is about "{topic}": {hint}', topic=topic, hint=hint))
    return chosen


def _ordered(entries: list[Entry], card_states: Mapping[str, CardState], order: Order, now: datetime) -> list[Entry]:
    if order == "due":
        return _due_first(entries, card_states, now)
    if order == "weak":
        return _weakest_first(entries, card_states)
    return _unanswered(entries, card_states) if order == "unanswered" else entries


def _weakest_first(entries: Sequence[Entry], card_states: Mapping[str, CardState]) -> list[Entry]:
    scores = {entry.id: card_states[entry.id].last_score for entry in entries}
    weak = [entry for entry in entries if (score := scores[entry.id]) is not None and score < STRONG_FROM]
    if not weak:
        raise InterviewError(tr("no question was answered weakly yet: choose random questions"))
    return sorted(weak, key=lambda entry: scores[entry.id] or 0)


def _unanswered(entries: Sequence[Entry], card_states: Mapping[str, CardState]) -> list[Entry]:
    left = [entry for entry in entries if not card_states[entry.id].reviews]
    if not left:
        raise InterviewError(tr("every question was asked already: choose random or due questions"))
    return left


def _due_first(entries: Sequence[Entry], card_states: Mapping[str, CardState], now: datetime) -> list[Entry]:
    due = {entry.id: card_states[entry.id].due or _NEW for entry in entries}
    chosen = sorted(
        (entry for entry in entries if due[entry.id] <= now or due[entry.id] == _NEW), key=lambda entry: due[entry.id]
    )
    if not chosen:
        first = min(due.values())
        raise InterviewError(
            tr(
                "nothing is due before {when:%Y-%m-%d %H:%M}: choose random questions, or come back then",
                when=first.astimezone(),
            )
        )
    return chosen
