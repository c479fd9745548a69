"""How the interview went."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from viva.i18n import N_, tr
from viva.interview.lifecycle import left_open
from viva.paths import reports_folder
from viva.tui.common.literal import one_line
from viva.tui.common.page import Page
from viva.tui.common.prose import Prose
from viva.tui.interview.report_lines import report_paragraphs
from viva.types import Entry, Report


class ReportScreen(Page):
    """Shows the score, the topics, and the weakest questions with what the notes say."""

    HEADING = N_("report")
    ABOUT = N_(
        "Arrow keys and Page Up/Down scroll. Saving writes the report as Markdown and as a page for the browser; "
        "viva report writes it where you like. v goes through the answers, where each can be judged. a begins an "
        "interview over what was not answered well, skipped or shown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "back", N_("Back"), key_display="⏎"),
        Binding("a", "again", N_("Retry")),
        Binding("v", "review", N_("Answers")),
        Binding("s", "save", N_("Save")),
        Binding("q", "app.leave", N_("Quit")),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
        self._entries: dict[str, Entry] = {}
        """The notes by id, as they are when the report is first shown."""
        self._away = False
        """Whether the answers are being gone through, and may be judged anew."""

    def compose_body(self) -> ComposeResult:
        """Make the text, scrolled as a whole."""
        self._entries = {entry.id: entry for entry in self.viva.workspace.entries}  # read before, for the report
        with VerticalScroll(id="body"):
            yield Prose(report_paragraphs(self.report, self._entries))

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()

    def retranslate(self) -> None:
        """Say the report in the language in force too."""
        super().retranslate()
        self.query_one("#body Prose", Prose).say(*report_paragraphs(self.report, self._entries))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to ask again only where something was left open."""
        if action == "again":
            return any(left_open(review) for review in self.report.reviews)
        return super().check_action(action, parameters)

    @work(exclusive=True, group="again")
    async def action_again(self) -> None:
        """Begin an interview over what this one left open."""
        ids = await self.ask(self.viva.workspace.practice_stats.to_ask_again, self.report.interview_id)
        if ids is not None:
            self.viva.navigator.in_background(self.viva.navigator.begin(only=ids))

    def action_review(self) -> None:
        """Go through the answers."""
        from viva.tui.interview.review_screen import ReviewScreen

        self._away = True
        self.app.push_screen(ReviewScreen(self.report.interview_id))

    @work(exclusive=True, group="renew")
    async def on_screen_resume(self) -> None:
        """Come back from the answers with the figures as they are now."""
        if not self._away:
            return
        self._away = False
        if (
            report_data := await self.ask(self.viva.workspace.practice_stats.report_data, self.report.interview_id)
        ) is not None:
            self.report = report_data.report
            self.query_one("#body Prose", Prose).say(*report_paragraphs(self.report, self._entries))
            self.refresh_bindings()

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save the report as Markdown and as a page, and tell where."""
        if (files := await self.ask(self._save)) is not None:
            markdown, page = files
            if self.app.is_web:  # the folder may be on another machine than who looks at the page
                self.app.deliver_binary(page)
            names = {"report": markdown.name, "page": page.name, "folder": page.parent}
            self.tell(lambda: one_line(tr("saved {report} and {page} in {folder}", **names)))

    def _save(self) -> tuple[Path, Path]:
        """Write both files, in the core's thread."""
        from viva.reports.files import save_report

        return save_report(self.viva.workspace.practice_stats.report_data(self.report.interview_id), reports_folder())
