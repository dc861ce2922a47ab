"""A configuration as JSON: in project files, in resources and in copies sent to colleagues."""

from collections.abc import Mapping
from typing import Any

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind

STRATEGIES = ("default", "uncertain", "likely", "random")


def label_to_json(label: Label) -> dict[str, Any]:
    """All of a label but its key."""
    return {
        "name": label.name,
        "colour": label.colour,
        "description": label.description,
        "terms": list(label.terms),
        "patterns": list(label.patterns),
    }


def label_from_json(key: str, value: object) -> Label:
    """The reverse of `label_to_json`; what is missing takes its default."""
    record = _mapping(value)
    return Label(
        key=key,
        name=_string(record.get("name", key)),
        colour=_string(record.get("colour", "")),
        description=_string(record.get("description", "")),
        terms=_strings(record.get("terms", [])),
        patterns=_strings(record.get("patterns", [])),
    )


def settings_to_json(configuration: Configuration) -> dict[str, Any]:
    """Everything but the labels."""
    return {
        "kind": configuration.kind.value,
        "language": configuration.language,
        "base": configuration.base,
        "strategy": configuration.strategy,
        "exclusive": configuration.exclusive,
        "longest_span": configuration.longest_span,
        "seed": configuration.seed,
        "reserved_share": configuration.reserved_share,
        "reserved_most": configuration.reserved_most,
        "audit_share": configuration.audit_share,
    }


def settings_from_json(value: object, labels: tuple[Label, ...]) -> Configuration:
    """The reverse of `settings_to_json`; what is missing takes its default."""
    record = _mapping(value)
    try:
        kind = Kind(_string(record.get("kind")))
    except ValueError as error:
        raise _unreadable(f"the kind of question is {record.get('kind')!r}") from error
    default = Configuration(kind)
    strategy = _string(record.get("strategy", default.strategy))
    if strategy not in STRATEGIES:
        raise _unreadable(f"the strategy is {strategy!r}")
    return Configuration(
        kind=kind,
        labels=labels,
        language=_string(record.get("language", default.language)),
        base=_string(record.get("base", default.base)),
        strategy=strategy,
        exclusive=bool(record.get("exclusive", default.exclusive)),
        longest_span=_count(record.get("longest_span", default.longest_span)),
        seed=_count(record.get("seed", default.seed)),
        reserved_share=_share(record.get("reserved_share", default.reserved_share)),
        reserved_most=_count(record.get("reserved_most", default.reserved_most)),
        audit_share=_share(record.get("audit_share", default.audit_share)),
    )


def configuration_to_json(configuration: Configuration) -> dict[str, Any]:
    """A whole configuration, its labels in order, each with its key."""
    labels = [{"key": label.key, **label_to_json(label)} for label in configuration.labels]
    return {**settings_to_json(configuration), "labels": labels}


def configuration_from_json(value: object) -> Configuration:
    """The reverse of `configuration_to_json`. A label may be a name alone, which is then its key.

    Raises KnownError where a value has the wrong type or is unknown.
    """
    labels = []
    for label in _list(_mapping(value).get("labels", [])):
        if isinstance(label, str):
            labels.append(Label(label, label))
        else:
            record = _mapping(label)
            key = _string(record.get("key", record.get("name")))
            labels.append(label_from_json(key, record))
    return settings_from_json(value, tuple(labels))


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _unreadable(f"a group of settings is {_shown(value)}")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _unreadable(f"a list is {_shown(value)}")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _unreadable(f"a text is {_shown(value)}")
    return value


def _strings(value: object) -> tuple[str, ...]:
    return tuple(_string(item) for item in _list(value))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _unreadable(f"a number is {_shown(value)}")
    return value


def _share(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise _unreadable(f"a share is {_shown(value)}")
    return float(value)


def _shown(value: object) -> str:
    return repr(value)[:40]


def _unreadable(what: str) -> KnownError:
    return KnownError(f"The settings of this project can't be read: {what}.")
