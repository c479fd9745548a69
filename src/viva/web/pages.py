"""The pages of the server: the terminal, and the form that asks for the password."""

from __future__ import annotations

from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from viva.i18n import spoken, tr

PAGE_FOLDER = Path(__file__).with_name("page")
"""What the pages load of viva's own: styles, a script, an icon."""
FONT_SIZES = range(8, 41)
"""What may stand after `?fontsize=`, in CSS pixels."""
FONT_SIZE = 16


def library_files() -> Path:
    """Return the folder of what the pages load of textual-serve: the terminal's script, its styles and its font."""
    return Path(str(resources.files("textual_serve") / "static"))


def terminal_page(font_size: str = "", *, locked: bool = False) -> str:
    """Return the page that shows viva; `locked` where a password opened it.

    Its letters have `font_size` pixels; a size that makes no sense is left out.
    """
    size = int(font_size) if font_size.isascii() and font_size.isdigit() and len(font_size) < 4 else FONT_SIZE
    return _render(
        "viva.html",
        font_size=str(min(max(size, FONT_SIZES[0]), FONT_SIZES[-1])),
        starting=tr("viva starts…"),
        no_script=tr("viva needs JavaScript here: allow it for this page. It all comes from this server."),
        ended=tr("viva has ended, and what you typed is kept. Close this page, or start again."),
        lost=tr("The connection was lost. What you typed is kept: start again to go on."),
        gone=tr("The server does not answer: start viva serve again, then try once more."),
        again=tr("Start again"),
        leave=tr("Log out"),
        open="" if locked else "hidden",
    )


def login_page(problem: str = "") -> str:
    """Return the form that asks for the password, with what was wrong before."""
    return _render("login.html", label=tr("Password"), enter=tr("Open viva"), problem=problem)


def _render(name: str, **texts: str) -> str:
    language = "zh-CN" if spoken() == "zh" else "en"
    body = _template(name).substitute({each: escape(text) for each, text in texts.items()})
    return _template("frame.html").substitute(language=language, body=body)


def _template(name: str) -> Template:
    return Template((PAGE_FOLDER / name).read_text(encoding="utf-8"))
