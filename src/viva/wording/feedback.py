"""Feedback as plain lines, one fact each, in the language of the question; what the notes say comes first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from viva.text.english import counted
from viva.text.moments import local_day
from viva.text.normal import language_of
from viva.types import Entry, Feedback, Grade, Language, Near, PointResult, Review, Verdict
from viva.wording import sentences
from viva.wording.highlight import quoted
from viva.wording.passages import also_near, reference


def reference_lines(entry: Entry) -> list[str]:
    """Return what the notes answer, after its place; nothing where they do not answer."""
    if not entry.answered:
        return []
    chinese = language_of(entry.question) == "zh"
    place = f"笔记里的答案（{entry.file}:{entry.line}）：" if chinese else f"In your notes ({entry.file}:{entry.line}):"
    return [place, *entry.answer.strip().splitlines()]


def kept_reference_lines(feedback: Feedback) -> list[str]:
    """Return what the notes answer, as they are now or as the grade kept it."""
    entry = reference(feedback.question.entry, feedback.grade)
    return [] if entry is None else reference_lines(entry)


def answer_lines(entry: Entry) -> list[str]:
    """Return the answer of the notes, and its place after it."""
    place = f"{entry.file}:{entry.line}"
    return [*entry.answer.splitlines(), f"（{place}）" if language_of(entry.question) == "zh" else f"({place})"]


def graded_lines(feedback: Feedback, now: datetime) -> list[str]:
    """Return what was made of an answer: score, warnings, points, and when it is asked again.

    While a follow-up waits, only what was covered; `rest_lines` tell the rest.
    """
    language, grade = feedback.question.language, feedback.grade
    lines = [*judged_lines(feedback), *flag_lines(feedback)]
    for number, point in enumerate(grade.points, start=1):
        if not feedback.waits or point.status == "covered":
            lines += point_lines(point, language, number)
    if feedback.waits:
        return [*lines, *kept_back_lines(grade, language)]
    return [*lines, *_around_lines(feedback, now)]


def rest_lines(feedback: Feedback, now: datetime) -> list[str]:
    """Return what was kept back while the follow-up waited."""
    thin = [(at, point) for at, point in enumerate(feedback.grade.points, start=1) if point.status != "covered"]
    lines = [line for at, point in thin for line in point_lines(point, feedback.question.language, at)]
    return [*kept_reference_lines(feedback), *lines, *_around_lines(feedback, now)]


def judged_lines(feedback: Feedback) -> list[str]:
    """Return the score, and what the answer to the follow-up changed about it."""
    language = feedback.question.language
    lines = score_lines(feedback.grade, language, overridden=feedback.overridden, hints=feedback.hints)
    if lines and feedback.gain is not None:
        change = sentences.GAINED if feedback.gain > 0 else sentences.LOST if feedback.gain < 0 else sentences.UNCHANGED
        points = str(abs(feedback.gain)) if language == "zh" else counted(abs(feedback.gain), "point")
        lines.append(change[language].format(points=points))
    return lines


def judgement_lines(feedback: Feedback, now: datetime) -> list[str]:
    """Return what stands after the user's own word on an answer: score, rating, when it is asked again."""
    return [*judged_lines(feedback), *due_lines(feedback, now)]


def hints_text(hints: int, language: Language) -> str:
    """Return how many hints were taken; nothing when none was."""
    if not hints:
        return ""
    return f"用了 {hints} 次提示" if language == "zh" else counted(hints, "hint")


def kept_back_lines(grade: Grade, language: Language) -> list[str]:
    """Return that some points are not told yet."""
    count = sum(point.status != "covered" for point in grade.points)
    points = str(count) if language == "zh" else counted(count, "point")
    return [sentences.KEPT_BACK[language].format(points=points)] if count else []


def _around_lines(feedback: Feedback, now: datetime) -> list[str]:
    language, near = feedback.question.language, also_near(feedback.question.entry, feedback.grade)
    lines = [] if (nearer := shown_nearer(feedback)) is None else [nearer_line(nearer, language)]
    lines += [sentences.LEECH[language]] if feedback.leech else []
    return [*lines, *(near_line(one, language) for one in near), *due_lines(feedback, now)]


