"""Where things lie on this system: settings, history, sample notes and indexes made for notes elsewhere."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

HOME_VARIABLE = "VIVA_HOME"
"""When set, settings, history and cached indexes all live in this one folder."""


def settings_file() -> Path:
    """Return the path of the settings file, which need not exist."""
    return _home_or("config") / "settings.toml"


def history_file() -> Path:
    """Return the path of the history, which need not exist."""
    return _home_or("data") / "history.db"


def reports_folder() -> Path:
    """Return the folder for saved reports, which need not exist."""
    return _home_or("data") / "reports"


def cached_index(roots: Sequence[Path]) -> Path:
    """Return the index folder for notes that have no `index/` beside them, one for each set of roots."""
    names = "\n".join(sorted(root.absolute().as_posix() for root in roots))
    return _home_or("cache") / "indexes" / hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sample_notes() -> Path:
    """Return the folder of the shipped sample notes: inside the installed package, or `kb/` of a source tree."""
    package = Path(__file__).resolve().parent
    installed = package / "samples"
    return installed if installed.is_dir() else package.parent.parent / "kb"


def _home_or(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home)
    import platformdirs

    if kind == "config":
        return platformdirs.user_config_path("viva", appauthor=False)
    if kind == "data":
        return platformdirs.user_data_path("viva", appauthor=False)
    return platformdirs.user_cache_path("viva", appauthor=False)
