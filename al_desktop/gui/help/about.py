"""About: name, version, and the licences of everything that is shipped along."""

import platform
from importlib.metadata import PackageNotFoundError, distribution, requires, version

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop import paths
from al_desktop.crashes import FILE_NAME as CRASH_LOG
from al_desktop.gui.help.news import own_version
from al_desktop.gui.widgets.layouts import closing_row
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

ICON = 64
_BROUGHT = (
    "Inter (typeface) 4: OFL-1.1",
    "OpenDyslexic (typeface) 2.001: CC-BY-3.0 AND Bitstream-Vera",
)
"""What the program carries itself, beside packages."""


class AboutDialog(QDialog):
    """Everything on it can be selected; Copy takes the versions along for a bug report."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About AL Desktop"))
        px = look.theme.px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(24), px(28), px(20))
        layout.setSpacing(px(14))
        layout.addLayout(self._build_head(look))
        layout.addWidget(text_label(self.tr("Shipped with it, and under which licences:")))
        self.licences = QPlainTextEdit(licence_texts(), readOnly=True)
        self.licences.setAccessibleName(self.tr("Licences"))
        layout.addWidget(self.licences, 1)
        copy = QPushButton(self.tr("Copy versions"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        close = QPushButton(self.tr("Close"))
        layout.addLayout(closing_row(self, close, copy))
        self.resize(px(680), px(560))
        close.setFocus()

    def _build_head(self, look: Look) -> QHBoxLayout:
        px = look.theme.px
        picture = QLabel()
        icon = QIcon(str(paths.resources() / "icons" / "al-desktop.svg"))
        picture.setPixmap(icon.pixmap(px(ICON), px(ICON)))
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(text_label("AL Desktop", "title"))
        for line in (
            self.tr("Version {0}").format(own_version()),
            self.tr("Free software under the MIT licence. It never uses the network."),
            self.tr("Errors are noted in {0}").format(paths.log_folder() / CRASH_LOG),
        ):
            label = text_label(line, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(px(18))
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head


def versions() -> str:
    """What a bug report needs to know."""
    python = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    return f"AL Desktop {own_version()}, {python}, {platform.platform()}"


def licence_texts() -> str:
    """The generated texts of a package; of a program run from source the parts it uses, whose
    texts are with them."""
    try:
        return paths.licences().read_text(encoding="utf-8")
    except OSError:
        return "\n".join(sorted((*_parts(), *_BROUGHT), key=str.lower))


def _parts() -> list[str]:
    lines = []
    for line in requires("al-desktop") or ():
        requirement, _, marker = line.partition(";")
        name = requirement.split("=")[0].split(">")[0].split("<")[0].strip()
        if "extra" in marker:
            continue
        try:
            metadata = distribution(name).metadata
        except PackageNotFoundError:
            continue
        licence = metadata["License-Expression"] or str(metadata["License"] or "").split("\n")[0]
        licence = licence or _classified(metadata.get_all("Classifier", []))
        lines.append(f"{name} {version(name)}: {licence or 'see its package'}")
    return lines


def _classified(classifiers: list[str]) -> str:
    return " / ".join(
        line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License ::")
    )
