"""The questions of the notes, and where they stand in viva's schedule, as an Anki package.

It has the form that every Anki since 2.0 reads (schema 11).

The same questions give the same bytes: ids are counted, and no time is that of the export.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath

from viva.history.history import History
from viva.history.review_log import Recall, all_recalls
from viva.scheduling.schedule import Memory, Schedule
from viva.text.moments import local_day
from viva.types import Entry, Rating

_MOMENT = 1_600_000_000
"""Creation time of everything in a package, in seconds; ids count on from its milliseconds, as Anki's are times."""
_FIRST_ID = _MOMENT * 1000
_NOTE_TYPE = 1_600_000_000_001
"""The same in every package, so that Anki keeps one note type for all of them."""
_SUSPENDED = -1
"""The queue of cards that Anki does not show."""
_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
    models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
    ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
    left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
_CARD = "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)"
_CSS = ".card { font-family: sans-serif; font-size: 20px; text-align: left; }"
_CONFIG = {"nextPos": 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0, "curDeck": 1,
           "sortBackwards": False, "addToCur": True, "newBury": True, "newSpread": 0, "dueCounts": True,
           "curModel": str(_NOTE_TYPE), "collapseTime": 1200}  # fmt: skip
_OPTIONS = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
    "dyn": False,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0.0},
}  # fmt: skip

ROLLOVER = 4
"""Hour at which Anki's day begins; its collections are born at that hour."""
_BORN = (2020, 9, 13, ROLLOVER)
_LEARNED, _REVIEWED = 0, 1
"""Types of reviews."""
_MOST = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class AnkiReviewRow:
    """A row of Anki's `revlog`, but for its card."""

    at: int
    """Milliseconds since 1970: its id."""
    ease: int
    interval: int
    """Days."""
    before: int
    """The interval before, days."""
    factor: int
    """Difficulty by FSRS, 100 to 1100."""
    milliseconds: int
    kind: int


@dataclass(frozen=True, slots=True)
class AnkiCardState:
    """The columns of a card that hold its schedule."""

    due: int
    """Day, counted from the one the collection was born."""
    interval: int
    reviews: int
    lapses: int
    data: str
    """Memory state by FSRS, as JSON."""
    log: tuple[AnkiReviewRow, ...]


def anki_package(
    entries: Sequence[Entry],
    changed: int = _MOMENT,
    card_states: Mapping[str, AnkiCardState] | None = None,
    suspended: Collection[str] = (),
) -> bytes:
    """Return a package with a note for each question: one deck a file, its headings as decks within it.

    A note is known by its guid, made from the question's id: importing again doubles none.

    Args:
        entries: The questions.
        changed: When the notes were last changed, in seconds; Anki takes over what is newer than its own.
        card_states: Where the questions stand in the schedule, by id; by default all are new to Anki.
        suspended: Ids of the questions whose cards are suspended, here and so in Anki.
    """
    decks = _decks(entries)
    with tempfile.TemporaryDirectory(prefix="viva-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(file)
        try:
            connection.executescript(_SCHEMA)
            _fill(connection, entries, decks, max(changed, _MOMENT), card_states or {}, suspended)
            if card_states is not None:
                _count_days(connection)
            connection.commit()
        finally:
            connection.close()
        return _zipped({"collection.anki2": file.read_bytes(), "media": b"{}"})


def guid_of(entry: Entry) -> str:
    """Return the name that the note of a question has in Anki, whatever becomes of it there."""
    return hashlib.sha256(entry.id.encode("utf-8", "replace")).hexdigest()[:16]


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (2020, 9, 13, 12, 26, 40))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # whatever the system, or the bytes would differ
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def _fill(
    connection: sqlite3.Connection,
    entries: Sequence[Entry],
    decks: dict[str, int],
    changed: int,
    card_states: Mapping[str, AnkiCardState],
    suspended: Collection[str],
) -> None:
    ids = {key: name for name, key in reversed(decks.items())} | {1: "Default"}
    rows = {str(key): _deck_row(key, ids[key]) for key in sorted(ids)}
    columns: tuple[object, ...] = (_CONFIG, {str(_NOTE_TYPE): _note_type()}, rows, {"1": _OPTIONS}, {})
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)",
        (_MOMENT, _FIRST_ID, _FIRST_ID, *(json.dumps(column, ensure_ascii=False) for column in columns)),
    )
    for at, entry in enumerate(entries, start=1):
        front, back = as_html(entry.question), as_html(entry.answer)
        checksum = int(hashlib.sha1(entry.question.encode("utf-8", "replace")).hexdigest()[:8], 16)  # noqa: S324
        connection.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (_FIRST_ID + at, guid_of(entry), _NOTE_TYPE, changed, _tags(entry.tags), f"{front}\x1f{back}", front,
             checksum),
        )  # fmt: skip
        place = (_FIRST_ID + at, _FIRST_ID + at, decks[_deck(entry)], changed)
        connection.execute(
            _CARD, (*place, *_schedule_columns(card_states.get(entry.id), at, suspended=entry.id in suspended))
        )
    _write_log(connection, {_FIRST_ID + at: card_states.get(entry.id) for at, entry in enumerate(entries, start=1)})


