"""The interview through a pipe, and what happens beside it: several at once, the end of input, a kill."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHINESE = "1.什么是早停\n\t验证集损失连续若干轮不再下降时停止训练\n\t保留验证集上最好的那组权重\n"
ENGLISH = "1.What is weight decay?\n\tIt pulls all weights towards zero at every step\n\tIt keeps the model simple\n"


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


def read_until(process, *needles):
    """Read lines of a running interview until one holds any of `needles`, and return what was read."""
    read = ""
    for line in process.stdout:
        read += line
        if any(needle in line for needle in needles):
            return read
    raise AssertionError(f"ended before {needles}: {read}\n{process.stderr.read()}")


def close(process):
    """Close the pipes of a process and return its exit code."""
    process.stdin.close()
    process.stdout.read()
    process.stdout.close()
    process.stderr.close()
    return process.wait(timeout=20)


@pytest.mark.parametrize(
    ("notes_text", "answer", "score", "place"),
    [
        (CHINESE, "验证集损失连续若干轮不再下降时就停止训练，保留验证集上最好的那组权重", r"(\d+) 分", "dl.txt:1"),
        (
            ENGLISH,
            "it pulls all weights towards zero at every step, and it keeps the model simple",
            r"(\d+) points",
            "dl.txt:1",
        ),
    ],
    ids=["zh", "en"],
)
def test_one_answer_through_a_pipe(viva, tmp_path, index, notes_text, answer, score, place):
    notes = tmp_path / "dl.txt"
    notes.write_text(notes_text, encoding="utf-8")

    result = viva("ask", "--kb", notes, "--index", index, typed=f"{answer}\n")

    assert result.returncode == 0, result.stderr
    assert notes_text.splitlines()[0].partition(".")[2] in result.stdout
    found = re.search(score, result.stdout)
    assert found, result.stdout
    assert int(found[1]) >= 70
    assert place in result.stdout, result.stdout
    (turn,) = viva.history(notes)
    assert turn["answer"] == answer
    assert turn["score"] == int(found[1])


def test_nothing_known_scores_nothing(viva, tmp_path, index):
    notes = tmp_path / "dl.txt"
    notes.write_text(CHINESE, encoding="utf-8")

    viva("ask", "--kb", notes, "--index", index, typed="不知道\n")

    (turn,) = viva.history(notes)
    assert turn["score"] in {0, None}
    assert turn["rating"] == "again"


def test_without_a_terminal_viva_asks_line_by_line(viva, index):
    """What `make try` runs, on the notes it runs on."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ntry:")[2].splitlines()[1]
    assert recipe.split("/viva")[1].split() == ["--kb", "kb", "--index", "index"]

    result = viva("--kb", ROOT / "kb", "--index", index)

    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert "10" in result.stdout
    assert viva.history(ROOT / "kb") == []


def test_the_end_of_input_keeps_what_was_said(viva, notes, index):
    viva("ask", "--kb", notes, "--index", index, "--seed", "5", typed="损失不降就停\n")
    (first,) = viva.history(notes)

    viva("ask", "--resume", "--kb", notes, "--index", index, typed="one\ntwo words\nthree more words\n")

    turns = viva.history(notes)
    assert [turn["answer"] for turn in turns] == ["three more words", "two words", "one", "损失不降就停"]
    assert turns[-1] == first
    assert len({turn["question"] for turn in turns}) == 4
    assert len({turn["interview_id"] for turn in turns}) == 1


def test_the_same_seed_asks_in_the_same_order(viva, notes, index):
    orders = []
    for seed in (7, 7, 8):
        result = viva("ask", "--new", "--seed", seed, "--kb", notes, "--index", index, typed="x y\n" * 4)
        assert result.returncode == 0, result.stderr
        orders.append([turn["question"] for turn in viva.history(notes)[:4]])

    assert orders[0] == orders[1] != orders[2]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_killed_in_the_middle(viva, notes, index):
    process = viva.start("ask", "--kb", notes, "--index", index)
    read_until(process, "什么是", "What is")
    process.stdin.write("第一个回答 the first answer\n")
    process.stdin.flush()
    read_until(process, "什么是", "What is")
    process.send_signal(signal.SIGKILL)
    close(process)

    (stored,) = viva.history(notes)
    assert stored["answer"] == "第一个回答 the first answer"
    resumed = viva("ask", "--resume", "--kb", notes, "--index", index, typed="the second answer\n")
    assert resumed.returncode == 0, resumed.stderr
    assert stored["question"] not in resumed.stdout.partition("\n\n")[2].splitlines()[:3]
    turns = viva.history(notes)
    assert turns[1] == stored
    assert turns[0]["interview_id"] == stored["interview_id"]


def test_two_sessions_at_once(viva, notes, index):
    assert viva("index", "--kb", notes, "--index", index).returncode == 0
    processes = [viva.start("ask", "--new", "--kb", notes, "--index", index) for _ in range(2)]
    for process in processes:
        read_until(process, "什么是", "What is")
    for turn in range(2):
        for number, process in enumerate(processes):
            process.stdin.write(f"answer {turn} of session {number}\n")
            process.stdin.flush()
            read_until(process, "什么是", "What is")
    assert [close(process) for process in processes] == [0, 0]

    turns = viva.history(notes)
    assert sorted(turn["answer"] for turn in turns) == sorted(
        f"answer {turn} of session {number}" for turn in range(2) for number in range(2)
    )
    assert len({turn["interview_id"] for turn in turns}) == 2


def test_two_writers_of_one_index(viva, notes, index):
    processes = [viva.start("index", "--rebuild", "--kb", notes, "--index", index) for _ in range(3)]
    assert [close(process) for process in processes] == [0, 0, 0]

    result = viva("search", "标签平滑", "--kb", notes, "--index", index)
    assert result.returncode == 0
    assert result.stderr == "", "the index was left in a state that had to be mended"


def test_a_deleted_index_loses_nothing(viva, notes, index):
    import shutil

    viva("ask", "--kb", notes, "--index", index, "--count", "1", typed="an answer\n")
    before = viva.history(notes)
    shutil.rmtree(index)

    assert viva("search", "标签平滑", "--kb", notes, "--index", index).returncode == 0
    assert viva.history(notes) == before != []


@pytest.mark.shared
def test_the_real_notes(viva, real_notes, index):
    result = viva("ask", "--kb", real_notes, "--index", index, "--count", "3", typed="局部连接和权值共享\n" * 3)

    assert result.returncode == 0, result.stderr
    assert len(viva.history(real_notes)) == 3
