"""Why a library or the system refused, in the language in force: their own words are English, or the system's.

Errors are recognised by kind, code and place, as messages differ between versions. What is not known here is told in
the words that it came with, as the last resort.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping

from viva.i18n import noted, tr

_DAMAGED = noted("its bytes are not as they were written")
_TOO_SHORT = noted("it ends too early")
_OTHER_SHAPE = noted("it does not hold what it should")

_KINDS: Mapping[str, str] = {
    "MemoryError": noted("there is not enough memory"),
    "RecursionError": noted("it is nested too deeply"),
    "EOFError": _TOO_SHORT,
    "BadZipFile": _DAMAGED,
    "ZstdError": _DAMAGED,
    "SafetensorError": _DAMAGED,
    "LocalEntryNotFoundError": noted("there is no connection"),
    "ConnectError": noted("there is no connection"),
    "ConnectTimeout": noted("there is no connection"),
    "ProxyError": noted("there is no connection"),
    "SSLError": noted("there is no safe connection"),
    "gaierror": noted("there is no machine of this name"),
}
"""What the name of a class says, whatever the message."""

_DATABASE: Mapping[str, str] = {
    "BUSY": noted("it is in use by another program"),
    "LOCKED": noted("it is in use by another program"),
    "NOTADB": noted("it is no database of SQLite"),
    "CORRUPT": _DAMAGED,
    "FULL": noted("No space left on device"),
    "READONLY": noted("it cannot be written to"),
    "CANTOPEN": noted("it cannot be opened"),
    "PERM": noted("Permission denied"),
    "AUTH": noted("Permission denied"),
    "IOERR": noted("Input/output error"),
    "NOMEM": noted("there is not enough memory"),
    "TOOBIG": noted("a value in it is too large"),
    "INTERRUPT": noted("it takes too long to read"),
    "CONSTRAINT": noted("its values do not fit together"),
    "MISMATCH": noted("its values do not fit together"),
}
"""What SQLite's codes say, extended ones too."""

_PHRASES: Mapping[str, str] = {
    "file is not a zip file": noted("it is no ZIP archive"),
    "is encrypted": noted("it is encrypted"),
    "compression method is not supported": noted("it is packed in a way that cannot be read"),
    "compression type": noted("it is packed in a way that cannot be read"),
    "unpack requires a buffer": _TOO_SHORT,
    "while decompressing": _DAMAGED,
    "no such table": noted("a part of it is missing"),
    "no such column": noted("a part of it is missing"),
    "could not decode to utf-8": noted("it holds bytes that are no text"),
    "embedded null": noted("it holds a null character"),
    "no closing quotation": noted("a quotation mark is not closed"),
    "no escaped character": noted("a backslash stands at the end"),
}
"""What messages hold that have no kind of their own."""

_SYNTAX: Mapping[str, str] = {
    "expecting value": noted("a value is missing"),
    "invalid value": noted("this is no value"),
    "expecting property name": noted("a name in quotation marks is missing"),
    "expecting ','": noted("a comma is missing"),
    "expecting ':'": noted("a colon is missing"),
    "extra data": noted("more follows than belongs there"),
    "unterminated string": noted("a quotation mark is not closed"),
    "invalid control character": noted("a character may not stand there"),
    "illegal character": noted("a character may not stand there"),
    "expected '='": noted("an equals sign is missing"),
    "expected newline": noted("the line does not end where it should"),
    "unclosed array": noted("a bracket is not closed"),
    "cannot overwrite": noted("this is set twice"),
    "cannot declare": noted("this is set twice"),
}
"""What parsers of JSON and TOML miss, by how their messages begin."""

_IN_USE = (32, 33)
"""Windows' numbers for a file that another program holds, for which Python only says that it is denied."""

_NUMBERS: Mapping[int, str] = {
    errno.ENOENT: noted("No such file or directory"),
    errno.EACCES: noted("Permission denied"),
    errno.EPERM: noted("Operation not permitted"),
    errno.EISDIR: noted("Is a directory"),
    errno.ENOTDIR: noted("Not a directory"),
    errno.EEXIST: noted("File exists"),
    errno.ENOTEMPTY: noted("Directory not empty"),
    errno.ENAMETOOLONG: noted("File name too long"),
    errno.EINVAL: noted("Invalid argument"),
    errno.EROFS: noted("Read-only file system"),
    errno.ENOSPC: noted("No space left on device"),
    errno.EFBIG: noted("File too large"),
    errno.EIO: noted("Input/output error"),
    errno.EMFILE: noted("Too many open files"),
    errno.ENFILE: noted("Too many open files"),
    errno.ELOOP: noted("Too many levels of symbolic links"),
    errno.EBUSY: noted("Device or resource busy"),
    errno.ENXIO: noted("No such device or address"),
    errno.ENODEV: noted("No such device"),
    errno.ENOEXEC: noted("Exec format error"),
    errno.ENOMEM: noted("Cannot allocate memory"),
    errno.EPIPE: noted("Broken pipe"),
    errno.ETIMEDOUT: noted("Connection timed out"),
    errno.ECONNREFUSED: noted("Connection refused"),
    errno.ECONNRESET: noted("Connection reset by peer"),
    errno.ENETUNREACH: noted("Network is unreachable"),
    errno.EADDRINUSE: noted("Address already in use"),
    errno.EADDRNOTAVAIL: noted("Cannot assign requested address"),
    **({errno.EDQUOT: noted("Disk quota exceeded")} if hasattr(errno, "EDQUOT") else {}),
    **({errno.ESTALE: noted("Stale file handle")} if hasattr(errno, "ESTALE") else {}),
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
    """Whether there is no room left on a disk, or none that this person may use."""
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
    return next((told for words, told in _PHRASES.items() if words in message), None)


def _not_text(error: Exception) -> str:
    encoding = str(getattr(error, "encoding", "")).upper()
    return tr("byte {number} is not {encoding}", number=getattr(error, "start", 0) + 1, encoding=encoding)


def _not_syntax(error: Exception) -> str:
    """Say what a parser misses, and where: by attributes where it has them, else by its message."""
    message = str(getattr(error, "msg", "") or error)
    what = next((told for begun, told in _SYNTAX.items() if message.casefold().startswith(begun)), "")
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
