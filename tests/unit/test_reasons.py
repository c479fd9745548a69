"""Reasons of libraries and of the system, in both languages; what is made here is raised by the real libraries."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import sqlite3
import struct
import tomllib
import zipfile
import zlib
from io import BytesIO

import pytest
import tomlkit

from viva.i18n import speaking, tr
from viva.reasons import why


def raised(step, *arguments, **named):
    """Return what a step raises."""
    with pytest.raises(Exception) as caught:  # whatever it is
        step(*arguments, **named)
    return caught.value


def database(tmp_path, sql, *, content=None):
    path = tmp_path / "some.db"
    if content is not None:
        path.write_bytes(content)
    connection = sqlite3.connect(path, timeout=0)
    try:
        return raised(connection.executescript, sql)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1: a value is missing"),
        ('{"a": 1,, }', "line 1, column 9: a name in quotation marks is missing"),
        ('{"a" 1}', "line 1, column 6: a colon is missing"),
        ("[1\n2]", "line 2, column 1: a comma is missing"),
        ("{} {}", "line 1, column 4: more follows than belongs there"),
        ('"a', "line 1, column 1: a quotation mark is not closed"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_json(text, told):
    assert why(raised(json.loads, text)) == told


@pytest.mark.parametrize("parse", [tomllib.loads, tomlkit.parse])
@pytest.mark.parametrize(
    ("text", "place"),
    [("count = 3\ntheme 4\n", (2, 7)), ("count = what\n", (1, 9)), ("a = 1\na = 2\n", None), ("a = [1\n", None)],
)
def test_toml(parse, text, place):
    told = why(raised(parse, text))
    assert "Expected" not in told
    assert "Invalid" not in told
    if place is not None and parse is tomllib.loads:
        assert told.startswith("line {}, column {}: ".format(*place))


def test_bytes_that_are_no_text():
    assert why(raised(b"ab\xff".decode)) == "byte 3 is not UTF-8"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOENT, "No such file or directory"),
        (errno.EACCES, "Permission denied"),
        (errno.ENOSPC, "No space left on device"),
        (errno.EISDIR, "Is a directory"),
        (errno.EROFS, "Read-only file system"),
        (errno.ENAMETOOLONG, "File name too long"),
        (errno.EEXIST, "File exists"),
        (errno.ECONNREFUSED, "Connection refused"),
    ],
)
def test_the_system_is_known_by_number_whatever_language_it_speaks(number, told):
    assert why(OSError(number, "系统自己的话")) == why(OSError(number, os.strerror(number))) == told


def test_common_reasons_of_the_system_are_translated():
    with speaking("zh"):
        assert why(FileNotFoundError(2, "No such file or directory")) == "没有这个文件或文件夹"
        assert why(OSError(9999, "Something unheard of")) == "Something unheard of"
        assert why(OSError()) == "OSError"


def test_a_file_that_another_program_holds_on_windows():
    error = PermissionError(errno.EACCES, "Der Prozess kann nicht auf die Datei zugreifen")
    error.winerror = 32
    assert why(error) == "it is in use by another program"


def test_sqlite(tmp_path):
    assert why(database(tmp_path, "SELECT * FROM nowhere")) == "a part of it is missing"
    assert why(database(tmp_path, "SELECT * FROM sqlite_master", content=b"no database " * 200)) == (
        "it is no database of SQLite"
    )
    sql = "CREATE TABLE a (b INTEGER PRIMARY KEY); INSERT INTO a VALUES (1); INSERT INTO a VALUES (1)"
    (tmp_path / "some.db").unlink()
    assert why(database(tmp_path, sql)) == "its values do not fit together"
    assert why(raised(sqlite3.connect, tmp_path / "no" / "folder.db")) == "it cannot be opened"


def test_a_database_that_is_locked_or_read_only(tmp_path):
    path = tmp_path / "some.db"
    first = sqlite3.connect(path, isolation_level=None)
    first.execute("CREATE TABLE a (b)")
    first.execute("BEGIN EXCLUSIVE")
    second = sqlite3.connect(path, timeout=0)
    assert why(raised(second.execute, "SELECT * FROM a")) == "it is in use by another program"
    first.execute("COMMIT")
    only = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    assert why(raised(only.execute, "INSERT INTO a VALUES (1)")) == "it cannot be written to"
    first.execute("PRAGMA max_page_count = 2")
    assert why(raised(first.execute, "INSERT INTO a VALUES (zeroblob(100000))")) == "No space left on device"
    for each in (first, second, only):
        each.close()


def test_archives():
    assert why(raised(zipfile.ZipFile, BytesIO(b"none"))) == "it is no ZIP archive"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", "some content")
    broken = packed.getvalue().replace(b"some content", b"some CONTENT")
    with zipfile.ZipFile(BytesIO(broken)) as archive:
        assert why(raised(archive.read, "a")) == "its bytes are not as they were written"
    assert why(raised(zlib.decompress, b"none")) == "its bytes are not as they were written"
    assert why(raised(struct.unpack, "<Q", b"12")) == "it ends too early"


def test_values_of_another_kind_are_not_told_in_words_of_python():
    shape = "it does not hold what it should"
    for value in (None, [1], 7):
        assert why(raised(lambda value=value: value["a"])) == shape
    assert why(raised(int, "x")) == shape
    assert why(raised(lambda: json.loads("{}")["format"])) == '"format" is missing in it'


def test_other_things():
    assert why(raised(shlex.split, "vim 'a")) == "a quotation mark is not closed"
    assert why(raised(open, "a\0b")) == "it holds a null character"
    assert why(raised(__import__, "no_such_module")) == "no_such_module is not installed"
    assert why(ValueError("a manifest of another program")) == "a manifest of another program"
    assert why(ValueError()) == "ValueError"


def test_nothing_english_is_left_in_another_language(tmp_path, all_translated):
    errors = [
        raised(json.loads, "{"), raised(tomllib.loads, "a 1"), raised(tomlkit.parse, "a 1"), raised(b"\xff".decode),
        OSError(errno.ENOSPC, "No space left on device"), database(tmp_path, "SELECT * FROM nowhere"),
        raised(zipfile.ZipFile, BytesIO(b"")), raised(int, "x"), raised(json.loads, "[" * 100_000), MemoryError(),
    ]  # fmt: skip
    for error in errors:
        told = why(error)
        assert "译" in told
        assert not re.search(r"[A-Za-z]{4,}", told), error


def test_common_reasons_in_chinese():
    with speaking("zh"):
        assert why(raised(open, "/no/such/file")) == "没有这个文件或文件夹"
        assert why(OSError(errno.ENOSPC, "x")) == tr("No space left on device") != "No space left on device"
