"""The settings file: defaults, values, and one clear line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.errors import SettingsError
from viva.settings import Settings, change, language_in, read_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_all_values_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'kb = ["notes", "/more"]\nindex = "idx"\nmodel = "m"\ncount = 3\nretention = 0.85\nlanguage = "zh"\n'
        'follow_ups = false\nlimit = "2m30s"\n',
    )
    assert read_settings(path) == Settings(
        kb=(tmp_path / "notes", Path("/more")),
        index=tmp_path / "idx",
        model="m",
        count=3,
        retention=0.85,
        follow_ups=False,
        language="zh",
        limit=150,
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('language = "zh"\n', "zh"),
        ('language = "en"\n', "en"),
        ('language = "auto"\n', "auto"),
        ('count = 0\nlanguage = "zh"\n', "zh"),  # what else is wrong is told in this language
        ("count = 3\n", None),
        ('language = "fr"\n', None),
        ("language = 3\n", None),
        ("language = \n", None),
        (f"language = {'[' * 5000}\n", None),
    ],
)
def test_the_language_is_known_whatever_else_is_wrong(tmp_path: Path, text: str, language: str | None) -> None:
    assert language_in(written(tmp_path, text)) == language


def test_a_file_that_notepad_saved(tmp_path: Path) -> None:
    path = written(tmp_path, '\ufeffcount = 3\r\nlanguage = "zh"\r\n')
    assert (read_settings(path).count, language_in(path)) == (3, "zh")
    change(path, {"count": 5})
    assert read_settings(path).count == 5


def test_without_a_file_no_language_is_named(tmp_path: Path) -> None:
    assert language_in(tmp_path / "none.toml") is None
    assert language_in(tmp_path) is None


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, 'kb = "notes"')).kb == (tmp_path / "notes",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour = 1", "unknown setting 'colour'"),
        ("kb = 1", '"kb" must be'),
        ("count = 0", '"count" must be'),
        ("count = true", '"count" must be'),
        ("retention = 1.0", '"retention" must be'),
        ('limit = "soon"', "\"limit\": 'soon' is no time: write 90s, 3m or 2m30s"),
        ("limit = 10", '"limit": the time for an answer must be from 30s to 15m, not 10s'),
        ("limit = 2.5", '"limit" must be a time such as "3m"'),
        ("limit = true", '"limit" must be'),
        ("follow_ups = 1", '"follow_ups" must be'),
        ("model = 3", '"model" must be'),
        ('language = "fr"', '"language" must be'),
        ("language = 1", '"language" must be'),
        ("count =", "not valid TOML"),
        (f"count = {'[' * 5000}", "not valid TOML"),
    ],
)
def test_each_mistake_is_named_with_the_file(tmp_path: Path, text: str, expected: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert expected in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('model = "模型"'.encode("gb18030"))
    with pytest.raises(SettingsError, match="not valid TOML"):
        read_settings(path)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read"):
        read_settings(tmp_path)
