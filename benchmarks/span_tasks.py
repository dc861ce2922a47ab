"""The questions about spans that the benchmarks ask: labels of public data sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from numpy.random import Generator

from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.questions import Kind, Span
from al_desktop.learner.gold import GoldText, draw_terms, read_gold

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "datasets"
CACHE = ROOT / "build" / "bench-cache"


@dataclass(frozen=True)
class Task:
    """One label of one data set.

    wanted   F1 asked for after 100, 300 and 600 answers
    alike    draws terms only from surfaces that this holds for: a trap, since all the others
             look different
    """

    name: str
    folder: str
    label: str
    language: str = "en"
    base: str = ""
    terms: int = 10
    wanted: tuple[float, ...] = ()
    alike: Callable[[str], bool] | None = None

    @property
    def train(self) -> list[GoldText]:
        return _read(self.folder, "train")

    @property
    def test(self) -> list[GoldText]:
        return _read(self.folder, "test")

    def draw(self, random: Generator) -> tuple[str, ...]:
        """This seed's terms, drawn from the training gold."""
        gold: Sequence[GoldText] = self.train
        if self.alike is not None:
            gold = [
                GoldText(row.text, frozenset(span for span in row.spans if self._fits(row, span)))
                for row in gold
            ]
        return draw_terms(gold, self.label, self.terms, random) if self.terms else ()

    def _fits(self, row: GoldText, span: Span) -> bool:
        assert self.alike is not None
        return self.alike(row.text.content[span.start : span.end])

    def configuration(self, terms: tuple[str, ...], strategy: str, seed: int) -> Configuration:
        return Configuration(
            Kind.SPANS,
            (Label(self.label, self.label, terms=terms),),
            language=self.language,
            base=self.base,
            strategy=strategy,
            seed=seed,
        )


def is_acronym(surface: str) -> bool:
    return surface.isupper() and surface.isalpha() and len(surface) <= 5


TASKS = [
    Task("food_ingredients", "food_ingredients", "INGRED", wanted=(0.55, 0.70, 0.76)),
    Task("fashion_brands", "fashion_brands", "FASHION_BRAND", wanted=(0.50, 0.58, 0.62)),
    Task("ncbi_disease", "ncbi_disease", "Disease", wanted=(0.42, 0.54, 0.63)),
    Task("ncbi_acronyms", "ncbi_disease", "Disease", alike=is_acronym),
    Task("snips_artist", "snips_slots", "artist"),
    Task("snips_restaurant", "snips_slots", "restaurant_type"),
    Task("wnut17_location", "wnut17", "location"),
    Task("wnut17_person_warm", "wnut17", "person", base=BUNDLED_BASE, terms=0),
    Task("mobie_de_company", "mobie_de", "organization-company", language="de"),
    Task("uner_zh_LOC", "uner_zh", "LOC", language="zh"),
    Task("xsid_ar_datetime", "xsid_ar", "datetime", language="ar"),
]
TASK = {task.name: task for task in TASKS}


@cache
def _read(folder: str, part: str) -> list[GoldText]:
    return read_gold(DATA / folder / f"{part}.jsonl", Kind.SPANS)
