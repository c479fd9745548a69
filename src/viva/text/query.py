"""The syntax of a search query.

====================  ==================================================
``words``             what is looked for, by meaning and by words
``"exact phrase"``    the entry must hold it as written, but for case, width and blanks
``-word``             the entry must not hold it; also ``-"exact phrase"``
``tag:name``          the entry has this tag or stands under a heading of this name
``file:part``         the entry's file has this in its name
====================  ==================================================

Chinese quotes (“” 「」 『』), full-width colons, minus signs and blanks serve as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from viva.errors import QueryError
from viva.i18n import tr
from viva.text.normal import bare, normalise
from viva.types import Entry

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "＂": '"', "「": '"', "」": '"', "『": '"', "』": '"', "：": ":"}
)
_PART = re.compile(r"""(?P<sign>-)?(?:(?P<field>tag|file):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for; all but `text` normalised."""

    text: str
    """What is looked for by meaning: the words and phrases, as typed."""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    without_files: tuple[str, ...] = ()

    @property
    def filters(self) -> bool:
        """Whether entries can be ruled out."""
        return bool(self.phrases or self.without or self.tags or self.files or self.without_tags or self.without_files)

    def allows_text(self, text: str) -> bool:
        """Whether a normalised text holds what must and nothing that must not be in it."""
        squeezed = text.replace(" ", "")
        return all(_holds(text, squeezed, phrase) for phrase in self.phrases) and not any(
            _holds_word(text, squeezed, word) for word in self.without
        )

    def allows_place(self, entry: Entry) -> bool:
        """Whether the entry has the right tags and lies in the right files."""
        if self.tags or self.without_tags:
            tags = {normalise(tag).lstrip("#") for tag in (*entry.tags, *entry.place.headings)}
            if not all(tag in tags for tag in self.tags) or any(tag in tags for tag in self.without_tags):
                return False
        if self.files or self.without_files:
            name = normalise(entry.file)
            if not all(part in name for part in self.files) or any(part in name for part in self.without_files):
                return False
        return True


def parse_query(line: str) -> Query:
    """Read a query.

    Raises:
        QueryError: it is empty, or only says what must not be found.
    """
    sound = line.encode("utf-8", "replace").decode()
    found: dict[tuple[str, bool], list[str]] = {}
    words: list[str] = []
    for match in _PART.finditer(sound.translate(_QUOTES)):
        part = _sort(match)
        if part is None:
            continue
        kind, negative, text = part
        if not negative and kind in {"word", "phrase"}:
            words.append(text)
        found.setdefault((kind, negative), []).append(normalise(text))
    query = Query(
        text=" ".join(words),
        phrases=tuple(found.get(("phrase", False), ())),
        without=(*found.get(("word", True), ()), *found.get(("phrase", True), ())),
        tags=tuple(found.get(("tag", False), ())),
        files=tuple(found.get(("file", False), ())),
        without_tags=tuple(found.get(("tag", True), ())),
        without_files=tuple(found.get(("file", True), ())),
    )
    _check(query)
    return query


def _sort(match: re.Match[str]) -> tuple[str, bool, str] | None:
    """Return kind, sign and text of one part, or None when there is nothing in it."""
    field, phrase = match["field"], match["phrase"]
    text = phrase if phrase is not None else match["word"]
    kind = field.lower() if field else ("word" if phrase is None else "phrase")
    negative = bool(match["sign"])
    if phrase is None and not field and not negative and len(text) > 1 and text[0] in "－−–﹣":
        return _sort_again("-" + text[1:])
    if not bare(text) and kind != "word":
        return None
    if not text.strip() or (negative and not bare(text)):
        return None
    return kind, negative, text.strip().lstrip("#＃") if field else text.strip()


def _sort_again(text: str) -> tuple[str, bool, str] | None:
    match = _PART.match(text)
    return _sort(match) if match else None


def _check(query: Query) -> None:
    if bare(query.text) or query.tags or query.files:
        return
    if query.text:
        raise QueryError(tr("the query holds no letter or digit: write what you look for, such as: viva search 感受野"))
    if query.without or query.without_tags or query.without_files:
        raise QueryError(tr("the query only says what must not be found: add what you look for"))
    raise QueryError(tr("the query is empty: write what you look for, such as: viva search 感受野"))


def _holds(text: str, squeezed: str, phrase: str) -> bool:
    """Whether the normalised text holds the phrase; blanks between Chinese and other letters do not matter."""
    if phrase.isascii():
        return _holds_word(text, squeezed, phrase)
    return phrase in text or phrase.replace(" ", "") in squeezed


def _holds_word(text: str, squeezed: str, word: str) -> bool:
    """Like `_holds`, with English words whole: `-rnn` leaves "r-cnn" and "rnns" alone, and "BN层" has the word "bn"."""
    if not word.isascii():
        return word in text or word.replace(" ", "") in squeezed
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def matching(query: Query, entries: Sequence[Entry], texts: Callable[[], Sequence[str]]) -> list[int]:
    """Return the places of the entries that pass the filters, in the order of the notes.

    `texts` returns the normalised text of each entry; it is called only when phrases are asked for.
    """
    places = [place for place, entry in enumerate(entries) if query.allows_place(entry)]
    if query.phrases or query.without:
        normalised = texts()
        places = [place for place in places if query.allows_text(normalised[place])]
    return places
