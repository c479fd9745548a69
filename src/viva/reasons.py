"""Why a library or the system refused, in the language in force: their own words are English, or the system's.

Errors are recognised by kind, code and place, as messages differ between versions. What is not known here is told in
the words that it came with, as the last resort.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping

from viva.i18n import N_, tr

_DAMAGED = N_("its bytes are not as they were written")
_TOO_SHORT = N_("it ends too early")
_OTHER_SHAPE = N_("it does not hold what it should")

_KINDS: Mapping[str, str] = {
    "MemoryError": N_("there is not enough memory"),
    "RecursionError": N_("it is nested too deeply"),
    "EOFError": _TOO_SHORT,
    "BadZipFile": _DAMAGED,
    "ZstdError": _DAMAGED,
    "SafetensorError": _DAMAGED,
    "LocalEntryNotFoundError": N_("there is no connection"),
    "ConnectError": N_("there is no connection"),
    "ConnectTimeout": N_("there is no connection"),
    "ProxyError": N_("there is no connection"),
    "SSLError": N_("there is no safe connection"),
    "gaierror": N_("there is no machine of this name"),
}
"""What the name of a class says, whatever the message."""

_DATABASE: Mapping[str, str] = {
    "BUSY": N_("it is in use by another program"),
    "LOCKED": N_("it is in use by another program"),
    "NOTADB": N_("it is no database of SQLite"),
    "CORRUPT": _DAMAGED,
    "FULL": N_("No space left on device"),
    "READONLY": N_("it cannot be written to"),
    "CANTOPEN": N_("it cannot be opened"),
    "PERM": N_("Permission denied"),
    "AUTH": N_("Permission denied"),
    "IOERR": N_("Input/output error"),
    "NOMEM": N_("there is not enough memory"),
    "TOOBIG": N_("a value in it is too large"),
    "INTERRUPT": N_("it takes too long to read"),
    "CONSTRAINT": N_("its values do not fit together"),
    "MISMATCH": N_("its values do not fit together"),
}
"""What SQLite's codes say, extended ones too."""

_PHRASES: Mapping[str, str] = {
    "file is not a zip file": N_("it is no ZIP archive"),
    "is encrypted": N_("it is encrypted"),
    "compression method is not supported": N_("it is packed in a way that cannot be read"),
    "compression type": N_("it is packed in a way that cannot be read"),
    "unpack requires a buffer": _TOO_SHORT,
    "while decompressing": _DAMAGED,
    "no such table": N_("a part of it is missing"),
    "no such column": N_("a part of it is missing"),
    "could not decode to utf-8": N_("it holds bytes that are no text"),
    "embedded null": N_("it holds a null character"),
    "no closing quotation": N_("a quotation mark is not closed"),
    "no escaped character": N_("a backslash stands at the end"),
}
"""What messages hold that have no kind of their own."""

_SYNTAX: Mapping[str, str] = {
    "expecting value": N_("a value is missing"),
    "invalid value": N_("this is no value"),
    "expecting property name": N_("a name in quotation marks is missing"),
    "expecting ','": N_("a comma is missing"),
    "expecting ':'": N_("a colon is missing"),
    "extra data": N_("more follows than belongs there"),
    "unterminated string": N_("a quotation mark is not closed"),
    "invalid control character": N_("a character may not stand there"),
    "illegal character": N_("a character may not stand there"),
    "expected '='": N_("an equals sign is missing"),
    "expected newline": N_("the line does not end where it should"),
    "unclosed array": N_("a bracket is not closed"),
    "cannot overwrite": N_("this is set twice"),
    "cannot declare": N_("this is set twice"),
}
"""What parsers of JSON and TOML miss, by how their messages begin."""

_IN_USE = (32, 33)
"""Windows' numbers for a file that another program holds, for which Python only says that it is denied."""

