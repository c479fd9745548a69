"""Reading notes: which files, in which encoding, and the entries they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import NotesError
from viva.i18n import ntr, tr
from viva.notes.decode import decode
from viva.notes.entries import file_names, place_entries
from viva.notes.formats import MARKDOWN, PACKAGES, parse
from viva.notes.raw import split_lines
from viva.notes.walk import MAX_BYTES, FoundFile, display, size_words, vault_of, walk
from viva.reasons import why
from viva.types import Entry, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viva.notes.decode import Decoded
    from viva.notes.raw import Parsed


@dataclass(frozen=True, slots=True)
class Notes:
    """All that was read from the notes."""

    entries: tuple[Entry, ...]
    """In the order of the files, and in each file from top to bottom."""
    sources: tuple[Source, ...]
    """The files that were read, whether they hold questions or not."""
    problems: tuple[Problem, ...]
    """What went wrong while reading; `notes.checks.check` adds what is wrong with the questions."""


def read_notes(roots: Sequence[Path], *, max_bytes: int = MAX_BYTES) -> Notes:
    """Read the questions of files and folders.

    Folders are read with all their subfolders, in natural order of the names ("2.md" before "10.md"). What cannot be
    read is reported in `Notes.problems`, and the rest is read. A file reached in two ways is read once.

    Args:
        roots: Files and folders.
        max_bytes: Largest file to read, in bytes.

    Raises:
        NotesError: A root is missing, or is a single file that is unreadable, too big or no text.
    """
    found, problems = walk(roots, max_bytes)
    names = file_names([(item.root, item.file) for item in found])
    entries: list[Entry] = []
    sources: list[Source] = []
    for item in found:
        loaded = _load(item, max_bytes)
        if isinstance(loaded, Problem):
            problems.append(loaded)
            continue
        parsed, source, encoding_problems = loaded
        sources.append(source)
        problems.extend(encoding_problems)
        problems.extend(Problem("unreadable", item.shown, line, message) for line, message in parsed.bad)
        if parsed.left_out:
            problems.append(Problem("left-out", item.shown, None, parsed.left_out))
        raw = [entry for entry in parsed.entries if entry.explicit or not item.readme]
        name = names[item.root, item.file]
        entries.extend(place_entries(raw, root=item.root, file=item.file, shown=item.shown, name=name))
    if not entries:
        problems.append(_no_questions(roots, len(sources)))
    return Notes(tuple(entries), tuple(sources), tuple(problems))


def read_again(roots: Sequence[Path], before: Notes | None) -> Notes:
    """Read notes that were read before, whose files may be half written at this moment.

    Raises:
        NotesError: A root is missing; a file that was read `before` is there and cannot be read now; or all questions
            are gone. What was read before had better stay in force.
    """
    after = read_notes(roots)
    if before is None:
        return after
    lost = {source.path: source.file for source in before.sources}
    for source in after.sources:
        lost.pop(source.path, None)
    unread = [file for path, file in lost.items() if Path(path).exists()]
    if unread:
        raise NotesError(tr("{file} cannot be read now: what it said before stays in force", file=unread[0]))
    if before.entries and not after.entries:
        raise NotesError(tr("the notes hold no question now: those read before stay in force"))
    return after


def _load(item: FoundFile, max_bytes: int) -> tuple[Parsed, Source, list[Problem]] | Problem:
    """Read and parse one file; a root that fails is an error, a file inside a folder only a problem."""
    try:
        with item.path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        reason = why(error)
        if item.named:
            raise NotesError(
                tr("Cannot read {file}: {reason}. Check its permissions.", file=item.shown, reason=reason)
            ) from error
        return Problem("unreadable", item.shown, None, tr("Cannot be read: {reason}.", reason=reason))
    if len(data) > max_bytes:
        # The file grew after its size was looked up.
        return _refused(item, tr("larger than {size}", size=size_words(max_bytes)))
    suffix = item.path.suffix.lower()
    if suffix in PACKAGES:
        return _package(item, data)
    decoded = decode(data)
    if decoded is None:
        return _refused(item, tr("not a text file"))
    source = _source(item, data, decoded.encoding, guessed=decoded.guessed)
    return parse(_text(decoded.text, item.path, suffix), suffix), source, _encoding_problems(decoded, item.shown)


def _text(text: str, path: Path, suffix: str) -> str:
    """Return the text of a note, in a vault of Obsidian as plain Markdown, with as many lines."""
    if suffix not in MARKDOWN or vault_of(path.absolute().parent) is None:
        return text
    from viva.notes.formats.markdown.obsidian import plain_markdown

    return "\n".join(plain_markdown(split_lines(text)))


def _package(item: FoundFile, data: bytes) -> tuple[Parsed, Source, list[Problem]] | Problem:
    from viva.notes.formats.anki.collection import parse_package
    from viva.notes.formats.anki.package import PackageError

    try:
        return parse_package(data), _source(item, data, "utf-8", guessed=False), []
    except PackageError as error:
        if item.named:
            raise NotesError(tr("Cannot read {file}: {error}.", file=item.shown, error=error)) from error
        return Problem("unreadable", item.shown, None, tr("Cannot be read: {error}.", error=error))


def _source(item: FoundFile, data: bytes, encoding: str, *, guessed: bool) -> Source:
    digest = hashlib.sha256(data).hexdigest()
    return Source(item.path.resolve().as_posix(), item.shown, encoding, guessed, digest)


def _refused(item: FoundFile, reason: str) -> Problem:
    if item.named:
        raise NotesError(
            tr(
                "{file} is {reason}: give a text file with questions, or a folder of them.",
                file=item.shown,
                reason=reason,
            )
        )
    return Problem("left-out", item.shown, None, tr("Left out: {reason}.", reason=reason))


def _encoding_problems(decoded: Decoded, shown: str) -> list[Problem]:
    problems: list[Problem] = []
    if decoded.guessed:
        advice = tr("if its text looks wrong, save it as UTF-8")
        problems.append(
            Problem(
                "guessed-encoding",
                shown,
                None,
                tr("Read as {encoding}, a guess; {advice}.", encoding=decoded.encoding, advice=advice),
            )
        )
    problems.extend(
        Problem(
            "unreadable",
            shown,
            line,
            tr("Holds bytes that are not {encoding}; they are shown as �.", encoding=decoded.encoding),
        )
        for line in decoded.bad_lines
    )
    return problems


def _no_questions(roots: Sequence[Path], files: int) -> Problem:
    where = ", ".join(display(root, root) for root in roots) or "."
    advice = tr('write them as numbered lines ("1. What is …?" with the answer below) or Markdown headings')
    if files == 0:
        return Problem("no-questions", where, None, tr("No file of notes was found; {advice}.", advice=advice))
    found = ntr(
        "No questions were found in {number} file; {advice}.",
        "No questions were found in {number} files; {advice}.",
        files,
        advice=advice,
    )
    return Problem("no-questions", where, None, found)
