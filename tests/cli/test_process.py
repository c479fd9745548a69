"""The command in a process of its own: streams, pipes, signals, start-up, completion."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "from viva.cli.main import main; main()"


def start(*arguments, **options):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", **options.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        env=environment,
        **options,
    )


def finish(process, typed=b""):
    out, err = process.communicate(typed, timeout=60)
    return process.returncode, (out or b"").decode("utf-8"), err.decode("utf-8")


def test_stdout_is_utf8_whatever_the_locale(kb, tmp_path):
    code, out, err = finish(start("questions", "--json", cwd=tmp_path))
    assert (code, err) == (0, "")
    assert json.loads(out)["questions"][0]["question"] == "什么是早停"
    assert "什么是早停" in out
    assert "\r" not in out


def test_stdin_is_utf8_whatever_the_locale(kb, tmp_path):
    row = '{"question_id": "small.txt#1", "answer": "保留最好的权重"}\n'
    code, out, _ = finish(start("grade", "--answers", "-", "--json", cwd=tmp_path), row.encode())
    assert code == 0
    assert json.loads(out)["answer"] == "保留最好的权重"


def test_a_reader_that_leaves_early_is_no_failure(tmp_path):
    notes = "".join(f"{number}.第{number}个问题是什么\n\t答案\n" for number in range(1, 5001))
    (tmp_path / "many.txt").write_text(notes, encoding="utf-8")
    process = start("questions", "--kb", "many.txt", cwd=tmp_path)
    assert process.stdout.readline().decode("utf-8").lstrip().startswith("1  ✓ answered")
    process.stdout.close()
    err = process.stderr.read().decode("utf-8")
    process.stderr.close()
    process.stdin.close()
    assert (process.wait(60), err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_one_line(kb, tmp_path):
    with Path("/dev/full").open("wb") as full:
        code, _, err = finish(start("questions", stdout=full, cwd=tmp_path))
    assert code == 1
    assert err == "viva: the disk is full (output): free some space and run it again\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("shell", "code"),
    [("ask <&-", 0), ("<&-", 0), ("questions >&-", 0), ("search x --kb nowhere 2>&-", 1), ("grade --answers - <&-", 0)],
)
def test_closed_streams(kb, tmp_path, shell, code):
    line = f'"$0" -c "$1" {shell}'
    done = subprocess.run(["/bin/sh", "-c", line, sys.executable, RUN], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    assert b"defect" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child on Windows")
def test_ctrl_c_is_quiet_and_loses_nothing(kb, tmp_path):
    process = start("ask", "--count", "3", "--kb", "kb/small.txt", cwd=tmp_path)
    process.stdin.write("保留验证集上最好的权重\n".encode())
    process.stdin.flush()
    for line in process.stdout:
        if line.decode("utf-8").startswith("第 2 题"):
            break
    process.send_signal(signal.SIGINT)
    code, _, err = finish(process)
    assert code == 130
    assert "Traceback" not in err
    assert "Error" not in err
    _, out, _ = finish(start("history", "--json", "--kb", "kb/small.txt", cwd=tmp_path))
    assert json.loads(out)["answer"] == "保留验证集上最好的权重"


def test_each_line_of_an_interview_is_flushed(kb, tmp_path):
    process = start("ask", "--count", "2", "--kb", "kb/small.txt", cwd=tmp_path)
    seen = [process.stdout.readline().decode("utf-8").strip() for _ in range(4)]
    assert seen[2] == "第 1 题，共 2 题", "the question came while stdin was still open"
    code, _, _ = finish(process)
    assert code == 0


FREE = (
    "torch", "faiss", "textual", "sentence_transformers", "numpy", "tokenizers", "rich", "pydantic", "fsrs", "sqlite3",
)  # fmt: skip
SHOW = (
    "import atexit, pathlib, sys; atexit.register(lambda: pathlib.Path('loaded').write_text("
    "' '.join(name for name in {names!r} if name in sys.modules)))"
)


@pytest.mark.bare
@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["search", "--help"], set()),
        (["questions"], set()),
        (["questions", "--json", "--kb", "kb/small.txt"], set()),
        (["config"], set()),
        (["due"], {"sqlite3", "fsrs"}),
        (["history", "--limit", "3"], {"sqlite3", "fsrs"}),
        (["search", "x", "--top", "2"], {"numpy", "faiss", "tokenizers"}),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_a_command_loads_only_what_it_needs(kb, tmp_path, arguments, allowed):
    code = f"{SHOW.format(names=FREE)}; {RUN}"
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, check=True)
    assert set((tmp_path / "loaded").read_text(encoding="utf-8").split()) <= allowed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("viva que", ["questions"]),
        ("viva search --qu", ["--queries"]),
        ("viva history --kb kb/small.txt --question small", ["small.txt#2", "small.txt#2~2"]),
        ("viva ask --topic Reg", ["Regularisation"]),
        ("viva ask --kb nowhere --topic Reg", []),
        ("viva export --format ", ["json", "csv", "markdown", "apkg"]),
    ],
)
def test_the_shell_completes_commands_options_questions_and_topics(kb, tmp_path, words, expected):
    line = words.split(" ")
    asked = {"_VIVA_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(line) - 1)}
    code, out, err = finish(start(cwd=tmp_path, env=asked))
    assert (code, err) == (0, "")
    assert out.split() == expected


def test_completion_help_is_not_taken_for_markup(hostile, tmp_path):
    asked = {"_VIVA_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "viva history --kb hostile.txt --question "}
    code, out, _ = finish(start(cwd=tmp_path, env=asked))
    assert code == 0
    assert "(bold)this(/bold)" in out
    assert "\x1b" not in out


def test_version_and_help(tmp_path):
    import viva

    assert finish(start("--version", cwd=tmp_path))[:2] == (0, f"viva {viva.__version__}\n")
    code, out, _ = finish(start("-h", cwd=tmp_path))
    assert code == 0
    assert "Commands:" in out
    assert "\x1b" not in out
