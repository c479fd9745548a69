"""The questions of the history: kept in step with the notes, and marked, never deleted, when they vanish."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from viva.files import file_key
from viva.history.database import Database, insert_row
from viva.history.identity import Known, known, match
from viva.history.records import Vanished, moment, stamp
from viva.text.normal import bare
from viva.types import Entry, Place

_COLUMNS = ("root", "file", "headings", "label", "text", "answer_digest", "entry_id")
_UPDATE = (
    "UPDATE questions SET root = ?, file = ?, headings = ?, label = ?, text = ?, answer_digest = ?, entry_id = ?, "
    "last_seen = ?, vanished_at = NULL, rewritten_at = coalesce(?, rewritten_at) WHERE key = ?"
)


def reconcile(database: Database, entries: Sequence[Entry], now: datetime) -> dict[str, int]:
    """Return {entry id: key}, having noted what is new, changed, moved, vanished or back; see `History.reconcile`."""
    described = [known(index, entry) for index, entry in enumerate(entries)]
    if keys := _unchanged(database, entries, described):
        return keys
    with database.transaction() as connection:
        rows = connection.execute("SELECT * FROM questions ORDER BY key").fetchall()
        matched = match(described, [_known(row) for row in rows], cache(_gone))
        keys = _note(connection, entries, described, matched, rows, stamp(now))
        _mark_vanished(connection, rows, set(keys.values()), {entry.place for entry in described}, stamp(now))
    return keys


def vanished(database: Database) -> list[Vanished]:
    """Return the questions that are no longer in their notes but have turns, latest first."""
    rows = database.rows(
        "SELECT text, file, label, vanished_at, count(reviews.id) AS turns FROM questions "
        "JOIN reviews ON question_key = key AND NOT undone WHERE vanished_at IS NOT NULL "
        "GROUP BY key ORDER BY vanished_at DESC, key"
    )
    return [Vanished(row["text"], row["file"], row["label"], moment(row["vanished_at"]), row["turns"]) for row in rows]


def vanished_entry(database: Database, key: int, identity: str, text: str) -> Entry:
    """Return what is left of a question that is no longer in the notes: its place and text, no answer."""
    row = database.rows("SELECT * FROM questions WHERE key = ?", [key])[0]
    place = Place(row["root"], row["file"], tuple(json.loads(row["headings"])), row["label"])
    shown = text or row["text"]
    return Entry(identity or row["entry_id"], place, None, shown, "", (), row["file"], 1, 1)


def _unchanged(database: Database, entries: Sequence[Entry], described: Sequence[Known]) -> dict[str, int]:
    """Return the keys when the stored questions of these files are exactly the entries, else nothing."""
    files = {entry.place for entry in described}
    gone = cache(_gone)
    stored = {}
    for row in database.rows("SELECT * FROM questions WHERE vanished_at IS NULL"):
        path = _path(row)
        if file_key(path) in files:
            stored[tuple(row[name] for name in _COLUMNS)] = int(row["key"])
        elif gone(path):
            return {}
    keys = {entry.id: stored.get(_columns(entry, each.digest)) for entry, each in zip(entries, described, strict=True)}
    matched = {identity: key for identity, key in keys.items() if key is not None}
    return matched if len(matched) == len(stored) == len(entries) else {}


def _note(
    connection: sqlite3.Connection,
    entries: Sequence[Entry],
    described: Sequence[Known],
    matched: Mapping[int, int],
    stored: Sequence[sqlite3.Row],
    now: str,
) -> dict[str, int]:
    rows = {int(row["key"]): row for row in stored}
    keys = {}
    for index, (entry, digest) in enumerate(zip(entries, (each.digest for each in described), strict=True)):
        key = matched.get(index)
        columns = _columns(entry, digest)
        if key is None:
            row = dict(zip(_COLUMNS, columns, strict=True))
            key = insert_row(connection, "questions", {**row, "first_seen": now, "last_seen": now})
        elif columns != tuple(rows[key][name] for name in _COLUMNS) or rows[key]["vanished_at"]:
            rewritten = now if _words(rows[key]) != (bare(entry.question), digest) else None
            connection.execute(_UPDATE, (*columns, now, rewritten, key))
        keys[entry.id] = key
    return keys


def _words(row: sqlite3.Row) -> tuple[str, str]:
    """Return what a question says, but for blanks and punctuation."""
    return bare(row["text"]), row["answer_digest"]


def _mark_vanished(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row], present: set[int], files: set[str], now: str
) -> None:
    """A file that still exists but was not read keeps its questions; only what is truly gone is marked."""
    gone = cache(_gone)
    for row in rows:
        path = _path(row)
        if row["key"] not in present and row["vanished_at"] is None and (file_key(path) in files or gone(path)):
            connection.execute("UPDATE questions SET vanished_at = ? WHERE key = ?", (now, row["key"]))


def _gone(path: str) -> bool:
    try:
        return not Path(path).exists()
    except OSError:
        return False  # unreadable is not gone


def _path(row: sqlite3.Row) -> str:
    return f"{row['root'].rstrip('/')}/{row['file']}"


def _columns(entry: Entry, digest: str) -> tuple[str, ...]:
    place = entry.place
    headings = json.dumps(place.headings, ensure_ascii=False)
    return (place.root, place.file, headings, place.label, entry.question, digest, entry.id)


def _known(row: sqlite3.Row) -> Known:
    headings = tuple(json.loads(row["headings"]))
    return Known(row["key"], row["root"], row["file"], headings, row["label"], row["text"], row["answer_digest"])
