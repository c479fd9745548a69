"""What guards a commit: the check of its message, the hooks, the workflow, and what these name."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
CHECK = ROOT / ".ci" / "commit_message.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
WHY = "\n\nBecause the old one lost the last line.\n"


def faults(message: str) -> list[str]:
    spec = importlib.util.spec_from_file_location("commit_message", CHECK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.faults(message)


@pytest.mark.parametrize(
    "message",
    [
        f"Read the last line of a file{WHY}",
        f"{'a' * 72}{WHY}",
        f"{'卷' * 72}{WHY}",
        f"\n\nRead the last line{WHY}# Please enter the commit message\n#\tmodified: a.py\n",
        f"Read the last line{WHY}# ------------------------ >8 ------------------------\ndiff --git a b\n{'+' * 200}",
        "Merge branch 'a-branch-with-a-name-that-is-too-long-for-any-subject-that-a-person-would-write'\n",
        'Revert "Read the last line"\n',
        "fixup! Read the last line\n",
        "",
        "# only comments: git refuses this by itself\n",
    ],
)
def test_a_good_message_passes(message):
    assert faults(message) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (f"{'a' * 73}{WHY}", "the subject has 73 characters; 72 is the most"),
        (f"Read the last line.{WHY}", "the subject ends in a full stop"),
        ("Read the last line\nof a file\n", "the line below the subject is not empty"),
        ("Read the last line\n", "there is no body that says why"),
        ("Read the last line\n\n# a comment is no body\n", "there is no body that says why"),
    ],
)
def test_a_bad_message_is_told_what_is_wrong(message, fault):
    assert faults(message) == [fault]


def test_the_check_is_a_program_that_git_understands(tmp_path):
    message = tmp_path / "COMMIT_EDITMSG"
    codes = []
    for text in (f"Read the last line{WHY}", "Read the last line"):
        message.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, CHECK, message], capture_output=True, text=True, check=False)
        codes.append((done.returncode, done.stderr))
    assert codes == [(0, ""), (1, "commit message: there is no body that says why\n")]


def test_hooks_fetch_nothing_and_are_installed_for_all_their_stages():
    assert {repository["repo"] for repository in HOOKS["repos"]} == {"local"}
    hooks = [hook for repository in HOOKS["repos"] for hook in repository["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    stages = {stage for hook in hooks for stage in hook.get("stages", HOOKS["default_stages"])}
    assert set(HOOKS["default_install_hook_types"]) == stages
    checks = [hook["entry"].split()[-1] for hook in hooks if hook.get("stages") == ["commit-msg"]]
    assert [ROOT / check for check in checks] == [CHECK]


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("sh"), reason="needs a shell and its scripts")
@pytest.mark.parametrize("folder", ["bin", "Scripts"])
def test_the_programs_of_the_environment_come_before_others(tmp_path, folder):
    programs = tmp_path / ".venv" / folder
    programs.mkdir(parents=True)
    for name in ("ls", "only-here"):
        (programs / name).write_text('#!/bin/sh\necho "ours: $*"\nexit 3\n', encoding="utf-8")
        (programs / name).chmod(0o755)
        command = ["sh", str(ROOT / ".ci" / "in-venv"), name, "a b", "c"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (3, "ours: a b c\n")


def test_the_workflow_is_for_every_system_and_the_types_for_the_oldest_python():
    matrix = WORKFLOW["jobs"]["check"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["system"]} == {"ubuntu", "macos", "windows"}
    assert all(isinstance(version, str) for version in matrix["python"]), "3.10 without quotes is the number 3.1"
    assert PROJECT["tool"]["mypy"]["python_version"] == matrix["python"][0]
    assert "make coverage" in [step.get("run") for step in WORKFLOW["jobs"]["coverage"]["steps"]]


def test_the_workflow_may_only_read_and_names_the_versions_of_actions():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    for name, job in WORKFLOW["jobs"].items():
        assert "permissions" not in job, name
        assert job["timeout-minutes"] <= 90, name
        for step in job["steps"]:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v1")), step


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_tool_has_its_version_in_the_constraints():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {normal(line.split("==")[0]) for line in pins.splitlines() if "==" in line and not line.startswith("#")}
    wanted = [*PROJECT["project"]["dependencies"]]
    for group in PROJECT["dependency-groups"].values():
        wanted += [each for each in group if isinstance(each, str)]
    assert {normal(re.match(r"[\w.-]+", each)[0]) for each in wanted} - pinned == set()


@pytest.mark.parametrize("name", [".coverage", ".coverage.vm.pid1.XaXa.YbYb"])
def test_what_measuring_leaves_behind_is_no_part_of_the_project(name):
    if not shutil.which("git"):
        pytest.skip("there is no git to ask")
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, capture_output=True, check=False).returncode
    if ignored == 128:
        pytest.skip("this is no checkout that git may look at")
    assert ignored == 0
    assert subprocess.run(["git", "ls-files", ".coverage*"], cwd=ROOT, capture_output=True, check=True).stdout == b""
