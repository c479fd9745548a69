"""`viva serve` before it serves: addresses, ports and passwords that cannot be used are one line and an exit code."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from viva.cli.commands import serve

SMALL = str(Path("kb", "small.txt"))


@pytest.fixture(autouse=True)
def no_password(monkeypatch):
    monkeypatch.delenv(serve.SECRET, raising=False)


@pytest.fixture
def secret(tmp_path):
    """Return a file with a password that nobody else can read."""
    path = tmp_path / "secret.txt"
    path.write_text("correct horse\nsecond line\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def served(monkeypatch):
    """Serve nothing, and return what would have been served."""
    from viva.web import server

    servers = []

    async def run(self, started):
        servers.append(self)
        started("http://somewhere/")

    monkeypatch.setattr(server.Server, "run", run)
    return servers


def test_it_prints_one_address(viva, kb, served):
    done = viva("serve")
    assert (done.code, done.out) == (0, "http://somewhere/\n")
    assert done.err == "viva: open this address in a browser; Ctrl+C ends the server\n"
    assert (served[0]._address.host, served[0]._address.port, served[0]._address.password) == ("127.0.0.1", 8000, None)


def test_the_pages_work_on_the_same_notes(viva, kb, served):
    assert viva("serve", "--kb", "kb/small.txt", "--kb", "kb/terms.md", "--index", "i", "--port", 1).code == 0
    assert viva("--kb", "kb/small.txt", "--model", "m", "serve").code == 0
    one, other = [server._command[3:] for server in served]
    assert one == ["--kb", SMALL, "--kb", str(Path("kb", "terms.md")), "--index", "i"]
    assert other == ["--kb", SMALL, "--model", "m"]


def test_others_need_a_password(viva, kb, served):
    done = viva("serve", "--host", "0.0.0.0")
    assert (done.code, done.out, served) == (1, "", [])
    assert done.err == (
        "viva: others can reach 0.0.0.0, so viva serve needs a password: name a file with --password-file, "
        "or put it into VIVA_SERVE_PASSWORD\n"
    )


def test_a_password_from_a_file(viva, kb, served, secret):
    done = viva("serve", "--host", "0.0.0.0", "--password-file", secret)
    assert done.code == 0
    assert "not encrypted: put a server that speaks HTTPS before it" in done.err
    assert "chmod" not in done.err
    assert served[0]._address.password.matches("correct horse")


def test_a_password_from_the_environment_stays_in_the_server(viva, kb, served, monkeypatch):
    monkeypatch.setenv(serve.SECRET, "battery staple")
    assert viva("serve").code == 0
    assert served[0]._address.password.matches("battery staple")
    assert serve.SECRET not in os.environ


@pytest.mark.skipif(os.name == "nt", reason="permissions are other things there")
def test_a_file_that_others_can_read_is_told(viva, kb, served, secret):
    secret.chmod(0o644)
    assert "chmod 600 hides it" in viva("serve", "--password-file", secret).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no password on its first line: write one there"),
        (b"\nbelow\n", "no password on its first line: write one there"),
        (b"\xff\xfe\xff", "it is not UTF-8"),
        (b"short\n", "the password is too short: take at least 8 characters"),
    ],
)
def test_a_password_that_is_none(viva, kb, served, secret, content, said):
    secret.write_bytes(content)
    done = viva("serve", "--password-file", secret)
    assert (done.code, served) == (1, [])
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_password_file_that_is_not_there(viva, kb, served):
    done = viva("serve", "--password-file", "nowhere.txt")
    assert (done.code, done.err) == (
        1,
        "viva: cannot read the password in nowhere.txt (No such file or directory): give a text file\n",
    )


def test_an_address_that_nobody_knows(viva, kb):
    done = viva("serve", "--host", "nobody.invalid")
    assert (done.code, done.err) == (
        1,
        "viva: cannot listen on nobody.invalid: no address is known by this name; give --host another\n",
    )


def test_a_port_that_is_in_use(viva, kb):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = viva("serve", "--port", port)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"viva: port {port} is in use: give another with --port (0 takes any that is free), or end what uses it\n"
    )


def test_an_address_of_another_machine(viva, kb, secret):
    done = viva("serve", "--host", "192.0.2.1", "--port", 0, "--password-file", secret)
    assert done.code == 1
    assert done.err.splitlines()[-1] == (
        "viva: this machine does not have the address 192.0.2.1: give --host one that it has"
    )


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port(viva, kb, port):
    done = viva("serve", "--port", port)
    assert done.code == 2
    assert "see viva serve --help" in done.err


def test_notes_that_are_not_there_are_told_before_any_page(viva):
    done = viva("serve", "--kb", "nowhere")
    assert done.code == 1
    assert "no such file or folder" in done.err
