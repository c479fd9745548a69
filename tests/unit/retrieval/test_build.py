"""The index on disk: always the old one or the new one, always fitting notes and model."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from viva.errors import IndexStoreError
from viva.retrieval import build, generation
from viva.retrieval.build import open_index
from viva.retrieval.searcher import Searcher
from viva.types import Doing


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def lines() -> list[str]:
    return []


def state(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            about = path.stat()
            found[path.relative_to(folder).as_posix()] = (about.st_mtime_ns, about.st_ino)
    return found


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("generation-*"))


def answer(index, entries, encoder) -> list[tuple[str, float, str, int]]:
    found = Searcher(index, entries, encoder).search("怎么扩大感受野", 4)
    return [(hit.question_id, hit.score, hit.passage, hit.line) for hit in found]


def test_first_build_says_one_line_and_stores_all(folder, entries, encoder, lines):
    index = open_index(folder, entries, encoder, notify=lines.append)
    assert lines == [f"indexing 9 questions into {folder}"]
    assert isinstance(lines[0], Doing)
    assert lines[0].done == f"indexed 9 questions into {folder}"
    assert (index.entries, index.texts, index.encoded) == (9, len(encoder.texts), len(encoder.texts))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == encoder.model_id
    assert manifest["dimension"] == encoder.dimension
    assert (manifest["entries"], manifest["texts"]) == (9, index.texts)
    assert set(manifest["checksums"]) == {"vectors.faiss", "keywords.npy", "table.json"}


def test_unchanged_notes_open_without_writing_or_encoding(folder, entries, encoder, lines):
    first = open_index(folder, entries, encoder, notify=lines.append)
    before, encoder.texts = state(folder), []
    again = open_index(folder, entries, encoder, notify=pytest.fail)
    assert state(folder) == before
    assert encoder.texts == []
    assert again.encoded == 0
    assert answer(again, entries, encoder) == answer(first, entries, encoder)


def test_moved_lines_and_files_cost_nothing(folder, entries, encoder, lines):
    open_index(folder, entries, encoder, notify=lines.append)
    moved = [
        dataclasses.replace(e, line=e.line + 7, end_line=e.end_line + 7, file="b.md", id=f"b.md#{e.number}")
        for e in entries
    ]
    encoder.texts = []
    index = open_index(folder, moved, encoder, notify=pytest.fail)
    assert encoder.texts == []
    hit = Searcher(index, moved, encoder).search("感受野怎么计算", 1)[0]
    assert (hit.file, hit.line, hit.question_id) == ("b.md", 28, "b.md#2")


def test_only_changed_texts_are_encoded_again(folder, entries, encoder, lines):
    open_index(folder, entries, encoder, notify=lines.append)
    changed = [*entries[1:], dataclasses.replace(entries[0], answer="参数更新的步长", end_line=11)]
    encoder.texts = []
    index = open_index(folder, changed, encoder, notify=pytest.fail)
    assert encoder.texts == ["参数更新的步长", "什么是学习率\n参数更新的步长"]
    assert index.encoded == 2
    fresh = open_index(folder.parent / "fresh", changed, encoder, notify=lines.append)
    assert answer(index, changed, encoder) == answer(fresh, changed, encoder)
    rows = np.arange(index.texts)
    np.testing.assert_array_equal(index.vectors.vectors(rows), fresh.vectors.vectors(rows))
    assert generations(folder) == [json.loads((folder / "manifest.json").read_text("utf-8"))["generation"]]


def test_rebuild_encodes_everything(folder, entries, encoder, lines):
    first = open_index(folder, entries, encoder, notify=lines.append)
    encoder.texts = []
    assert open_index(folder, entries, encoder, notify=lines.append, rebuild=True).encoded == first.texts


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x41
    path.write_bytes(content)


HARM = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "flipped": flip,
    "removed": lambda path: path.unlink(),
}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("name", ["vectors.faiss", "keywords.npy", "table.json", "manifest.json"])
def test_damage_is_mended_with_one_line(folder, entries, encoder, lines, name, harm):
    good = open_index(folder, entries, encoder, notify=lines.append)
    lines.clear()
    HARM[harm](next(folder.rglob(name)))
    mended = open_index(folder, entries, encoder, notify=lines.append)
    assert len(lines) == 1
    if (name, harm) != ("manifest.json", "removed"):
        assert lines[0].startswith(f"rebuilding the index in {folder}")
    assert "\n" not in lines[0]
    assert answer(mended, entries, encoder) == answer(good, entries, encoder)
    assert open_index(folder, entries, encoder, notify=pytest.fail).encoded == 0
    assert len(generations(folder)) == 1


def test_other_model_rebuilds_and_says_so(folder, entries, encoder, other_model, lines):
    first = open_index(folder, entries, encoder, notify=lines.append)
    lines.clear()
    index = open_index(folder, entries, other_model, notify=lines.append)
    assert len(lines) == 1
    assert "another model, embedded" in lines[0]
    assert (index.model_id, index.encoded) == ("other@1234", first.texts)


@pytest.mark.parametrize(("field", "value"), [("format", 99), ("format", None)])
def test_other_format_rebuilds_and_says_so(folder, entries, encoder, lines, field, value):
    open_index(folder, entries, encoder, notify=lines.append)
    lines.clear()
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), field: value}), encoding="utf-8")
    open_index(folder, entries, encoder, notify=lines.append)
    assert len(lines) == 1
    assert "another version of viva" in lines[0]


def test_other_chunker_rebuilds_and_says_so(folder, entries, encoder, lines, monkeypatch):
    open_index(folder, entries, encoder, notify=lines.append)
    lines.clear()
    monkeypatch.setattr(build, "CHUNKER_VERSION", "newer")
    open_index(folder, entries, encoder, notify=lines.append)
    assert len(lines) == 1
    assert "another way" in lines[0]


class Crash(BaseException):
    """Stands for a killed process: nothing in the code may catch it as an error."""


@pytest.mark.parametrize("step", ["write", "put_in_force", "remove_others"])
def test_a_crash_leaves_the_old_index_or_the_new_one(folder, entries, encoder, lines, monkeypatch, step):
    old = open_index(folder, entries[:5], encoder, notify=lines.append)
    real = getattr(generation, step)

    def crash(*arguments):
        if step == "write":
            arguments[0].mkdir()
            (arguments[0] / "vectors.faiss").write_bytes(b"half")
        if step == "remove_others":
            raise Crash
        monkeypatch.setattr(generation, "remove", lambda _: None)  # a killed process does not clean up
        if step == "put_in_force":
            (arguments[0] / "manifest-0000.tmp").write_text("half", encoding="utf-8")
        raise Crash

    monkeypatch.setattr(generation, step, crash)
    with pytest.raises(Crash):
        open_index(folder, entries, encoder, notify=lines.append)
    monkeypatch.undo()
    monkeypatch.setattr(generation, step, real)
    if step != "remove_others":
        still = open_index(folder, entries[:5], encoder, notify=pytest.fail)
        assert still.encoded == 0
        assert answer(still, entries[:5], encoder) == answer(old, entries[:5], encoder)
    index = open_index(folder, entries, encoder, notify=pytest.fail)
    assert index.entries == 9
    open_index(folder, entries[:6], encoder, notify=pytest.fail)
    assert len(generations(folder)) == 1
    assert not list(folder.glob("*.tmp"))


def test_a_crash_while_the_manifest_is_replaced(folder, entries, encoder, lines, monkeypatch):
    open_index(folder, entries[:5], encoder, notify=lines.append)

    def crash(*_):
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", crash)
        with pytest.raises(Crash):
            open_index(folder, entries, encoder, notify=pytest.fail)
    assert open_index(folder, entries[:5], encoder, notify=pytest.fail).encoded == 0


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("step", ["write", "put_in_force"])
def test_disk_that_takes_nothing_keeps_it_in_memory(folder, entries, encoder, lines, monkeypatch, code, step):
    old = open_index(folder, entries[:5], encoder, notify=lines.append)

    def full(*_):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(generation, step, full)
        lines.clear()
        index = open_index(folder, entries, encoder, notify=lines.append)
    assert len(lines) == 1
    assert "kept in memory" in lines[0]
    assert os.strerror(code) in lines[0]
    assert index.folder is None
    assert "notes.md#8" in {hit.question_id for hit in Searcher(index, entries, encoder).search("Fast R-CNN")}
    assert len(generations(folder)) == 1
    assert open_index(folder, entries[:5], encoder, notify=pytest.fail).texts == old.texts


def test_disk_that_fills_up_in_the_middle_of_a_file(folder, entries, encoder, lines, monkeypatch):
    real = Path.write_bytes

    def short(self, data):
        real(self, bytes(data[: len(data) // 2]))
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", short)
        index = open_index(folder, entries, encoder, notify=lines.append)
    assert index.folder is None
    assert generations(folder) == []
    assert "No space left" in lines[-1]


def test_a_file_in_place_of_the_folder(folder, entries, encoder, lines):
    folder.write_text("mine", encoding="utf-8")
    index = open_index(folder, entries, encoder, notify=lines.append)
    assert index.folder is None
    assert len(lines) == 1
    assert answer(index, entries, encoder)
    assert folder.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root")
def test_read_only_folder(folder, entries, encoder, lines):
    folder.mkdir()
    folder.chmod(0o500)
    try:
        index = open_index(folder, entries, encoder, notify=lines.append)
    finally:
        folder.chmod(0o700)
    assert index.folder is None
    assert len(lines) == 1


def test_foreign_files_are_left_alone(folder, entries, encoder, lines):
    (folder / "generation-mine").mkdir(parents=True)
    mine = [folder / "README.md", folder / "generation-mine" / "diary.txt", folder / "notes.tmp"]
    for path in mine:
        path.write_text("mine", encoding="utf-8")
    open_index(folder, entries, encoder, notify=lines.append)
    open_index(folder, entries[:4], encoder, notify=lines.append, rebuild=True)
    assert [path.read_text(encoding="utf-8") for path in mine] == ["mine"] * 3


def test_second_writer_waits_then_says_so_and_readers_go_on(folder, entries, encoder, lines, monkeypatch):
    open_index(folder, entries, encoder, notify=lines.append)
    monkeypatch.setattr(build, "LOCK_SECONDS", 0.2)
    with FileLock(folder / ".viva.lock"):
        assert open_index(folder, entries, encoder, notify=pytest.fail).encoded == 0
        with pytest.raises(IndexStoreError, match="another viva is writing"):
            open_index(folder, entries[:3], encoder, notify=pytest.fail)
    assert open_index(folder, entries[:3], encoder, notify=pytest.fail).entries == 3


def test_a_writer_that_waited_takes_what_the_first_one_wrote(folder, entries, encoder, embedded, lines):
    folder.mkdir()
    lock = FileLock(folder / ".viva.lock")
    opened = []
    with lock:
        waiter = threading.Thread(
            target=lambda: opened.append(open_index(folder, entries, encoder, notify=lines.append))
        )
        waiter.start()
        time.sleep(0.2)
        other = folder.parent / "other"
        open_index(other, entries, embedded, notify=lines.append)
        for path in other.iterdir():
            if path.name != ".viva.lock":
                path.rename(folder / path.name)
        lines.clear()
    waiter.join()
    assert opened[0].encoded == 0
    assert encoder.texts == []
    assert lines == []


def test_two_processes_at_once(folder, tmp_path):
    script = tmp_path / "build.py"
    script.write_text(
        "import sys, pathlib\n"
        "from viva.notes.reader import read_notes\n"
        "from viva.retrieval.build import open_index\n"
        "from viva.models.encoder import open_encoder\n"
        "notes = read_notes([pathlib.Path(sys.argv[1])]).entries\n"
        "model = open_encoder(notify=print)\n"
        "index = open_index(pathlib.Path(sys.argv[2]), notes, model, notify=lambda line: None, rebuild=True)\n"
        "print(index.entries, index.folder is not None)\n",
        encoding="utf-8",
    )
    notes = tmp_path / "notes.txt"
    notes.write_text("".join(f"{i}.问题{i}是什么\n\t答案{i}\n" for i in range(1, 30)), encoding="utf-8")
    command = [sys.executable, str(script), str(notes), str(folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == ["29 True"] * 3
    assert len(generations(folder)) == 1


def test_no_entries(folder, encoder, lines):
    index = open_index(folder, [], encoder, notify=lines.append)
    assert (index.entries, index.texts) == (0, 0)
    assert Searcher(index, [], encoder).search("anything") == []
    assert open_index(folder, [], encoder, notify=pytest.fail).texts == 0


def test_an_update_leaves_what_a_build_from_nothing_makes(folder, tmp_path, entries, encoder, lines):
    open_index(folder, entries, encoder, notify=lines.append)
    twice = [
        entries[3],
        entries[0],
        dataclasses.replace(entries[1], answer="另一个答案"),
        *entries[4:],
        entries[3],
        entries[8],
    ]
    longer = dataclasses.replace(twice[5], end_line=twice[5].end_line + 2)
    changed = [*twice[:5], longer, *twice[6:]]
    updated = open_index(folder, changed, encoder, notify=lines.append)
    made = open_index(tmp_path / "other", changed, encoder, notify=lines.append)
    assert updated.encoded < made.encoded
    assert updated.table.rows == made.table.rows
    places = np.arange(made.texts)
    np.testing.assert_array_equal(updated.vectors.vectors(places), made.vectors.vectors(places))
    assert updated.keywords.vocabulary == made.keywords.vocabulary
    assert answer(updated, changed, encoder) == answer(made, changed, encoder)