def _schedule_columns(card_state: AnkiCardState | None, position: int, *, suspended: bool) -> tuple[object, ...]:
    """Return type, queue, due, interval, factor, reviews, lapses and data of a card."""
    if card_state is None:
        return (0, _SUSPENDED if suspended else 0, position, 0, 0, 0, 0, "")
    return (
        2,
        _SUSPENDED if suspended else 2,
        card_state.due,
        card_state.interval,
        2500,
        card_state.reviews,
        card_state.lapses,
        card_state.data,
    )


def _write_log(connection: sqlite3.Connection, card_states: Mapping[int, AnkiCardState | None]) -> None:
    """Write the reviews; a review's id is its time, so that of two at once the second is a millisecond later."""
    reviews = ((row.at, card, row) for card, card_state in card_states.items() if card_state for row in card_state.log)
    rows = sorted(reviews, key=itemgetter(0, 1))
    last = 0
    for at, card, row in rows:
        last = max(at, last + 1)
        values = (last, card, row.ease, row.interval, row.before, row.factor, row.milliseconds, row.kind)
        connection.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", values)


def _count_days(connection: sqlite3.Connection) -> None:
    """Have Anki count the days of the schedule by the user's calendar."""
    config = {**_CONFIG, "schedVer": 2, "sched2021": True, "rollover": ROLLOVER, "creationOffset": minutes_west()}
    connection.execute("UPDATE col SET crt = ?, conf = ?", (int(born().timestamp()), json.dumps(config)))