def score_lines(grade: Grade, language: Language, *, overridden: bool = False, hints: int = 0) -> list[str]:
    """Return the score with its verdict and the hints taken; no score where viva is unsure what it is worth."""
    if "no-reference" in grade.flags and not overridden:
        return []
    word = verdict_word(grade.verdict, grade.flags, language, overridden=overridden)
    if overridden:
        word += "（由你判定）" if language == "zh" else " (your verdict)"
    score = f"{grade.score} 分" if language == "zh" else counted(grade.score, "point")
    parts = [word] if grade.verdict == "unsure" else [score, word]
    return [("，" if language == "zh" else ", ").join([*parts, *filter(None, [hints_text(hints, language)])])]


def verdict_word(verdict: Verdict, flags: Collection[str], language: Language, *, overridden: bool = False) -> str:
    """Return a verdict in words; the user's own is never called brief."""
    own = overridden or not {"accepted-before", "judged-before"}.isdisjoint(flags)
    brief = verdict == "strong" and "brief" in flags and not own
    return (sentences.BRIEF if brief else sentences.VERDICT[verdict])[language]


def flag_lines(feedback: Feedback) -> list[str]:
    """Return what the flags of a grade mean, as far as they are told; another entry is named by `nearer_line`."""
    language = feedback.question.language
    flags = [flag for flag in shown_flags(feedback) if flag != "other-entry"]
    if feedback.grade.verdict == "partial":
        flags = ["accepted-in-part" if flag == "accepted-before" else flag for flag in flags]
    return [sentences.FLAG[flag][language] for flag in flags]


def shown_nearer(feedback: Feedback) -> Near | None:
    """Return the entry that is named because the answer fits it better than the one asked."""
    return feedback.nearer if "other-entry" in shown_flags(feedback) else None


def point_lines(point: PointResult, language: Language, number: int | None = None) -> list[str]:
    """Return what was said of a point, under its number where it can be judged by that, and the words matched."""
    status = sentences.STATUS[point.status][language] + point_notes(point, language)
    colon, opening, closing = ("：", "“", "”") if language == "zh" else (": ", '"', '"')
    lines = [f"{'' if number is None else f'{number}. '}{status}{colon}{_flat(point.text)}"]
    matched, against = quoted(point)
    if matched:
        you_said = "你说的是" if language == "zh" else "you said"
        lines.append(f"{you_said}{colon}{opening}{_flat(matched)}{closing}")
    if against:
        you_also_said = "但你也说" if language == "zh" else "but you also said"
        lines.append(f"{you_also_said}{colon}{opening}{_flat(against)}{closing}")
    return lines


def point_notes(point: PointResult, language: Language) -> str:
    """Return what the user said of a point, in brackets: that the status is theirs, and how much it matters."""
    notes = [sentences.JUDGED[language]] if point.judged else []
    notes += [sentences.IMPORTANCE[point.importance][language]] if point.importance != "normal" else []
    joined = ("，" if language == "zh" else ", ").join(notes)
    return (f"（{joined}）" if language == "zh" else f" ({joined})") if notes else ""


def point_judged_lines(feedback: Feedback, number: int, now: datetime) -> list[str]:
    """Return what stands after the user's word on a point, from 1: the point, then as after one on the answer."""
    point = feedback.grade.points[number - 1]
    return [point_lines(point, feedback.question.language, number)[0], *judgement_lines(feedback, now)]


def near_line(near: Near, language: Language) -> str:
    """Return the name and the place of a further entry that is near the answer."""
    if language == "zh":
        return f"也接近：“{_flat(near.question)}”（{near.file}:{near.line}）"
    return f'Also near: "{_flat(near.question)}" ({near.file}:{near.line})'


