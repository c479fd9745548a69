"""What viva says: plain lines, one fact each, in the language of the question. The faces add style.

Small functions, so that a face can lay the parts out itself; `Interviewer` strings them together and varies the words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from viva.practice import wording
from viva.practice.dialogue import Intent
from viva.practice.phrases import NAMES, Kind
from viva.practice.report import Progress, report_lines
from viva.practice.weeks import local_day
from viva.text.english import counted
from viva.text.normal import language_of
from viva.types import Entry, Feedback, Grade, Hit, Language, Near, PointResult, Question, Report


class Interviewer:
    """Speaks one language with a memory of what it said last, so that it does not say it twice in a row."""

    def __init__(self, language: Language, rng: random.Random) -> None:
        """Make an interviewer.

        Args:
            language: Of what is not about one question; what is about a question is in the question's.
            rng: Chooses the wording; the same one gives the same talk.
        """
        self.language = language
        self._rng = rng
        self._said: dict[tuple[str, ...], str] = {}

    def greeting(self, total: int, *, resumed: bool = False, position: int = 1) -> str:
        """Return the first sentence; `position` is that of the question a resumed interview goes on with."""
        choices = (wording.RESUMED if resumed else wording.GREETING)[self.language]
        return self._say(choices).format(total=total, position=position, questions=counted(total, "question"))

    def ask(self, question: Question) -> list[str]:
        """Return where we are, the headings if any, and the question."""
        return [position_line(question), *headings_lines(question.entry), question.entry.question]

    def acknowledge(self, feedback: Feedback) -> str:
        """Return a sentence in the tone of the verdict."""
        language = feedback.question.language
        if "dont-know" in feedback.grade.flags:
            return self._say(wording.UNKNOWN[language])
        return self._say(wording.ACKNOWLEDGE[feedback.grade.verdict][language])

    def feedback_lines(self, feedback: Feedback, now: datetime) -> list[str]:
        """Return all there is to tell of an answer, one fact a line.

        While a follow-up waits, that is what was covered, and the follow-up; `rest_lines` tell the rest.
        """
        language, grade = feedback.question.language, feedback.grade
        lines = [self.acknowledge(feedback), *judged_lines(feedback), *flag_lines(feedback)]
        for point in grade.points:
            if not feedback.waits or point.status == "covered":
                lines += point_lines(point, language)
        if feedback.waits and feedback.follow_up is not None:
            return [*lines, *kept_back_lines(grade, language), feedback.follow_up.question]
        return [*lines, *_around_lines(feedback, now)]

    def rest_lines(self, feedback: Feedback, now: datetime) -> list[str]:
        """Return what was kept back while the follow-up waited."""
        thin = [point for point in feedback.grade.points if point.status != "covered"]
        lines = [line for point in thin for line in point_lines(point, feedback.question.language)]
        return [*lines, *_around_lines(feedback, now)]

    def skipped(self, entry: Entry) -> str:
        """Return what to say when a question was skipped."""
        return self._say(wording.SKIPPED[language_of(entry.question)])

    def suspended(self, entry: Entry, *, moved_on: bool = True) -> str:
        """Return what to say when a question was suspended; `moved_on` tells whether `undo` takes that back."""
        return (wording.SUSPENDED if moved_on else wording.SET_ASIDE)[language_of(entry.question)]

    def revealed(self, entry: Entry) -> list[str]:
        """Return the answer of the notes with its place."""
        language = language_of(entry.question)
        if not entry.answered:
            return ["笔记里没有这题的答案。" if language == "zh" else "Your notes do not answer this question."]
        place = f"（{entry.file}:{entry.line}）" if language == "zh" else f"({entry.file}:{entry.line})"
        return [self._say(wording.REVEALED[language]), *entry.answer.splitlines(), place]

    def progress_lines(self, progress: Progress) -> list[str]:
        """Return how it is going."""
        return progress_lines(progress, self.language)

    def did_you_mean(self, intent: Intent) -> str:
        """Return the question to ask after a near miss."""
        told = wording.KIND[intent.kind][self.language] if intent.kind != "answer" else ""
        if self.language == "zh":
            return f"你是想{told}吗？如果这就是你的答案，请说不是。"
        return f"Did you mean to {told}? Say no if this is your answer."

    def goodbye(self, report: Report) -> list[str]:
        """Return the last words: the report."""
        return [self._say(wording.GOODBYE[self.language]), *report_lines(report, self.language)]

    def leaving(self) -> str:
        """Return what to say when the person leaves in the middle."""
        return wording.LEAVING[self.language]

    def _say(self, choices: Sequence[str]) -> str:
        key = tuple(choices)
        fresh = [choice for choice in choices if choice != self._said.get(key)]
        self._said[key] = self._rng.choice(fresh or list(choices))
        return self._said[key]


def position_line(question: Question) -> str:
    """Return which question of how many this is."""
    if question.language == "zh":
        return f"第 {question.position} 题，共 {question.total} 题"
    return f"Question {question.position} of {question.total}"


def headings_lines(entry: Entry) -> list[str]:
    """Return the headings above a question as one line, or nothing."""
    return [" › ".join(entry.place.headings)] if entry.place.headings else []


def judged_lines(feedback: Feedback) -> list[str]:
    """Return the score, and what the answer to the follow-up changed about it."""
    language = feedback.question.language
    lines = score_lines(feedback.grade, language, overridden=feedback.overridden, hints=feedback.hints)
    if lines and feedback.gain is not None:
        change = wording.GAINED if feedback.gain > 0 else wording.LOST if feedback.gain < 0 else wording.UNCHANGED
        points = str(abs(feedback.gain)) if language == "zh" else counted(abs(feedback.gain), "point")
        lines.append(change[language].format(points=points))
    return lines


def judgement_lines(feedback: Feedback, now: datetime) -> list[str]:
    """Return what stands after the person's own word on an answer: score, rating, when it is asked again."""
    return [*judged_lines(feedback), due_line(feedback, now)]


