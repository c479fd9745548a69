"""CONTRIBUTING.md, the decisions, the hooks and the workflow: what they name is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
ROOMS = {path.name for path in (ROOT / "src" / "viva").iterdir() if path.is_dir()} | {"i18n"}


def in_code(page):
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))


def is_there(path):
    return any((base / path).exists() for base in (ROOT, ROOT / "src" / "viva"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    for name in in_code(page):
        if re.fullmatch(r"[a-z_0-9]+(?:\.\w+)+", name) and name.split(".")[0] in ROOMS:
            assert resolve_name(f"viva.{name}") is not None
        elif re.fullmatch(r"(?:tests|src|docs|training|benchmarks|kb)/[\w./]*|[a-z_]+/", name) and name != "index/":
            assert is_there(name), name
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_decision_is_listed_and_says_what_would_change_it():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == [page.name for page in pages]
    for number, page in enumerate(pages, start=1):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        parts = ("The question", "Decided", "Why", "Looked at", "What follows", "What would change our mind")
        assert re.findall(r"^\*\*([\w ]+)\.\*\*", text, re.MULTILINE) == list(parts)


def test_every_target_that_is_named_can_be_made():
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z-]+)\b(?= *#|`)", page.read_text("utf-8"))}
    assert named
    assert named <= made


@pytest.fixture
def hooks():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}


def test_hooks_and_workflow_run_what_can_be_made(hooks):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for hook in hooks.values():
        if hook["entry"].startswith("make "):
            assert f"\n{hook['entry'].removeprefix('make ')}:" in makefile
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    check = workflow["jobs"]["check"]
    assert {step.get("run") for step in check["steps"]} >= {".ci/run"}
    assert (ROOT / ".ci" / "run").exists()
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert oldest == f">={check['strategy']['matrix']['python'][0]}"