def nearer_line(near: Near, language: Language) -> str:
    """Return the name and the place of another entry that the answer fits better than the one asked."""
    if language == "zh":
        return f"比起这题，更接近另一题“{_flat(near.question)}”（{near.file}:{near.line}）。"
    return f'Nearer to another question: "{_flat(near.question)}" ({near.file}:{near.line}).'


def due_lines(feedback: Feedback, now: datetime) -> list[str]:
    """Return the rating in force and when the question comes up again; where viva is unsure, what it waits for."""
    language = feedback.question.language
    when = until(feedback.due, now, language)
    if feedback.unjudged:
        return [sentences.JUDGE[language], sentences.UNTIL_JUDGED[language].format(when=when)]
    rating = sentences.RATING[int(feedback.rating)][language]
    return [f"记为“{rating}”，{when}再问。" if language == "zh" else f"Counted as {rating}; asked again {when}."]


def until(due: datetime, now: datetime, language: Language) -> str:
    """Return how far away a moment is: today, tomorrow, in days, months or years; days are the user's own."""
    days = (local_day(due) - local_day(now)).days
    if days <= 1:
        return ("今天" if days <= 0 else "明天") if language == "zh" else ("today" if days <= 0 else "tomorrow")
    count, zh, en = (days, "天", "day") if days < 60 else (round(days / 30.44), "个月", "month")
    if days >= 730:
        count, zh, en = round(days / 365.25), "年", "year"
    return f"{count} {zh}后" if language == "zh" else f"in {count} {en}{'' if count == 1 else 's'}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def followed(review: Review, language: Language) -> list[tuple[str, str]]:
    """Return the follow-up to an answer and what was said to it, each with its name; nothing where none was asked."""
    asked = review.follow_up
    if asked is None:
        return []
    added = [(sentences.ADDED[language], asked.answer)] if asked.answer and asked.answer.strip() else []
    if asked.first_score is None:
        return [(sentences.FOLLOW_UP[language], asked.question), *added]
    return [
        (sentences.FOLLOW_UP[language], asked.question),
        *added,
        (sentences.BEFORE[language], str(asked.first_score)),
    ]


def skipped_or_shown(review: Review, language: Language) -> str:
    """Return what happened instead of an answer."""
    return (sentences.WAS_SHOWN if review.outcome == "revealed" else sentences.WAS_SKIPPED)[language]


ORDER = (
    "accepted-before", "judged-before", "no-reference", "empty", "dont-know", "echo", "gibberish", "other-entry",
    "copied", "off-topic", "keywords",
)  # fmt: skip
"""The user's word before viva's, what is no answer before what is wrong with one; only the first is told.

`brief` is told by the verdict, and `adapted`, which is about the verdict alone, beside what is wrong with an answer.
"""
_BESIDE_ADAPTED = frozenset(("other-entry", "copied", "off-topic", "keywords"))
_OF_JUDGED = frozenset(("no-reference", "other-entry"))
"""What is still told of an answer once the user gave a verdict on it."""
_HOLDS: dict[str, Callable[[Feedback], bool]] = {
    "accepted-before": lambda feedback: feedback.grade.score > 0 and feedback.grade.verdict in ("strong", "partial"),
    "dont-know": lambda feedback: feedback.grade.score == 0,
    "off-topic": lambda feedback: all(point.status not in ("covered", "partial") for point in feedback.grade.points),
    "other-entry": lambda feedback: (
        feedback.nearer is not None and not (feedback.overridden and feedback.grade.verdict == "strong")
    ),
}
"""When the sentence of a flag is true; the others always are."""


def shown_flags(feedback: Feedback) -> tuple[str, ...]:
    """Return the flags of a grade that are told; `other-entry` stands for the line that names the other entry."""
    flags = [flag for flag in feedback.grade.flags if flag not in _HOLDS or _HOLDS[flag](feedback)]
    if feedback.overridden:
        flags = [flag for flag in flags if flag in _OF_JUDGED]
    first = tuple(flag for flag in ORDER if flag in flags)[:1]
    return (*first, "adapted") if "adapted" in flags and _BESIDE_ADAPTED.issuperset(first) else first