def hints_text(hints: int, language: Language) -> str:
    """Return how many hints were taken; nothing when none was."""
    if not hints:
        return ""
    return f"用了 {hints} 次提示" if language == "zh" else counted(hints, "hint")


def kept_back_lines(grade: Grade, language: Language) -> list[str]:
    """Return that some points are not told yet."""
    count = sum(point.status != "covered" for point in grade.points)
    told = str(count) if language == "zh" else counted(count, "point")
    return [wording.KEPT_BACK[language].format(points=told)] if count else []


def _around_lines(feedback: Feedback, now: datetime) -> list[str]:
    language, passage = feedback.question.language, feedback.grade.passage
    lines = [nearer_line(feedback.nearer, language)] if feedback.nearer is not None else []
    lines += [wording.LEECH[language]] if feedback.leech else []
    lines += passage_lines(passage, language) if passage is not None else []
    lines += [near_line(one, language) for one in feedback.grade.near]
    return [*lines, due_line(feedback, now)]


def score_lines(grade: Grade, language: Language, *, overridden: bool = False, hints: int = 0) -> list[str]:
    """Return the score with its verdict and the hints taken; nothing where there was no answer to compare with."""
    if "no-reference" in grade.flags and not overridden:
        return []
    verdict = wording.VERDICT[grade.verdict][language]
    if language == "zh":
        told = [f"{grade.score} 分", verdict + ("（由你判定）" if overridden else "")]
    else:
        told = [counted(grade.score, "point"), verdict + (" (your verdict)" if overridden else "")]
    return [("，" if language == "zh" else ", ").join([*told, *filter(None, [hints_text(hints, language)])])]


def flag_lines(feedback: Feedback) -> list[str]:
    """Return what the flags of a grade mean, but for those that the warning of another question tells as well."""
    told = wording.TOLD_BY_NEARER if feedback.nearer is not None else frozenset()
    language = feedback.question.language
    return [wording.FLAG[flag][language] for flag in feedback.grade.flags if flag in wording.FLAG and flag not in told]