def _decks(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the id of each deck; names that differ in case alone are one, as they are to Anki."""
    ids, names = {"default": 1}, dict.fromkeys(map(_deck, entries))
    return {name: ids.setdefault(name.casefold(), _FIRST_ID + at) for at, name in enumerate(names, start=1)}


def _deck(entry: Entry) -> str:
    parts = [*PurePosixPath(entry.place.file).with_suffix("").parts, *entry.place.headings]
    cleaned = (" ".join(_plain(part).replace("::", ": ").replace('"', "'").split()).strip(":") for part in parts)
    return "::".join(part for part in cleaned if part) or "Default"


def _deck_row(key: int, name: str) -> dict[str, object]:
    return {"id": key, "name": name, "mod": _MOMENT, "usn": -1, "desc": "", "dyn": 0, "conf": 1, "collapsed": False,
            "browserCollapsed": False, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
            "lrnToday": [0, 0], "timeToday": [0, 0]}  # fmt: skip


def _note_type() -> dict[str, object]:
    fields = [{"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
              for at, name in enumerate(("Front", "Back"))]  # fmt: skip
    template = {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "bqfmt": "", "bafmt": "", "did": None,
                "afmt": "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"}  # fmt: skip
    return {"id": _NOTE_TYPE, "name": "Basic (viva)", "type": 0, "mod": _MOMENT, "usn": -1, "sortf": 0, "did": 1,
            "tmpls": [template], "flds": fields, "css": _CSS, "latexPre": "", "latexPost": "",
            "req": [[0, "any", [0]]], "tags": [], "vers": []}  # fmt: skip


def _tags(tags: Iterable[str]) -> str:
    """Return the tags as Anki parts them, by blanks; a blank within one becomes a line below."""
    words = [word for tag in tags if (word := "_".join(_plain(tag).split()))]
    return f" {' '.join(words)} " if words else ""


def as_html(text: str) -> str:
    """Return notes as HTML: list items as a list, code and other indented lines as written, the rest line by line."""
    parts: list[str] = []
    for kind, group in groupby(_kinds(_plain(text).split("\n")), key=lambda line: line[0]):
        lines = [html.escape(line, quote=False) for _, line in group]
        if kind == "item":
            parts.append(f"<ul>{''.join(f'<li>{line[2:]}</li>' for line in lines)}</ul>")
        elif kind == "code":
            parts.append("<pre>" + "\n".join(lines) + "</pre>")
        else:
            parts.append("<br>".join(lines))
    return "".join(parts)


def _kinds(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each line with what it is: an item of a list, code, or plain."""
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith(("```", "~~~"))
        if fenced or fence or line.startswith((" ", "\t", "\u3000")):
            yield "code", line
        else:
            yield ("item" if line.startswith("- ") and line[2:].strip() else "plain"), line
        fenced ^= fence


def _plain(text: str) -> str:
    """Return `text` without what a field of Anki cannot hold: its separator, zero bytes, halves of surrogate pairs."""
    return text.replace("\x1f", " ").replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def born(zone: tzinfo | None = None) -> datetime:
    """Return when a collection with a schedule is said to be made: its days are counted from there."""
    return datetime(*_BORN, tzinfo=zone) if zone else datetime(*_BORN).astimezone()


def minutes_west(zone: tzinfo | None = None) -> int:
    """Return how far west of Greenwich the clock was then, as Anki notes it."""
    offset = born(zone).utcoffset()
    assert offset is not None
    return -int(offset.total_seconds()) // 60


def anki_card_states(
    history: History, entries: Sequence[Entry], schedule: Schedule, zone: tzinfo | None = None
) -> Mapping[str, AnkiCardState]:
    """Return how each question stands that was ever reviewed, by its id; days are those of the user's calendar.

    Raises:
        HistoryError: The history cannot be read.
    """
    recalls = all_recalls(history.database)
    keys = history.reconcile(entries)
    return {
        identity: _card_state(key, recalls[key], schedule, zone) for identity, key in keys.items() if recalls.get(key)
    }


def _card_state(key: int, recalls: Sequence[Recall], schedule: Schedule, zone: tzinfo | None) -> AnkiCardState:
    memories = schedule.memories(key, [(recall.rating, recall.at) for recall in recalls])
    log = tuple(_review_rows(recalls, memories))
    last = memories[-1]
    state = {
        "s": round(last.stability, 4), "d": round(last.difficulty, 3), "dr": schedule.retention,
        "decay": round(schedule.decay, 3), "lrt": int(recalls[-1].at.timestamp()),
    }  # fmt: skip
    return AnkiCardState(
        due=(local_day(last.due, zone) - born(zone).date()).days,
        interval=log[-1].interval,
        reviews=len(recalls),
        lapses=sum(recall.rating is Rating.AGAIN for recall in recalls[1:]),
        data=json.dumps(state, separators=(",", ":")),
        log=log,
    )


def _review_rows(recalls: Sequence[Recall], memories: Sequence[Memory]) -> Iterator[AnkiReviewRow]:
    before = 0
    for recall, memory in zip(recalls, memories, strict=True):
        interval = max(1, round((memory.due - recall.at.astimezone(UTC)).total_seconds() / 86_400))
        yield AnkiReviewRow(
            at=milliseconds(recall.at),
            ease=int(recall.rating),
            interval=interval,
            before=before,
            factor=round((memory.difficulty - 1) / 9 * 1000) + 100,
            milliseconds=min(int(recall.seconds * 1000), _MOST),
            kind=_REVIEWED if before else _LEARNED,
        )
        before = interval


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970, rounded down as its text is when cut off."""
    past = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * 1000 + past.microseconds // 1000