_NUMBERS: Mapping[int, str] = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EEXIST: N_("File exists"),
    errno.ENOTEMPTY: N_("Directory not empty"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EINVAL: N_("Invalid argument"),
    errno.EROFS: N_("Read-only file system"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EFBIG: N_("File too large"),
    errno.EIO: N_("Input/output error"),
    errno.EMFILE: N_("Too many open files"),
    errno.ENFILE: N_("Too many open files"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.ENXIO: N_("No such device or address"),
    errno.ENODEV: N_("No such device"),
    errno.ENOEXEC: N_("Exec format error"),
    errno.ENOMEM: N_("Cannot allocate memory"),
    errno.EPIPE: N_("Broken pipe"),
    errno.ETIMEDOUT: N_("Connection timed out"),
    errno.ECONNREFUSED: N_("Connection refused"),
    errno.ECONNRESET: N_("Connection reset by peer"),
    errno.ENETUNREACH: N_("Network is unreachable"),
    errno.EADDRINUSE: N_("Address already in use"),
    errno.EADDRNOTAVAIL: N_("Cannot assign requested address"),
    **({errno.EDQUOT: N_("Disk quota exceeded")} if hasattr(errno, "EDQUOT") else {}),
    **({errno.ESTALE: N_("Stale file handle")} if hasattr(errno, "ESTALE") else {}),
}
"""What systems say by number, as some of them speak their own language."""

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

_PLACE = re.compile(r"at line (\d+),? col(?:umn)? (\d+)")
_PYTHON = re.compile(
    r"'\w+' object|indices must be|unexpected keyword|positional argument|argument must be|must be real number"
    r"|values to unpack|invalid literal for|could not convert|isoformat string|not JSON serializable"
)
"""What Python says where a value is of another kind than it should be: nobody can mend a file by that."""


def why(error: Exception) -> str:
    """Return why something failed, as a part of a sentence: a few words, without a full stop."""
    kinds = [each.__name__ for each in type(error).__mro__]
    if known := _by_phrase(error) or next((_KINDS[kind] for kind in kinds if kind in _KINDS), None):
        return tr(known)
    if isinstance(error, OSError):
        return _by_number(error)
    if "UnicodeDecodeError" in kinds:
        return _not_text(error)
    if {"JSONDecodeError", "TOMLDecodeError", "TOMLKitError"}.intersection(kinds):
        return _not_syntax(error)
    if code := getattr(error, "sqlite_errorname", ""):
        return _by_code(code, error)
    return _plainly(error)


def disk_is_full(error: OSError) -> bool:
    """Whether there is no room left on a disk, or none that this user may use."""
    return error.errno in _FULL


def _by_number(error: OSError) -> str:
    """Return why the system refused; where the number is not known here, in its own words."""
    if getattr(error, "winerror", None) in _IN_USE:
        return tr("it is in use by another program")
    if known := _NUMBERS.get(error.errno or 0):
        return tr(known)
    return tr(error.strerror) if error.strerror else str(error) or type(error).__name__


def _by_phrase(error: Exception) -> str | None:
    """Return what an error of no kind of its own says; a path in a message of the system may hold anything."""
    if isinstance(error, OSError) and error.errno:
        return None
    message = str(error).casefold()
    return next((text for words, text in _PHRASES.items() if words in message), None)


def _not_text(error: Exception) -> str:
    encoding = str(getattr(error, "encoding", "")).upper()
    return tr("byte {number} is not {encoding}", number=getattr(error, "start", 0) + 1, encoding=encoding)


def _not_syntax(error: Exception) -> str:
    """Say what a parser misses, and where: by attributes where it has them, else by its message."""
    message = str(getattr(error, "msg", "") or error)
    what = next((text for begun, text in _SYNTAX.items() if message.casefold().startswith(begun)), "")
    found = _PLACE.search(str(error))
    line = getattr(error, "lineno", None) or getattr(error, "line", None) or (found and found[1])
    column = getattr(error, "colno", None) or getattr(error, "col", None) or (found and found[2])
    if not line:
        missing = _TOO_SHORT if "end of document" in str(error) else _OTHER_SHAPE
        return tr(what or missing)
    if not what:
        return tr("line {line}, column {column}", line=line, column=column)
    return tr("line {line}, column {column}: {what}", line=line, column=column, what=tr(what))


def _by_code(code: str, error: Exception) -> str:
    name = code.removeprefix("SQLITE_").partition("_")[0]
    return tr(_DATABASE[name]) if name in _DATABASE else _plainly(error)


def _plainly(error: Exception) -> str:
    """Return the words of an error as they are, viva's own among them, but for Python's on the shape of values."""
    if isinstance(error, ImportError) and error.name:
        return tr("{name} is not installed", name=error.name)
    if isinstance(error, KeyError) and error.args:
        return tr('"{name}" is missing in it', name=error.args[0])
    if _PYTHON.search(str(error)):
        return tr(_OTHER_SHAPE)
    return str(error) or type(error).__name__