def point_lines(point: PointResult, language: Language) -> list[str]:
    """Return what was said of a point, and the words that were matched."""
    status = wording.STATUS[point.status][language]
    colon, opening, closing = ("：", "“", "”") if language == "zh" else (": ", '"', '"')
    lines = [f"{status}{colon}{_flat(point.text)}"]
    if point.evidence.strip():
        said = "你说的是" if language == "zh" else "you said"
        lines.append(f"{said}{colon}{opening}{_flat(point.evidence)}{closing}")
    if point.against:
        but = "但你也说" if language == "zh" else "but you also said"
        lines.append(f"{but}{colon}{opening}{_flat(point.against)}{closing}")
    return lines


def passage_lines(hit: Hit, language: Language) -> list[str]:
    """Return the closest passage of the notes with its place."""
    if language == "zh":
        return [f"笔记里最接近的一段（{hit.file}:{hit.line}）：", *hit.passage.strip().splitlines()]
    return [f"The closest passage in your notes ({hit.file}:{hit.line}):", *hit.passage.strip().splitlines()]


def near_line(near: Near, language: Language) -> str:
    """Return the name and the place of a further entry that is near the answer."""
    if language == "zh":
        return f"也接近：“{_flat(near.question)}”（{near.file}:{near.line}）"
    return f'Also near: "{_flat(near.question)}" ({near.file}:{near.line})'


def nearer_line(hit: Hit, language: Language) -> str:
    """Return the warning that the answer fits another question."""
    if language == "zh":
        return f"注意：这个回答更像是在答另一题“{_flat(hit.question)}”（{hit.file}:{hit.line}）。"
    return f'Careful: this fits another question better, "{_flat(hit.question)}" ({hit.file}:{hit.line}).'


def due_line(feedback: Feedback, now: datetime) -> str:
    """Return the rating in force and when the question comes up again, in plain words."""
    language = feedback.question.language
    rating = wording.RATING[int(feedback.rating)][language]
    when = until(feedback.due, now, language)
    return f"记为“{rating}”，{when}再问。" if language == "zh" else f"Counted as {rating}; asked again {when}."


def until(due: datetime, now: datetime, language: Language) -> str:
    """Return how far away a moment is: today, tomorrow, in days, months or years; days are the person's own."""
    days = (local_day(due) - local_day(now)).days
    if days <= 1:
        return ("今天" if days <= 0 else "明天") if language == "zh" else ("today" if days <= 0 else "tomorrow")
    count, zh, en = (days, "天", "day") if days < 60 else (round(days / 30.44), "个月", "month")
    if days >= 730:
        count, zh, en = round(days / 365.25), "年", "year"
    return f"{count} {zh}后" if language == "zh" else f"in {count} {en}{'' if count == 1 else 's'}"


def progress_lines(progress: Progress, language: Language) -> list[str]:
    """Return how it is going, one fact a line."""
    left = progress.total - progress.asked
    if language == "zh":
        lines = [f"{progress.total} 题里已经问了 {progress.asked} 题，还剩 {left} 题。"]
        if progress.mean_score is not None:
            lines.append(f"回答了 {progress.answered} 题，平均 {progress.mean_score:.0f} 分。")
        if progress.weak_topics:
            lines.append(f"比较弱的部分：{'、'.join(progress.weak_topics)}。")
        return lines
    lines = [f"{progress.asked} of {counted(progress.total, 'question')} asked, {left} left."]
    if progress.mean_score is not None:
        lines.append(f"{progress.answered} answered, {progress.mean_score:.0f} points on average.")
    if progress.weak_topics:
        lines.append(f"Weaker so far: {', '.join(progress.weak_topics)}.")
    return lines


def help_lines(language: Language) -> list[str]:
    """Return what can be said besides an answer, one command a line with its slash form."""
    opening = "直接输入就是回答。也可以说：" if language == "zh" else "What you type is your answer. You can also say:"
    ending = (
        "以斜杠开头的回答，请写两个斜杠。" if language == "zh" else "Begin an answer that starts with a slash with two."
    )
    return [opening, *(command_line(kind, language) for kind in NAMES), ending]


def command_line(kind: Kind, language: Language) -> str:
    """Return one command as help shows it: its name after a slash, and what it does."""
    chinese = next(name for name in NAMES[kind] if not name.isascii())
    name = chinese if language == "zh" else NAMES[kind][0]
    return (
        f"/{name}　{wording.KIND[kind][language]}" if language == "zh" else f"/{name}  {wording.KIND[kind][language]}"
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
