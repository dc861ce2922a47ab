"""Keeps snapshots of the open project's model, and tells when a later one is worse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import Event
from al_desktop.core.keeping import best, is_worse, reason_to_keep
from al_desktop.core.quality import Estimate
from al_desktop.core.rolling_back import cut_of, kept, rolled_back, set_aside
from al_desktop.core.snapshots import KEPT, Snapshot
from al_desktop.learner.messages import Estimated, Rejudged

if TYPE_CHECKING:
    from al_desktop.gui.work.workbench import Workbench


class Keeping(QObject):
    """changed   there is another snapshot, one less, or other answers are set aside
    worse     the event of a snapshot, and its Estimate and the present one's, by the same checks
    """

    changed = Signal()
    worse = Signal(object, object, object)

    def __init__(self, bench: "Workbench") -> None:
        super().__init__(bench)
        self._bench = bench
        self._latest: Estimated | None = None
        self._again: Rejudged | None = None
        self._asked: set[tuple[str, int]] = set()
        self._told: set[str] = set()

    @property
    def snapshots(self) -> list[Event]:
        """The latest first."""
        return kept(self._bench.project.log)

    @property
    def rolled_back(self) -> Event | None:
        """The latest roll back in force."""
        found = rolled_back(self._bench.project.log)
        return found[0] if found else None

    @property
    def set_aside(self) -> int:
        """Answers and marked texts that the model doesn't learn from."""
        return set_aside(self._bench.project.log)

    def keep(self, reason: str = KEPT) -> None:
        """Keeps the model as it was last judged, or as it is where it can't be."""
        found, bench = self._latest, self._bench
        overall = found.overall if found is not None else None
        shown = overall if overall is not None and overall.means_something else None
        labels = tuple(
            (each.label, each.estimate)
            for each in (found.labels if found is not None else ())
            if each.estimate.means_something
        )
        cut = found.cut if found is not None and found.cut else cut_of(bench.project.log)
        answers = bench.project.statistics().answers
        bench.take(bench.project.session.keep(Snapshot(reason, answers, cut, (), shown, labels)))
        self.changed.emit()

    def forget(self, uid: str) -> None:
        """Takes a snapshot off the list."""
        self._take_back(uid)

    def roll_back(self, uid: str) -> None:
        """From now on the model learns from what it knew then, and from what is answered next."""
        self._bench.take(self._bench.project.session.roll_back(uid))
        self._told.discard(uid)
        self.changed.emit()

    def restore(self) -> None:
        """Takes the latest roll back back: what it set aside is learned from again."""
        if self.rolled_back is not None:
            self._take_back(self.rolled_back.uid)

    def take(self, found: Estimated) -> None:
        """Takes in how good the model is now: keeps it, or looks into a better one."""
        self._latest = found
        log, overall = self._bench.project.log, found.overall
        answers = self._bench.project.statistics().answers
        reason = reason_to_keep(
            self.snapshots, answers, overall, any(each.advice for each in found.labels)
        )
        if reason is not None and not self._bench.holds_still:
            self.keep(reason)
        if overall is None:
            return
        self._compare(overall)
        ahead = best(log)
        then = ahead.snapshot.overall if ahead is not None and ahead.snapshot else None
        if ahead is None or then is None or not is_worse(overall, then):
            return
        # Once for so many checks: by more of them it may look otherwise.
        if ahead.uid not in self._told and (ahead.uid, overall.answers // 10) not in self._asked:
            self._asked.add((ahead.uid, overall.answers // 10))
            self._bench.learner.rejudge(ahead.uid)

    def take_again(self, again: Rejudged) -> None:
        """The present model's estimate comes next."""
        self._again = again

    def _compare(self, now: Estimate) -> None:
        again, self._again = self._again, None
        log = self._bench.project.log
        if again is None or again.overall is None or again.snapshot not in log:
            return
        if is_worse(now, again.overall):
            self._told.add(again.snapshot)
            self.worse.emit(log[again.snapshot], again.overall, now)

    def _take_back(self, uid: str) -> None:
        self._bench.take(self._bench.project.session.take_back(uid))
        self.changed.emit()
