"""Export and import of the history: JSON with everything, CSV of the turns for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from viva.errors import HistoryError
from viva.history.database import insert_row
from viva.history.history import History
from viva.history.records import grade_of, stamp
from viva.i18n import tr
from viva.reasons import why
from viva.types import FollowUp

FORMAT = "viva-history"
VERSION = 1

_QUESTIONS = ("key", "root", "file", "headings", "label", "entry_id", "text", "answer_digest", "first_seen",
              "last_seen", "vanished_at", "suspended", "decided_at", "rewritten_at")  # fmt: skip
_INTERVIEWS = ("id", "uid", "plan", "position", "seed", "topic", "mode", "started_at", "finished_at", "draft", "hints",
               "answer_limit", "spent")  # fmt: skip
_REVIEWS = ("uid", "interview_id", "question_key", "entry_id", "question", "position", "answer", "outcome", "score",
            "verdict", "grade", "proposed", "rating", "rated", "overridden", "hints", "asked_at", "answered_at",
            "seconds", "undone", "grader_score", "counts", "follow_up", "follow_up_answer", "first_score",
            "overtime")  # fmt: skip
_OUTSIDE = ("question_key", "reviewed_at", "rating", "seconds", "source")
_POINTS = ("review_uid", "point", "verdict", "importance", "words", "given_at", "counts")
_TABLES = {"questions": _QUESTIONS, "interviews": _INTERVIEWS, "reviews": _REVIEWS, "outside_reviews": _OUTSIDE,
           "point_verdicts": _POINTS}  # fmt: skip
_TABLES_SINCE = {"outside_reviews", "point_verdicts"}
"""Tables that exports of an older viva lack."""
_NULLABLE = {"vanished_at", "topic", "finished_at", "score", "verdict", "grade", "proposed", "rating",
             "grader_score", "decided_at", "rewritten_at", "follow_up", "follow_up_answer", "first_score",
             "answer_limit", "importance"}  # fmt: skip
_NUMBERS = {"key", "id", "position", "seed", "hints", "interview_id", "question_key", "score", "proposed", "rating",
            "rated", "overridden", "seconds", "undone", "grader_score", "counts", "suspended", "first_score",
            "answer_limit", "spent", "overtime"}  # fmt: skip
_FRACTIONS = {"seconds", "spent"}
_SINCE: dict[str, int | None] = {
    "grader_score": None, "counts": 1, "suspended": 0, "decided_at": None, "rewritten_at": None, "follow_up": None,
    "follow_up_answer": None, "first_score": None, "answer_limit": None, "spent": 0, "overtime": 0,
}  # fmt: skip
"""Columns that exports of an older viva lack, with their defaults."""
_TIMES = {"first_seen", "last_seen", "vanished_at", "started_at", "finished_at", "asked_at", "answered_at",
          "decided_at", "rewritten_at", "reviewed_at", "given_at"}  # fmt: skip
_CSV = ("answered_at", "question_id", "question", "answer", "outcome", "score", "verdict", "proposed", "rating",
        "hints", "overridden", "seconds", "interview", "follow_up", "follow_up_answer", "first_score")  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_DECIDE = "UPDATE questions SET suspended = ?, decided_at = ? WHERE key = ? AND (decided_at IS NULL OR decided_at < ?)"

ExportedRow = Mapping[str, Any]
"""A row of a table as it stands in an export."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added; what was there already is not counted."""

    questions: int
    interviews: int
    reviews: int


def export_json(history: History, now: datetime) -> str:
    """Return the whole history as JSON text, undone turns included."""
    tables = {
        # Column and table names are the constants above.
        name: [dict(row) for row in history.database.rows(f"SELECT {', '.join(columns)} FROM {name} ORDER BY rowid")]  # noqa: S608
        for name, columns in _TABLES.items()
    }
    return json.dumps({"format": FORMAT, "version": VERSION, "exported_at": stamp(now), **tables}, ensure_ascii=False)


