"""The language of viva's own words, and its catalogues."""

from __future__ import annotations

import ast
import ctypes
import locale
import plistlib
import sys
from io import BytesIO
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import pytest
from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import extract_from_dir

from viva import i18n
from viva.errors import VivaError
from viva.i18n import CATALOGUES, DOMAIN, english, language_of_system, ntr, speaking, spoken, tr

SOURCE = Path(i18n.__file__).parent
PO = CATALOGUES / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
KEYWORDS = {"tr": None, "ntr": (1, 2), "N_": None}


def catalogue() -> Catalog:
    with PO.open(encoding="utf-8") as file:
        return pofile.read_po(file, locale="zh_CN")


def words_of_the_code() -> dict[str, str]:
    """Return each message of the code and one place of it."""
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0]: f"{file}:{line}" for file, line, message, *_ in found}


def blanks(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def test_every_message_is_translated() -> None:
    known = {(m.id if isinstance(m.id, str) else m.id[0]): m for m in catalogue() if m.id}
    missing = [f"{place}: {text}" for text, place in words_of_the_code().items() if text not in known]
    assert missing == [], "run make messages, then translate"
    assert [text for text, message in known.items() if not all(forms(message)) or message.fuzzy] == []


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_no_translation_is_left_over() -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue() if m.id}
    assert known - words_of_the_code().keys() == set(), "run make messages"
    assert not catalogue().obsolete


def test_translations_fill_the_same_blanks() -> None:
    for message in catalogue():
        if message.id:
            wanted = message.id if isinstance(message.id, str) else message.id[1]
            assert all(blanks(text) == blanks(wanted) for text in forms(message)), message.id


def test_the_compiled_catalogue_is_that_of_its_source() -> None:
    compiled = BytesIO()
    mofile.write_mo(compiled, catalogue())
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run make messages"


def test_messages_are_not_built_before_they_are_translated() -> None:
    """A message made of an f-string or a sum is in no catalogue."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"ntr", "N_"}:
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{file}:{node.lineno}"


def test_messages_stand_where_they_are_found() -> None:
    """What stands within an f-string is not seen by all versions of Python's tokenizer, and would stay English."""
    known = words_of_the_code()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                said = node.args[0]
                assert not isinstance(said, ast.Constant) or said.value in known, f"{file}:{node.lineno}"


def test_a_language_is_spoken_for_a_while() -> None:
    assert spoken() == "en"
    with speaking("zh"):
        assert spoken() == "zh"
        assert tr("no model") == "没有模型"
    assert tr("no model") == "no model"


def test_english_has_two_forms() -> None:
    assert ntr("{number} mouse", "{number} mice", 1) == "1 mouse"
    assert ntr("{number} mouse", "{number} mice", 2) == "2 mice"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh-Hans"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": ""}, "en"),
    ],
)
def test_the_language_of_the_system(environ: dict[str, str], language: str) -> None:
    assert language_of_system(environ) == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN", "zh"),
        ("Chinese (Simplified)_China", "zh"),
        ("English_United Kingdom", "en"),
        ("de_DE", "en"),
        ("", "en"),
    ],
)
def test_the_locale_of_the_system_decides_where_no_variable_is_set(name: str, language: str) -> None:
    assert language_of_system({}, lambda: name) == language
    assert language_of_system({"LANG": "en_GB.UTF-8"}, lambda: name) == "en"


@pytest.mark.parametrize(
    ("kept", "language"),
    [
        (plistlib.dumps({"AppleLanguages": ["zh-Hans-CN", "en-CN"]}, fmt=plistlib.FMT_BINARY), "zh"),
        (plistlib.dumps({"AppleLanguages": ["zh-Hant-TW"]}), "zh"),
        (plistlib.dumps({"AppleLanguages": ["fr-FR", "zh-Hans-FR"]}), "en"),
        (plistlib.dumps({"AppleLanguages": []}), "en"),
        (plistlib.dumps([]), "en"),
        (b"no plist", "en"),
        (None, "en"),
    ],
)
def test_macos_is_asked_where_no_variable_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bytes | None, language: str
) -> None:
    folder = tmp_path / "Library" / "Preferences"
    folder.mkdir(parents=True)
    if kept is not None:
        (folder / ".GlobalPreferences.plist").write_bytes(kept)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(locale, "getlocale", lambda: (None, "UTF-8"))
    assert language_of_system({}) == language
    assert language_of_system({"LANG": "en_GB.UTF-8"}) == "en"


@pytest.mark.parametrize(("number", "language"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en"), (0x0407, "en")])
def test_windows_is_asked_in_which_language_it_shows_itself(
    monkeypatch: pytest.MonkeyPatch, number: int, language: str
) -> None:
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert language_of_system({}) == language


def test_where_windows_does_not_tell_the_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert language_of_system({}) == "zh"


def test_a_translated_message_knows_its_english() -> None:
    with speaking("zh"):
        model = tr("no model")
        known = tr("{path}: {reason}", path="a.md", reason=model)
        many = ntr("{number} mouse", "{number} mice", 2)
        error = VivaError(model)
    assert (model, known) == ("没有模型", "a.md: 没有模型")
    assert (english(model), english(known), english(many)) == ("no model", "a.md: no model", "2 mice")
    assert (str(error), english(str(error)), english(error)) == ("没有模型", "no model", "no model")
    assert english("plain") == "plain"
    assert english(3) == 3
