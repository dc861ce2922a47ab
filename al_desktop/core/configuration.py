"""What a project asks about, and how: kept in the project file, sent to the worker."""

from dataclasses import dataclass

from al_desktop.core.questions import Kind

BUNDLED_BASE = "bundled"


@dataclass(frozen=True, slots=True)
class Label:
    """A label to ask about.

    key          stable for ever, part of every question's key; the name it was made with
    name         what is shown; may be changed
    colour       "#rrggbb"; empty for the next one of the palette
    description  one line that says what belongs to it; helps a cold start
    terms        words or phrases to start from, matched without regard to case
    patterns     JSON texts, each the value of "pattern" in Prodigy's patterns.jsonl:
                 a string (phrase) or a list of spaCy token patterns
    """

    key: str
    name: str
    colour: str = ""
    description: str = ""
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """The recipe's settings of one project.

    language        code of the spaCy tokeniser, such as "en", "de", "zh"
    base            the pretrained pipeline that proposes spans: BUNDLED_BASE, the name of an
                    installed package, a folder, or "" for none
    strategy        "default", "uncertain", "likely" or "random"
    exclusive       whether a span or a text has at most one of the labels
    longest_span    in tokens, of the word sequences proposed as candidates
    seed            of all random draws of the learner
    reserved_share  of the texts, 0..1, set aside to check the model with, never to learn from
    reserved_most   texts set aside at most
    audit_share     of the questions, 0..1, asked about reserved texts to check the model
    """

    kind: Kind
    labels: tuple[Label, ...] = ()
    language: str = "en"
    base: str = ""
    strategy: str = "default"
    exclusive: bool = False
    longest_span: int = 5
    seed: int = 0
    reserved_share: float = 0.2
    reserved_most: int = 2000
    audit_share: float = 0.1