def export_csv(history: History) -> str:
    """Return the turns as CSV text, oldest first, with a header.

    What a spreadsheet would run as a formula starts with an apostrophe instead: answers are untrusted text.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_CSV)
    for review in reversed(history.reviews()):
        writer.writerow(
            (
                stamp(review.answered_at), *map(_guarded, (review.question_id, review.question, review.answer)),
                review.outcome, review.score, review.verdict,
                review.proposed and int(review.proposed), review.rating and int(review.rating), review.hints,
                int(review.overridden), round(review.seconds, 1), review.interview_id,
                *(_follow_up_cells(review.follow_up) if review.follow_up else (None, None, None)),
            )
        )  # fmt: skip
    return file.getvalue()


def import_json(history: History, text: str) -> Imported:
    """Merge an export into the history; what is there already stays as it is.

    Raises:
        HistoryError: The text is no export, or a part of it cannot be used; nothing has changed then.
    """
    tables = _read(text)
    with history.database.transaction() as connection:
        try:
            keys, questions = _merge_questions(connection, tables["questions"])
            interviews, begun = _merge_interviews(connection, tables["interviews"], keys)
            reviews = _merge_reviews(connection, tables["reviews"], keys, interviews)
            reviews += _merge_outside(connection, tables["outside_reviews"], keys)
            _merge_points(connection, tables["point_verdicts"])
        except (sqlite3.IntegrityError, sqlite3.InterfaceError, KeyError, OverflowError) as error:
            raise HistoryError(
                tr("this export cannot be used ({error}); nothing was imported: export it again", error=why(error))
            ) from error
        # Merged turns change the schedule of their questions; cards are folded again when they are next asked for.
        connection.execute("DELETE FROM cards")
    return Imported(questions, begun, reviews)


def _read(text: str) -> dict[str, list[ExportedRow]]:
    try:
        values = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise HistoryError(
            tr("this is not JSON ({error}): choose a file made by `viva export`", error=why(error))
        ) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise HistoryError(tr("this file is no history of viva: choose a file made by `viva export`"))
    if values.get("version") != VERSION:
        raise HistoryError(
            tr(
                "this export has version {version!r}, not {known}: upgrade viva and try again",
                version=values.get("version"),
                known=VERSION,
            )
        )
    return {name: _table(values.get(name, [] if name in _TABLES_SINCE else None), name) for name in _TABLES}


def _table(rows: object, name: str) -> list[ExportedRow]:
    if not isinstance(rows, list):
        raise HistoryError(tr('this export lacks its "{name}"; nothing was imported: export it again', name=name))
    for number, row in enumerate(rows, start=1):
        if problem := _problem(row, _TABLES[name]):
            raise HistoryError(
                tr(
                    "{name}, row {number}: {problem}; nothing was imported: export it again",
                    name=name,
                    number=number,
                    problem=problem,
                )
            )
    return rows


def _problem(row: object, columns: Sequence[str]) -> str | None:
    if not isinstance(row, dict):
        return tr("it is not an object")
    for column in columns:
        if column not in row and column not in _SINCE:
            return tr('"{column}" is missing', column=column)
        if problem := _value_problem(column, row.get(column, _SINCE.get(column))):
            return problem
    return None


def _value_problem(column: str, value: object) -> str | None:
    if value is None:
        return None if column in _NULLABLE else tr('"{column}" is empty', column=column)
    if column in _NUMBERS:
        whole = isinstance(value, int) and not isinstance(value, bool)
        fitting = whole or (column in _FRACTIONS and isinstance(value, float))
        return None if fitting else tr('"{column}" is not a number', column=column)
    if not isinstance(value, str):
        return tr('"{column}" is not text', column=column)
    return _text_problem(column, value)


def _text_problem(column: str, value: str) -> str | None:
    try:
        value.encode("utf-8")
        if column in _TIMES and datetime.fromisoformat(value).utcoffset() is None:
            return tr('"{column}" has no time zone', column=column)
        if column == "grade":
            grade_of(value)
        if column in ("plan", "headings"):
            kind = int if column == "plan" else str
            items = json.loads(value)
            if not isinstance(items, list) or not all(type(item) is kind for item in items):
                return tr('"{column}" is not a list', column=column)
    except (ValueError, KeyError, TypeError, AttributeError):
        return tr('"{column}" cannot be read', column=column)
    return None


def _merge_questions(connection: sqlite3.Connection, rows: Sequence[ExportedRow]) -> tuple[dict[int, int], int]:
    """Add unknown questions; return {exported key: key here} and how many were added.

    A question is the same when place and text are; what only looks alike is left to `reconcile`.

    Whether it is suspended is what was decided last, in either history.
    """
    known = {
        (row["root"], row["file"], row["headings"], row["label"], row["text"]): int(row["key"])
        for row in connection.execute("SELECT * FROM questions")
    }
    keys: dict[int, int] = {}
    added = 0
    for row in rows:
        identity = (row["root"], row["file"], row["headings"], row["label"], row["text"])
        if identity not in known:
            known[identity] = _insert_row(connection, "questions", _QUESTIONS[1:], {**_SINCE, **row})
            added += 1
        elif decided := _utc(row.get("decided_at")):
            connection.execute(_DECIDE, (row.get("suspended", 0), decided, known[identity], decided))
        keys[row["key"]] = known[identity]
    return keys, added


def _merge_interviews(
    connection: sqlite3.Connection, rows: Sequence[ExportedRow], keys: Mapping[int, int]
) -> tuple[dict[int, int], int]:
    known = {row["uid"]: int(row["id"]) for row in connection.execute("SELECT id, uid FROM interviews")}
    ids: dict[int, int] = {}
    added = 0
    for row in rows:
        if row["uid"] not in known:
            plan = json.dumps([keys[key] for key in json.loads(row["plan"])])
            known[row["uid"]] = _insert_row(connection, "interviews", _INTERVIEWS[1:], {**_SINCE, **row, "plan": plan})
            added += 1
        ids[row["id"]] = known[row["uid"]]
    return ids, added


def _merge_reviews(
    connection: sqlite3.Connection, rows: Sequence[ExportedRow], keys: Mapping[int, int], interviews: Mapping[int, int]
) -> int:
    known = {row["uid"] for row in connection.execute("SELECT uid FROM reviews")}
    added = 0
    for row in rows:
        if row["uid"] not in known:
            moved = {"interview_id": interviews[row["interview_id"]], "question_key": keys[row["question_key"]]}
            _insert_row(connection, "reviews", _REVIEWS, {**_SINCE, **row, **moved})
            known.add(row["uid"])
            added += 1
    return added


def _merge_outside(connection: sqlite3.Connection, rows: Sequence[ExportedRow], keys: Mapping[int, int]) -> int:
    known = {(row[0], row[1]) for row in connection.execute("SELECT question_key, reviewed_at FROM outside_reviews")}
    added = 0
    for row in rows:
        place = (keys[row["question_key"]], _utc(row["reviewed_at"]))
        if place not in known:
            _insert_row(connection, "outside_reviews", _OUTSIDE, {**row, "question_key": place[0]})
            known.add(place)
            added += 1
    return added


def _merge_points(connection: sqlite3.Connection, rows: Sequence[ExportedRow]) -> None:
    """Add unknown verdicts on points; one that was given here on the same answer stays."""
    sql = "SELECT review_uid, point, verdict IS NULL FROM point_verdicts"
    known = {(row[0], row[1], bool(row[2])) for row in connection.execute(sql)}
    for row in rows:
        place = (row["review_uid"], row["point"], row["verdict"] is None)
        if place not in known:
            _insert_row(connection, "point_verdicts", _POINTS, row)
            known.add(place)


def _insert_row(connection: sqlite3.Connection, table: str, columns: Sequence[str], row: ExportedRow) -> int:
    return insert_row(connection, table, {name: _utc(row[name]) if name in _TIMES else row[name] for name in columns})


def _utc(value: str | None) -> str | None:
    return None if value is None else stamp(datetime.fromisoformat(value).astimezone(UTC))


def _follow_up_cells(follow_up: FollowUp) -> tuple[str, str, int | None]:
    return _guarded(follow_up.question), _guarded(follow_up.answer or ""), follow_up.first_score


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
