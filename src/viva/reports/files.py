"""Saving a report as files: whole or not at all, and never over something else."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from viva.errors import HistoryError
from viva.files import encoded, write_whole
from viva.i18n import tr
from viva.reasons import why
from viva.reports.html import report_html
from viva.reports.markdown import report_markdown
from viva.reports.report_data import ReportData


def save_report(report_data: ReportData, folder: Path) -> tuple[Path, Path]:
    """Write a report as Markdown and HTML into a folder and return both files.

    They are named after the time the interview began. What lies there stays: the same report is not written twice, and
    another of the same time gets a name of its own.

    Raises:
        HistoryError: They cannot be written.
    """
    texts = {".md": report_markdown(report_data), ".html": report_html(report_data)}
    name = report_data.report.started_at.astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            stem = name if number == 1 else f"{name}-{number}"
            files = {folder / f"{stem}{ending}": text for ending, text in texts.items()}
            if all(_free(path, text) for path, text in files.items()):
                break
    except OSError as error:
        raise HistoryError(
            tr("cannot write into {folder} ({reason}): make room for it there", folder=folder, reason=why(error))
        ) from error
    for path, text in files.items():
        write_whole(path, text)
    markdown, html = files
    return markdown, html


def _free(path: Path, text: str) -> bool:
    return not path.exists() or path.read_bytes() == encoded(text)
