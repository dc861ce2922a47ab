"""What the window's process and the worker process say to each other.

All are frozen and picklable. Both sides come from one installation, but a worker left over from
an upgrade in place must not be misunderstood: `Start` carries PROTOCOL and the worker refuses
another.
"""

from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.core.progress import Progress
from al_desktop.core.quality import Advice, Estimate
from al_desktop.core.questions import Asked, Question
from al_desktop.core.queue import Ranking
from al_desktop.core.snapshots import Cut

PROTOCOL = 2


# To the worker


@dataclass(frozen=True, slots=True)
class Start:
    """Open this project for reading, build the learner, learn all answers, keep ranking."""

    project: Path
    configuration: Configuration
    cache: Path
    protocol: int = PROTOCOL


@dataclass(frozen=True, slots=True)
class Learn:
    """The project file holds events up to and including this sequence number: read and learn.

    showing   the question that is on the screen now, which the next order leaves out
    """

    through: int
    showing: Question | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """Ask about this label only; None for all labels again."""

    label: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """Ask this many audit questions next, one after the other; 0 for the usual mixture again."""

    questions: int


@dataclass(frozen=True, slots=True)
class Rejudge:
    """Judge the model of this snapshot, by the uid of its event, once more by all checks there
    are now, and then the present one."""

    snapshot: str


@dataclass(frozen=True, slots=True)
class Stop:
    pass


ToWorker = Start | Learn | Pin | Check | Rejudge | Stop


# From the worker


@dataclass(frozen=True, slots=True)
class Loading:
    """A sentence on what is being loaded, such as "Loading the English model"."""

    what: str


@dataclass(frozen=True, slots=True)
class Working:
    """Background work that needs no answers; None when it is done."""

    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A new order of questions. `seconds` is what learning and ranking took."""

    ranking: Ranking
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker can't go on. `sentence` is for the annotator, `detail` for a bug report.

    Where `known`, the environment or the input is at fault, and starting again will not help
    before the user has changed something.
    """

    sentence: str
    detail: str
    known: bool


@dataclass(frozen=True, slots=True)
class LabelQuality:
    """How good the model of one label is.

    complete   whether it was measured how many true spans the model doesn't even propose; what
               other models missed is assumed else, and the interval is wider
    advice     on going on
    curve      shift and slope of the logistic curve that makes probabilities of the model's
               log-odds, as its audit answers tell (core.calibration); None while they are few
    """

    label: str
    estimate: Estimate
    complete: bool = True
    advice: Advice = Advice.NONE
    curve: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """How good the model is, from audit answers alone.

    labels         those that have a model
    overall        of all labels' answers together (micro-averaged); None without labels
    to_highlight   reserved texts drawn by lot, the next to mark in full first: only they tell
                   what the model does not even propose; empty where that is nothing
    cut            what the model knows
    evaluation     texts of the evaluation set that it was judged by, 0 where by texts drawn by lot
    """

    labels: tuple[LabelQuality, ...]
    overall: Estimate | None
    to_highlight: tuple[Asked, ...] = ()
    cut: Cut = ()
    evaluation: int = 0


@dataclass(frozen=True, slots=True)
class Rejudged:
    """What all checks there are now say of a snapshot's model, all labels together; None where
    they can't. The present model's Estimated comes next."""

    snapshot: str
    overall: Estimate | None


FromWorker = Loading | Working | Ranked | Estimated | Rejudged | Failed
