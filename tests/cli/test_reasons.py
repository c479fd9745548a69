"""Errors tell the reasons of libraries in the language in force, whatever command they come from."""

from __future__ import annotations

import re
import sqlite3
import zipfile

import pytest

LIBRARIES = re.compile(
    r"Expect|Invalid|Extra data|codec|Errno|zip file|database|\bchar\b|No such|denied|directory|indices|object|\bat line"
    r"|token|CRC|magic"
)
"""Words of the libraries that raise what is tried here."""


def bad_settings(home, folder):
    (home / "settings.toml").write_text("count 3\n", encoding="utf-8")
    return ("due",)


def settings_of_other_bytes(home, folder):
    (home / "settings.toml").write_bytes(b"count = 3 # \xff\n")
    return ("due",)


def change_of_bad_settings(home, folder):
    (home / "settings.toml").write_text("count = = 3\n", encoding="utf-8")
    return ("config", "set", "count", "5")


def import_of_no_json(home, folder):
    file = folder / "history.json"
    file.write_text('{"format": }', encoding="utf-8")
    return ("import", file)


def import_of_a_folder(home, folder):
    return ("import", folder)


def grade_of_a_folder(home, folder):
    return ("grade", "--answers", folder)


def damaged_package(home, folder):
    file = folder / "deck.apkg"
    file.write_bytes(b"no archive at all")
    return ("questions", "--kb", file)


def damaged_database_in_a_package(home, folder):
    file = folder / "deck.apkg"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", b"no database " * 500)
    return ("questions", "--kb", file)


def restore_of_a_damaged_zip(home, folder):
    file = folder / "backup.zip"
    file.write_bytes(b"PK\x03\x04 no archive at all")
    return ("restore", file)


def restore_of_a_broken_manifest(home, folder):
    file = folder / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "[1]")
        archive.writestr("history.db", "")
    return ("restore", file)


def restore_of_a_damaged_history(home, folder):
    file = folder / "copy.db"
    with sqlite3.connect(file) as made:
        made.execute("PRAGMA user_version = 3")
        made.execute("CREATE TABLE other (a)")
    made.close()
    return ("restore", file)


def model_with_a_broken_list_of_parts(home, folder):
    (folder / "modules.json").write_text("[{]", encoding="utf-8")
    return ("search", "x", "--model", folder)


def password_that_is_no_file(home, folder):
    return ("serve", "--password-file", folder)


CASES = [
    value for value in list(globals().values()) if getattr(value, "__code__", None) and value.__module__ == __name__
]


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_no_reason_is_in_the_words_of_a_library(viva, tmp_path, isolated_home, monkeypatch, all_translated, case):
    monkeypatch.setenv("VIVA_LANGUAGE", "zh")
    folder = tmp_path / "f"
    folder.mkdir()
    command = case(isolated_home, folder)
    result = viva(*command)
    assert result.code == 1, (result.out, result.err)
    told = result.err.replace(str(tmp_path), "").replace(str(isolated_home), "")
    assert "译" in told
    assert not LIBRARIES.search(told), told


def test_a_row_that_is_no_json(viva, tmp_path, kb, all_translated, monkeypatch):
    monkeypatch.setenv("VIVA_LANGUAGE", "zh")
    rows = viva("grade", "--answers", "-", typed='{"question": }\n').rows
    assert "line 1, column 14: a value is missing" in rows[0]["error"], "what programs read stays English"
