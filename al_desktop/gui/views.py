"""The one table of the window's screens."""

from collections.abc import Iterator
from dataclasses import replace

from al_desktop.core.events import EventKind
from al_desktop.gui.annotate.annotating import Annotating
from al_desktop.gui.annotate.flagging import Flagging
from al_desktop.gui.annotate.screen import Annotate
from al_desktop.gui.browse.screen import Browse
from al_desktop.gui.colleagues.screen import Colleagues
from al_desktop.gui.colleagues.settle import Settle
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.frame.screens import Passing, Screen, Screens, answer_handlers, passage_handlers
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.highlight.highlighting import Highlighting
from al_desktop.gui.highlight.screen import Highlight
from al_desktop.gui.insights.reread import Reread
from al_desktop.gui.insights.screen import Insights
from al_desktop.gui.insights.studying import Studying
from al_desktop.gui.model.modelling import Modelling
from al_desktop.gui.model.screen import ModelScreen
from al_desktop.gui.projects.home import Home
from al_desktop.gui.projects.projects import Projects
from al_desktop.gui.settings.screen import SettingsScreen
from al_desktop.gui.work.workbench import Workbench


class Views:
    """The widgets of the screens and what works them; `table` says how the window uses each."""

    def __init__(self, shell: Shell, screens: Screens, projects: Projects) -> None:
        self._shell, self._screens, self._projects = shell, screens, projects
        look = shell.look
        self.home = Home(look)
        self.annotate = Annotate(look)
        self.highlight = Highlight(look)
        self.browse = Browse(look)
        self.studying = Studying()
        self.insights = Insights(look, self.studying)
        self.reread = Reread(look, self.studying)
        self.model = ModelScreen(look)
        self.colleagues = Colleagues(look)
        self.settle = Settle(look)
        self.settings = Passing(lambda: SettingsScreen(look, shell.settings))
        self.annotating = Annotating(self.annotate, shell.status, shell.first_key)
        self.highlighting = Highlighting(self.highlight, shell.status, shell.first_key)
        self.flagging = Flagging(shell, self.annotating)
        mark_next = self.highlighting.show_next
        self.modelling = Modelling(self.model, shell, screens, mark_next)
        self._connect()

    def _connect(self) -> None:
        shell, screens, projects = self._shell, self._screens, self._projects
        self.annotating.changed.connect(shell.changed)
        self.highlighting.changed.connect(shell.changed)
        self.highlighting.left.connect(lambda: screens.show_screen("annotate"))
        self.flagging.changed.connect(self._show_flags)
        self.flagging.text_wanted.connect(self._mark_in_full)
        self.browse.changed.connect(shell.changed)
        self.reread.moved.connect(shell.changed)
        self.home.chosen.connect(projects.open_or_say)
        self.home.forgotten.connect(projects.forget)
        self.colleagues.closing.connect(projects.close)
        self.colleagues.changed.connect(projects.open_merged)
        projects.offered.connect(self.colleagues.offer)
        projects.transfers.imported.connect(self._texts_came)

    def table(self) -> Iterator[Screen]:
        """All screens; those with a tab in the order of their tabs."""
        shell, screens = self._shell, self._screens
        yield Screen("home", self.home, "screen.home", enter=self._enter_home)
        yield Screen(
            "annotate",
            self.annotate,
            "screen.annotate",
            tab="screen.annotate",
            enter=self._enter_annotate,
            attach=self.annotating.attach,
            handlers={
                **self.annotating.handlers(),
                **answer_handlers(self.annotating.answer),
                **passage_handlers(self.annotate.passage, shell.status),
                "flag.toggle": self.flagging.toggle(lambda: self.annotating.asked),
                "flag.next": self.flagging.go_on,
            },
            situation=self.annotating.situation,
            row=self.annotate.row,
        )
        yield Screen(
            "highlight",
            self.highlight,
            "screen.highlight",
            tab="screen.highlight",
            enter=self._enter_highlight,
            attach=self.highlighting.attach,
            handlers={
                **self.highlighting.handlers(),
                **passage_handlers(self.highlight.passage, shell.status),
                "highlight.this": self._highlight_this,
                "flag.toggle": self.flagging.toggle(lambda: self.highlighting.asked),
            },
            situation=self.highlighting.situation,
            row=self.highlight.row,
        )
        yield Screen(
            "browse",
            self.browse,
            "screen.browse",
            tab="screen.browse",
            enter=self._enter_browse,
            attach=self.browse.attach,
            handlers={
                **answer_handlers(self.browse.revise),
                "answer.undo": self._undo_from_browse,
                "browse.take_back": self.browse.take_back,
                "browse.go": self._go_from_browse,
                "highlight.this": self._mark_browsed,
                "flag.toggle": self._flag_in_browse,
            },
            situation=self._situation_of_browse,
            row=self.browse.row,
        )
        yield Screen(
            "insights",
            self.insights,
            "screen.insights",
            tab="screen.insights",
            enter=self.insights.show_figures,
            attach=self.insights.attach,
        )
        yield Screen(
            "model",
            self.model,
            "screen.model",
            tab="screen.model",
            enter=self.model.show_quality,
            attach=self.modelling.attach,
            handlers=self.modelling.handlers(),
        )
        yield Screen(
            "colleagues",
            self.colleagues,
            "screen.colleagues",
            tab="screen.colleagues",
            enter=self.colleagues.refresh,
            attach=self.colleagues.attach,
            handlers={
                "colleagues.send": self.colleagues.send,
                "colleagues.merge": self.colleagues.choose_copies,
                "colleagues.undo_merge": self.colleagues.undo_merge,
            },
            situation=lambda now: replace(now, can_undo_merge=self.colleagues.can_undo_merge),
        )
        yield Screen(
            "settle",
            self.settle,
            "colleagues.settle",
            tab="screen.colleagues",
            enter=self.settle.begin,
            attach=self.settle.attach,
            handlers={
                **answer_handlers(self.settle.settle),
                **passage_handlers(self.settle.passage, shell.status),
                "answer.undo": self.settle.undo,
                "flag.toggle": self.flagging.toggle(lambda: self.settle.asked),
                "colleagues.back": lambda: screens.show_screen("colleagues"),
            },
            situation=self._situation_of_settle,
            row=self.settle.row,
        )
        yield Screen(
            "reread",
            self.reread,
            "answers.reread",
            tab="screen.insights",
            enter=self.reread.begin,
            attach=self._attach_reread,
            handlers={
                **answer_handlers(self.reread.answer),
                **passage_handlers(self.reread.passage, shell.status),
                "answer.undo": self.reread.undo,
                "answers.back": lambda: screens.show_screen("insights"),
            },
            situation=lambda now: replace(
                now,
                can_answer=self.reread.current is not None,
                can_undo=self.reread.can_undo,
                shows_text=True,
            ),
            row=self.reread.row,
        )
        yield Screen(
            "new project",
            self._projects.new_project.holder,
            "project.new",
            enter=self._projects.enter_new_project,
            leave=self._projects.new_project.drop,
        )
        yield Screen(
            "settings",
            self.settings.holder,
            "screen.settings",
            enter=self._enter_settings,
            leave=self.settings.drop,
        )

    def _attach_reread(self, bench: Workbench | None) -> None:
        self.studying.attach(bench)
        self.reread.attach(bench)

    def _enter_home(self) -> None:
        self.home.show_recent(self._shell.settings["recent_projects"])
        self.home.take_focus()

    def _enter_annotate(self) -> None:
        self.annotate.setFocus()
        self.annotating.show_current()

    def _enter_highlight(self) -> None:
        self.highlight.setFocus()
        self.highlighting.show()

    def _enter_browse(self) -> None:
        self.browse.show_rows()
        self.browse.take_focus()

    def _enter_settings(self) -> None:
        self.settings.renew().changed.connect(self._shell.setting_changed)

    def _highlight_this(self) -> None:
        asked = self.annotating.asked
        if asked is not None:
            self._mark_in_full(asked[0].text_key)

    def _mark_in_full(self, text_key: str) -> None:
        self._screens.bring("highlight")
        self.highlight.setFocus()
        self.highlighting.show_text(text_key)

    def _situation_of_browse(self, now: Situation) -> Situation:
        chosen, bench = self.browse.chosen, self._shell.opened()
        has_text = self.browse.detail.text is not None
        is_mine = chosen is not None and chosen.annotator == bench.annotator
        is_flag = chosen is not None and chosen.kind is EventKind.FLAG
        return replace(
            now,
            has_question=has_text,
            can_flag=has_text,
            can_answer=is_mine and chosen is not None and chosen.answer is not None,
            can_take_back=is_mine or is_flag,
            can_undo=bench.project.session.can_undo,
            can_go=has_text and (chosen is None or chosen.answer is None or is_mine),
        )

    def _undo_from_browse(self) -> None:
        change = self._shell.opened().undo()
        if change is not None:
            self.browse.refresh(change.event.question.key)

    def _go_from_browse(self) -> None:
        chosen, text = self.browse.chosen, self.browse.detail.text
        if chosen is not None and chosen.answer is not None:
            self._screens.show_screen("annotate")
            self.annotating.look_at_event(chosen)
        elif chosen is not None and chosen.question.label:
            self.flagging.show(chosen)
        elif text is not None:
            self._mark_in_full(text.key)

    def _mark_browsed(self) -> None:
        text = self.browse.detail.text
        if text is not None:
            self._mark_in_full(text.key)

    def _show_flags(self) -> None:
        self.highlighting.show_flag()
        self.settle.show_flag()

    def _flag_in_browse(self) -> None:
        subject = self.browse.detail.subject()
        if subject is not None:
            self.flagging.toggle(lambda: subject)()
            self.browse.refresh(subject[0].key)

    def _situation_of_settle(self, now: Situation) -> Situation:
        return replace(
            now,
            can_answer=self.settle.current is not None,
            can_undo=self.settle.can_undo,
            can_flag=self.settle.current is not None,
            shows_text=True,
        )

    def _texts_came(self) -> None:
        self.annotating.show_current()
        if self._screens.current.name == "highlight":
            self.highlighting.show()
