"""Whatever is wrong: one clear line on stderr, the right exit code, no traceback, nothing lost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys

import pytest

ROW = '{"question_id": "notes.txt#1", "answer": "验证集损失不再下降就停"}\n'


def complains(result, *words, code=1):
    """Assert one line on stderr that holds `words`, and the exit code."""
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert "defect" not in lines[0], lines[0]
    for word in words:
        assert word in lines[0], lines[0]
    assert result.returncode == code
    return lines[0]


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.mark.parametrize(
    "arguments", [("questions",), ("search", "x"), ("check",), ("ask",), ("due",), ("index",), ("stats",), ()]
)
def test_missing_path(viva, tmp_path, arguments):
    complains(viva(*arguments, "--kb", tmp_path / "nowhere.txt"), "nowhere.txt", "no such file or folder")


@pytest.mark.parametrize("arguments", [("search", "x"), ("ask",), ("index",), ()])
def test_empty_folder(viva, tmp_path, arguments):
    (tmp_path / "empty").mkdir()

    complains(viva(*arguments, "--kb", tmp_path / "empty"), "no questions found", "empty")


@pytest.mark.parametrize("arguments", [("search", "x"), ("ask",)])
def test_no_questions_at_all(viva, tmp_path, arguments):
    (tmp_path / "prose.txt").write_text("Just a shopping list.\nMilk, bread.\n", encoding="utf-8")

    complains(viva(*arguments, "--kb", tmp_path / "prose.txt"), "no questions found", "prose.txt")


def test_wrong_usage(viva, notes):
    complains(viva("search", "--kb", notes), "--help", code=2)
    complains(viva("search", "x", "--no-such-option", "--kb", notes), "--no-such-option", code=2)
    complains(viva("sing"), "sing", code=2)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that even root cannot read")
def test_unreadable_file(viva, notes):
    closed = notes.with_name("closed.txt")
    if os.geteuid() == 0:
        closed.symlink_to("/proc/self/mem")
    else:
        closed.write_text("1.x\n\ty\n", encoding="utf-8")
        closed.chmod(0)

    complains(viva("questions", "--kb", closed), "closed.txt")
    report = viva("check", "--kb", notes.parent, "--json")

    problems = json.loads(report.stdout)["problems"]
    assert any(problem["file"].endswith("closed.txt") for problem in problems), problems
    assert len(json.loads(viva("questions", "--kb", notes.parent, "--json").stdout)["questions"]) == 4


def test_binary_file(viva, notes):
    binary = notes.with_name("picture.txt")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40)

    complains(viva("questions", "--kb", binary), "picture.txt", "not a text file")
    problems = json.loads(viva("check", "--kb", notes.parent, "--json").stdout)["problems"]
    assert [p["kind"] for p in problems if p["file"].endswith("picture.txt")] == ["left-out"]


def test_a_line_of_100_megabytes(viva, notes):
    huge = notes.with_name("huge.txt")
    with huge.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)

    complains(viva("questions", "--kb", huge), "huge.txt", "larger than")
    problems = json.loads(viva("check", "--kb", notes.parent, "--json").stdout)["problems"]
    assert [p["kind"] for p in problems if p["file"].endswith("huge.txt")] == ["left-out"]
    assert len(json.loads(viva("questions", "--kb", notes.parent, "--json").stdout)["questions"]) == 4


def test_a_long_line_below_the_limit_is_read(viva, notes, index):
    notes.write_text("1.什么是早停\n\t" + "验证集损失不再下降" * 20_000 + "\n", encoding="utf-8")

    result = viva("search", "早停", "--kb", notes, "--index", index, "--json")

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["hits"][0]["number"] == "1"


def test_broken_utf8(viva, notes, index):
    good = notes.read_bytes()
    notes.write_bytes(good.replace("保留".encode(), "保留".encode()[:-1], 1))

    listed = json.loads(viva("questions", "--kb", notes, "--json").stdout)["questions"]
    problems = json.loads(viva("check", "--kb", notes, "--json").stdout)["problems"]

    assert [entry["number"] for entry in listed] == ["1", "2", "3", "4"]
    assert listed[0]["question"] == "什么是早停"
    assert [(p["kind"], p["line"]) for p in problems] == [("unreadable", 3)]
    assert viva("search", "早停", "--kb", notes, "--index", index).returncode == 0


def test_bad_rows_cost_only_themselves(viva, notes, index):
    rows = ROW + "not json\n" + '{"question_id": "notes.txt#99", "answer": "x"}\n' + ROW

    result = viva("grade", "--answers", "-", "--kb", notes, "--index", index, "--json", typed=rows)

    graded = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert ["error" in row for row in graded] == [False, True, True, False]


def test_wrong_model_name(viva, notes, index):
    result = viva("search", "x", "--kb", notes, "--index", index, "--model", "no-such-owner/no-such-model")

    complains(result, "no-such-owner/no-such-model")


def test_model_folder_that_is_none(viva, notes, index, tmp_path):
    (tmp_path / "model").mkdir()

    complains(viva("search", "x", "--kb", notes, "--index", index, "--model", tmp_path / "model"), "model")


def test_model_folder_with_a_pickle(viva, notes, index, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    (folder / "modules.json").write_text(
        '[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]', encoding="utf-8"
    )
    witness = tmp_path / "witness"
    code = f"cposix\nsystem\n(S'touch {witness}'\ntR.".encode()
    (folder / "pytorch_model.bin").write_bytes(code)

    complains(viva("search", "x", "--kb", notes, "--index", index, "--model", folder), "safetensors")

    assert not witness.exists(), "the pickle was run"


def test_a_file_where_the_index_should_be(viva, notes, index):
    index.write_text("mine", encoding="utf-8")

    result = viva("search", "标签平滑", "--kb", notes, "--index", index, "--json")

    complains(result, "index", "kept in memory", code=0)
    assert json.loads(result.stdout)["hits"][0]["number"] == "2", "a search must not need a place to store its index"
    complains(viva("index", "--kb", notes, "--index", index), "index", "cannot be stored")
    assert index.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_an_index_folder_that_cannot_be_made(viva, notes):
    complains(viva("index", "--kb", notes, "--index", "/proc/viva-index"), "/proc/viva-index")


@contextlib.contextmanager
def mounted(folder, options):
    """Mount a tiny file system, or skip where that is not allowed."""
    folder.mkdir()
    tool = shutil.which("mount")
    if sys.platform != "linux" or tool is None or os.geteuid() != 0:
        pytest.skip("cannot mount here")
    made = subprocess.run([tool, "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True)
    if made.returncode != 0:
        pytest.skip("cannot mount here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_read_only_index_folder(viva, notes, tmp_path):
    with mounted(tmp_path / "disk", "ro,size=64k") as disk:
        complains(viva("index", "--kb", notes, "--index", disk / "index"), "disk/index")


def test_full_disk_while_indexing(viva, notes, tmp_path):
    with mounted(tmp_path / "disk", "size=16k") as disk:
        index = disk / "index"
        result = viva("index", "--kb", notes, "--index", index)
        assert "Traceback" not in result.stderr
        assert "cannot be stored" in result.stderr.splitlines()[-1]
        assert "No space left" in result.stderr.splitlines()[-1]
        assert result.returncode == 1
        assert [path for path in index.rglob("*") if path.is_file() and path.stat().st_size] == [], "rubbish is left"
        assert viva("search", "标签平滑", "--kb", notes, "--index", index).returncode == 0


@pytest.mark.bare
@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits on Windows")
def test_no_room_for_the_index_files(viva, notes, index):
    """A limit on file size stands in for the full disk: the write fails in the middle in the same way."""
    import resource

    assert viva("index", "--kb", notes, "--index", index).returncode == 0
    before = {path.name: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    text = notes.read_text(encoding="utf-8")
    notes.write_text(text + "5.什么是批次\n\t一次更新用的一组样本\n", encoding="utf-8")

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    complains(viva("index", "--kb", notes, "--index", index, before=small_files), "index")

    after = {path.name: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    assert {name: data for name, data in after.items() if name in before} == before, "the old index was harmed"
    result = viva("search", "什么是批次", "--kb", notes, "--index", index, "--json")
    assert json.loads(result.stdout)["hits"][0]["number"] == "5"


def test_damaged_index(viva, notes, index):
    search = ("search", "标签平滑", "--kb", notes, "--index", index, "--json")
    sound = viva(*search)
    assert sound.returncode == 0, sound.stderr
    names = {path.name for path in index.rglob("*") if path.is_file() and path.stat().st_size > 0}
    assert names >= {"manifest.json", "vectors.faiss"}

    for name in sorted(names):
        (path,) = index.rglob(name)
        data = bytearray(path.read_bytes())
        middle = len(data) // 2
        path.write_bytes(bytes(data[:middle]) + bytes(byte ^ 0xFF for byte in data[middle : middle + 64]))
        mended = viva(*search)
        complains(mended, code=0)
        assert mended.stdout == sound.stdout, name
        assert viva(*search).stderr == "", f"{name} was not mended for good"


def test_settings_that_make_no_sense(viva, notes, isolated_home):
    (isolated_home / "settings.toml").write_text("count = 0\n", encoding="utf-8")

    complains(viva("questions", "--kb", notes), "settings.toml", "count")


def test_a_history_that_is_none(viva, notes, isolated_home):
    (isolated_home / "history.db").write_bytes(b"this is no database, it only has its name" * 100)

    complains(viva("history", "--kb", notes), "history.db")

    assert (isolated_home / "history.db").read_bytes().startswith(b"this is no database"), "the file was overwritten"
