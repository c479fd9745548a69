"""Names that mean one file, and files put in the place of others, as each system does it."""

import unicodedata

import pytest

from viva import open_workspace
from viva.files import file_key, put_in_place
from viva.notes.reader import read_notes

NFC, NFD = "Café/résumé.md", unicodedata.normalize("NFD", "Café/résumé.md")


@pytest.mark.parametrize(("system", "same_case"), [("linux", False), ("darwin", True), ("win32", True)])
def test_one_file_by_two_names(system, same_case):
    assert NFC != NFD
    assert file_key(NFC, system) == file_key(NFD, system)
    assert (file_key("C:/Notes/A.md", system) == file_key("c:/notes/a.md", system)) is same_case


def test_windows_is_asked_again_while_another_has_the_file_open(tmp_path, monkeypatch):
    draft, path = tmp_path / "draft", tmp_path / "file"
    refused = [PermissionError(), PermissionError()]
    real = type(draft).replace

    def replace(self, target):
        if refused:
            raise refused.pop()
        return real(self, target)

    monkeypatch.setattr(type(draft), "replace", replace)
    draft.write_text("new")
    put_in_place(draft, path, windows=True)
    assert path.read_text() == "new"
    refused.append(PermissionError())
    with pytest.raises(PermissionError):
        put_in_place(path, draft, windows=False)


def test_a_vault_that_comes_from_a_mac_keeps_its_history(tmp_path):
    """The same notes, once with the names a Mac gave them, once as another system spells them."""
    note = "## What is dropout?\n\n- units are left out at random\n"
    folders = [tmp_path / name for name in ("é", "e\u0301")]
    keys = []
    for folder in folders:
        folder.mkdir(exist_ok=True)
        (folder / ("ü.md" if folder is folders[0] else "u\u0308.md")).write_text(note, encoding="utf-8")
        with open_workspace([folder], tmp_path / "index") as workspace:
            keys.append(workspace.history.reconcile(workspace.entries))
    assert keys[0] == keys[1] == {"ü.md#q1": 1}


def test_templates_are_left_out_however_their_folder_is_spelt(tmp_path):
    settings = tmp_path / ".obsidian"
    settings.mkdir()
    (settings / "templates.json").write_text('{"folder": "Modèles"}', encoding="utf-8")
    templates = tmp_path / unicodedata.normalize("NFD", "Modèles")
    templates.mkdir()
    (templates / "q.md").write_text("## What is {{title}}?\n\n- x\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("## What is dropout?\n\n- y\n", encoding="utf-8")
    assert [entry.question for entry in read_notes([tmp_path]).entries] == ["What is dropout?"]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_notes_read_alike_whatever_ends_their_lines(tmp_path, end):
    (tmp_path / "a.md").write_bytes(end.join([b"## What is dropout?", b"", b"- units", b"- left out", b""]))
    [entry] = read_notes([tmp_path]).entries
    assert (entry.answer, entry.line, entry.end_line) == ("- units\n- left out", 1, 4)
