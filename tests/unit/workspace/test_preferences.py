"""Changing the settings file: what the person wrote in it stays, and it is whole at any time."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

import viva
from viva import files as whole_file
from viva.errors import SettingsError
from viva.settings import Settings, as_written, change, read_settings, value_of

OWN = """# mine, since 2025
kb = [
    "~/notes",  # the big ones
    "~/more",
]

count = 3   # short ones
# retention = 0.8
model = 'a/b'
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_comments_order_and_other_keys_stay(file: Path) -> None:
    file.write_text(OWN, encoding="utf-8")
    assert change(file, {"count": 12, "theme": "light"}).count == 12
    assert file.read_text(encoding="utf-8") == OWN.replace("count = 3 ", "count = 12 ") + 'theme = "light"\n'
    assert read_settings(file).theme == "light"


def test_a_key_is_taken_out_and_put_back(file: Path) -> None:
    file.write_text(OWN, encoding="utf-8")
    assert change(file, {"count": None}) == read_settings(file)
    assert "count" not in file.read_text(encoding="utf-8")
    assert "# mine, since 2025" in file.read_text(encoding="utf-8")
    assert change(file, {"retention": 0.95}).retention == 0.95


def test_a_file_is_made_where_there_is_none_but_not_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "settings.toml"
    assert change(file, {"theme": None}) == Settings()
    assert not file.exists()
    change(file, {"language": "zh"})
    assert file.read_text(encoding="utf-8") == 'language = "zh"\n'


def test_a_last_line_without_an_end_and_foreign_line_ends(file: Path) -> None:
    file.write_bytes(b"# a\r\ncount = 3")
    change(file, {"theme": "dark"})
    assert file.read_bytes() == b'# a\r\ncount = 3\r\ntheme = "dark"\r\n'


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"count": 0}, '"count" must be a whole number, at least 1'),
        ({"retention": 2}, '"retention" must be a number from 0.7 to 0.99'),
        ({"theme": "pink"}, '"theme" must be one of auto, dark, light, contrast'),
        ({"language": "de"}, '"language" must be one of auto, zh, en'),
        ({"colour": 1}, "unknown setting 'colour'; known are kb,"),
        ({"colour": None}, "unknown setting 'colour'"),
        ({"kb": ["\udcff"]}, "bytes that are no text"),
    ],
)
def test_what_is_refused_changes_nothing(file: Path, changes: dict[str, object], expected: str) -> None:
    file.write_text(OWN, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        change(file, changes)
    assert expected in str(caught.value)
    assert file.read_text(encoding="utf-8") == OWN


@pytest.mark.parametrize("broken", [b"count =\n# mine", 'model = "模型"'.encode("gb18030"), b"count = 1\ncount = 2\n"])
def test_a_broken_file_is_not_overwritten(file: Path, broken: bytes) -> None:
    file.write_bytes(broken)
    with pytest.raises(SettingsError, match="left as it is: correct or delete it"):
        change(file, {"theme": "dark"})
    assert file.read_bytes() == broken


def test_a_value_out_of_range_is_put_right_and_a_mistyped_key_got_rid_of(file: Path) -> None:
    file.write_text("count = 0\ncolour = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="unknown setting 'colour'"):
        change(file, {"count": 5})
    assert change(file, {"count": 5, "colour": None}).count == 5
    assert file.read_text(encoding="utf-8") == "count = 5\n"


@pytest.mark.parametrize(
    ("number", "expected"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "check the permissions of its folder")]
)
def test_a_write_that_fails_leaves_the_old_file_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    file.write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(whole_file.os, "fsync", fail)
    with pytest.raises(SettingsError, match=expected):
        change(file, {"count": 4})
    assert file.read_text(encoding="utf-8") == OWN
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read the settings file"):
        change(tmp_path, {"count": 4})


@pytest.mark.skipif(os.name == "nt", reason="links and modes are of POSIX")
def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "dotfiles" / "viva.toml"
    kept.parent.mkdir()
    kept.write_text(OWN, encoding="utf-8")
    kept.chmod(0o600)
    file.symlink_to(kept)
    change(file, {"count": 4})
    assert file.is_symlink()
    assert "count = 4" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_what_is_typed_becomes_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert value_of("count", ["12"]) == 12
    assert value_of("count", ["many"]) == "many"
    assert value_of("retention", ["0.85"]) == 0.85
    assert value_of("kb", ["notes", "~/more"]) == [str(tmp_path / "notes"), "~/more"]
    assert value_of("index", ["idx"]) == str(tmp_path / "idx")
    assert value_of("model", ["some/model"]) == "some/model"
    (tmp_path / "own").mkdir()
    assert value_of("model", ["own"]) == str(tmp_path / "own")
    for key, words in (("theme", ["dark", "light"]), ("colour", ["1"])):
        with pytest.raises(SettingsError):
            value_of(key, words)


def test_a_workspace_takes_a_change_at_once(tmp_path: Path, isolated_home: Path) -> None:
    (isolated_home / "settings.toml").write_text("count = 3\n", encoding="utf-8")
    with viva.open_workspace(kb=tmp_path, index=tmp_path / "index") as workspace:
        assert workspace.schedule.retention == 0.9
        workspace.change_settings({"retention": 0.8})
        assert workspace.schedule.retention == 0.8
        found = workspace.in_force()
        assert (found["count"].value, found["count"].origin) == (3, "settings")
        assert (found["retention"].value, found["retention"].origin) == (0.8, "settings")
        assert (found["theme"].value, found["theme"].origin) == ("auto", "default")
        assert found["kb"].origin == "flag"
        workspace.change_settings({"retention": None})
        assert workspace.in_force()["retention"].origin == "default"
    assert read_settings(isolated_home / "settings.toml") == Settings(count=3)


def test_a_time_is_written_as_it_is_read(file: Path) -> None:
    settings = change(file, {"limit": value_of("limit", ["2m30s"])})
    assert settings.limit == 150
    assert as_written("limit", settings) == "2m30s"
    assert file.read_text(encoding="utf-8") == 'limit = "2m30s"\n'
    with pytest.raises(SettingsError, match="'soon' is no time"):
        change(file, {"limit": "soon"})
