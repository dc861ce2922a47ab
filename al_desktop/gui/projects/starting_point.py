"""What a new project starts from: a pipeline that proposes names, and the language of the texts."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.controls import Choice, Tick
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.models.pipeline_meta import (
    LANGUAGES,
    PipelineMeta,
    installed_pipelines,
    pipeline_meta,
)

_FOLDER = "…"
_LABELS_SHOWN = 12


class StartingPoint(QWidget):
    """`changed` when something else was chosen."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.theme.px
        self._pipelines = {each.base: each for each in installed_pipelines()}
        self._has_chosen = False
        self._has_said_language = False
        self.base = Choice(look, self.tr("Names are proposed by"))
        self.language = Choice(look, self.tr("Language of the texts"))
        self.highlights = Tick(look, self.tr("I’ll highlight a few texts first"))
        self._sentence = text_label("", "small", wrap=True)
        self._problem = text_label("", "error", wrap=True)
        self._problem.hide()
        self._base_title = text_label(self.tr("Names are proposed by"), "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(5))
        grid.addWidget(text_label(self.tr("Language of the texts"), "small"), 0, 0)
        grid.addWidget(self.language, 1, 0)
        grid.addWidget(self._base_title, 0, 1)
        grid.addWidget(self.base, 1, 1)
        grid.addWidget(self._problem, 2, 0, 1, 2)
        grid.addWidget(self._sentence, 3, 0, 1, 2)
        grid.addWidget(self.highlights, 4, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        named = sorted((language_name(code), code) for code in LANGUAGES if code != "xx")
        self.language.fill([*named, (self.tr("another, written with spaces"), "xx")], "en")
        self._list_pipelines(BUNDLED_BASE)
        self.language.currentIndexChanged.connect(self._follow_language)
        self.language.activated.connect(self._say_language)
        self.base.activated.connect(self._choose)
        self._show()

    def show_for_spans(self, asks_about_spans: bool) -> None:
        """Only names are proposed by a pipeline."""
        for widget in (self.base, self._base_title):
            widget.setVisible(asks_about_spans)
        self._sentence.setVisible(asks_about_spans)

    def set_language(self, code: str) -> None:
        """What the texts look like, unless the user said so already."""
        at = self.language.findData(code)
        if at >= 0 and not self._has_said_language:
            self.language.setCurrentIndex(at)

    def _say_language(self) -> None:
        self._has_said_language = True

    def _list_pipelines(self, chosen: str) -> None:
        entries = [(_title(each), each.base) for each in self._pipelines.values()]
        self.base.fill(
            [
                *entries,
                (self.tr("a spaCy pipeline in a folder…"), _FOLDER),
                (self.tr("no pipeline: from words and answers alone"), ""),
            ],
            chosen,
        )
        if chosen == "":
            self.base.setCurrentIndex(self.base.count() - 1)

    def _follow_language(self) -> None:
        """A pipeline of another language would propose nonsense; one that was chosen stays."""
        if not self._has_chosen:
            fitting = (
                base
                for base, each in self._pipelines.items()
                if each.language == self.language.value
            )
            self._list_pipelines(next(fitting, ""))
        self._show()

    def _choose(self) -> None:
        self._problem.hide()
        self._has_chosen = True
        if self.base.value == _FOLDER:
            self._choose_folder()
        self._show()

    def _choose_folder(self) -> None:
        folder = file_dialogs.choose_pipeline(self)
        chosen = ""
        if folder is not None:
            try:
                found = pipeline_meta(str(folder.resolve()))
            except KnownError as error:
                self._problem.setText(translated(str(error)))
                self._problem.show()
            else:
                self._pipelines[found.base] = found
                chosen = found.base
        self._list_pipelines(chosen)

    def _show(self) -> None:
        found = self._pipelines.get(self.base.value)
        if found is None:
            self._sentence.setText(
                self.tr("Phrases like those you start from or accept are proposed.")
            )
        else:
            names = ", ".join(found.labels[:_LABELS_SHOWN])
            names += ", …" if len(found.labels) > _LABELS_SHOWN else ""
            said = self.tr("It only proposes: your labels may be others than its own ({0}).")
            self._sentence.setText(said.format(names))
        self.changed.emit()


def _title(found: PipelineMeta) -> str:
    if found.base == BUNDLED_BASE:
        return words.translate("StartingPoint", "the English model of AL Desktop")
    return found.name


_NAMES = {"en": "English", "es": "Español", "grc": "Ἑλληνική", "kmr": "Kurmancî", "zh": "中文"}


def language_name(code: str) -> str:
    """In that language itself."""
    name = _NAMES.get(code) or QLocale(code).nativeLanguageName() or code
    return name[:1].upper() + name[1:]
