"""What a process beside the window works out about the answers: doubtful ones, and their bias."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from al_desktop.core.doubts import Doubtful
from al_desktop.core.progress import Progress
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import cache_folder
from al_desktop.project.background import Ended, Work
from al_desktop.project.report import ProjectBias
from al_desktop.project.rereading import find_bias, find_doubts

FEWEST_ANSWERS = 20
"""Fewer tell neither what is doubtful nor how biased they are."""


class Studying(QObject):
    """Studies the open project when asked, and keeps what came of it until there are more answers.

    changed   `doubts` or `bias` did
    worked    Progress while doubtful answers are looked for, None when that is over
    """

    changed = Signal()
    worked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.doubts: list[Doubtful] | None = None
        self.bias: ProjectBias | None = None
        self.problem = ""
        self._bench: Workbench | None = None
        self._threads: dict[str, BackgroundThread] = {}
        self._ending: set[BackgroundThread] = set()
        self._known: dict[str, int] = {}

    def attach(self, bench: Workbench | None) -> None:
        self.close()
        self._bench = bench
        self.doubts, self.bias, self.problem = None, None, ""
        self._known = {}

    def close(self) -> None:
        for thread in (*self._threads.values(), *self._ending):
            thread.close()
        self._threads.clear()
        self._ending.clear()

    @property
    def is_looking(self) -> bool:
        """Whether doubtful answers are being looked for."""
        return "doubts" in self._threads

    @property
    def has_enough(self) -> bool:
        bench = self._bench
        return bench is not None and bench.project.statistics().answers >= FEWEST_ANSWERS

    def study_doubts(self, more: int = 1) -> None:
        """Looks for doubtful answers, if there are so many more than when it last did."""
        if self._bench is not None:
            path = self._bench.project.file.path
            self._study("doubts", more, find_doubts, path, cache_folder())

    def study_bias(self, more: int = 1) -> None:
        if self._bench is not None:
            self._study("bias", more, find_bias, self._bench.project.file.path)

    def _study(self, name: str, more: int, work: Work, *arguments: object) -> None:
        bench = self._bench
        assert bench is not None
        answers = len(bench.project.log)
        known = self._known.get(name)
        if not self.has_enough or name in self._threads:
            return
        if known is not None and abs(answers - known) < more:
            return
        self._known[name] = answers
        self._threads[name] = thread = BackgroundThread()
        if name == "doubts":
            thread.came.connect(self._came)
        thread.ended.connect(partial(self._ended, name, thread))
        thread.do(work, *arguments)

    def _came(self, _: int, progress: object) -> None:
        if isinstance(progress, Progress):
            self.worked.emit(progress)

    def _ended(self, name: str, thread: BackgroundThread, ended: Ended) -> None:
        if self._threads.get(name) is not thread:
            return  # of a project that was closed meanwhile
        del self._threads[name]
        # The window doesn't wait for its process to end: somebody may be answering.
        self._ending.add(thread)
        thread.finished.connect(partial(self._ending.discard, thread))
        thread.let_go()
        self.problem = ended.problem
        if name == "doubts":
            self.doubts = ended.value if isinstance(ended.value, list) else []
            self.worked.emit(None)
        elif isinstance(ended.value, ProjectBias):
            self.bias = ended.value
        self.changed.emit()
