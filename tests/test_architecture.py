"""The walls of docs/architecture.md, checked: who may import whom, and what a quick command must not load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parent.parent
SLOW = ("torch", "faiss", "textual", "sentence_transformers", "numpy", "tokenizers", "model2vec", "rich", "aiohttp")

LEAKS = """
import sys
{statement}
leaked = [name for name in {names!r} if name in sys.modules]
print(",".join(leaked))
"""

NOTES = "1.What is pooling?\n\tIt shrinks a feature map.\n"


def leaked(statement: str, names: tuple[str, ...] = SLOW) -> str:
    code = LEAKS.format(statement=statement, names=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def command(*arguments: str) -> str:
    """Return a statement that runs a command in the same interpreter with its output dropped."""
    return f"""
import contextlib, io
from viva.cli.main import main
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")), contextlib.suppress(SystemExit):
    sys.argv = ["viva", *{list(arguments)!r}]
    main()
"""


def test_imports_go_downwards_only() -> None:
    """The contracts in pyproject.toml hold."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_no_import_circle() -> None:
    """No module can be reached from itself by what it imports, at once or when a function runs."""
    from grimp import build_graph

    graph = build_graph("viva", exclude_type_checking_imports=True)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    left = dict(imported)
    while free := [module for module, wanted in left.items() if not wanted & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}


def names_of(node: ast.stmt) -> list[str]:
    """The names that a statement of a module gives."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]


def test_a_name_means_one_thing_in_a_module() -> None:
    """A constant that is given twice is the later one everywhere: a limit of packages was once ten times too wide."""
    for path in (ROOT / "src").rglob("*.py"):
        names = [name for node in ast.parse(path.read_text(encoding="utf-8")).body for name in names_of(node)]
        assert len(names) == len(set(names)), path


def test_import_viva_is_instant() -> None:
    assert leaked("import viva") == ""


def test_a_workspace_opens_without_slow_libraries(tmp_path: Path) -> None:
    assert leaked(f"import viva; viva.open_workspace(kb={str(tmp_path)!r})") == ""


@pytest.mark.parametrize("arguments", [["--help"], ["questions"], ["due"], ["check"]], ids=" ".join)
def test_quick_commands_load_no_slow_library(arguments: list[str], tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    extra = [] if "--help" in arguments else ["--kb", str(notes)]
    assert leaked(command(*arguments, *extra)) == ""


@pytest.mark.parametrize("arguments", [["search", "pooling"], ["index"]], ids=" ".join)
def test_the_embedded_model_runs_without_torch(arguments: list[str], tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    statement = command(*arguments, "--kb", str(notes), "--index", str(tmp_path / "index"))
    forbidden = (
        "torch",
        "sentence_transformers",
        "transformers",
        "model2vec",
        "textual",
        "sklearn",
        "scipy",
        "aiohttp",
    )
    assert leaked(statement, forbidden) == ""
    assert leaked(statement, ("faiss",)) == "faiss"


def test_the_terminal_interface_loads_no_model_before_its_first_frame() -> None:
    assert leaked("import viva.tui.app", ("torch", "faiss", "numpy", "tokenizers", "sentence_transformers")) == ""


def test_no_path_of_one_machine() -> None:
    """Nothing in the source names the folder it happens to lie in, or somebody's home."""
    here = [ROOT.as_posix() + "/", Path.home().as_posix() + "/"]
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in here if name in text], path


def test_changes_on_disk_are_watched_only_after_the_first_frame() -> None:
    assert leaked("import viva.tui.app", ("watchfiles", "anyio")) == ""


def test_the_page_names_every_room_and_nothing_else() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = page[page.index("## Rooms") : page.index("The embedded model is in model2vec")]
    source = ROOT / "src" / "viva"
    named = set(re.findall(r"`([\w.]+/|[\w]+\.py)`", rooms))
    packages = {f"{path.parent.name}/" for path in source.rglob("__init__.py") if path.parent != source}
    assert packages - named == set()
    assert {path.name for path in source.glob("*.py") if not path.name.startswith("__")} - named == set()
    assert named - {f"{path.name}{'/' * path.is_dir()}" for path in source.rglob("*")} == set()


def test_the_page_names_what_is_there() -> None:
    """Every dotted name at the beginning of a line of the seams can be imported."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    seams = page[page.index("## Seams") : page.index("## Conventions")]
    named = re.findall(r"^(?:viva\.)?((?:[a-z_]+\.)*[a-z_]+\.\w+|open_workspace)\b", seams, re.MULTILINE)
    assert len(named) > 30
    for name in named:
        assert resolve_name(f"viva.{name}") is not None


def test_the_ways_of_the_data_are_real_functions_in_at_most_ten_steps() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    ways = page[page.index("```mermaid") : page.index("One direction")]
    steps = re.findall(r"^(\d+)\. (.*)$", ways, re.MULTILINE)
    assert len(re.findall(r"^1\. ", ways, re.MULTILINE)) == 3
    assert max(int(number) for number, _ in steps) <= 10
    for _, step in steps:
        names = re.findall(r"`([a-z_]+(?:\.\w+)+)`", step)
        assert names, step
        for name in names:
            assert resolve_name(f"viva.{name}") is not None
