"""Changing the labels of an open project without losing answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from al_desktop.core.configuration import Label
from al_desktop.core.events import Event
from al_desktop.core.relabelling import merged_into
from al_desktop.project.opening import Project


def change_labels(project: Project, labels: Sequence[Label], merged: Mapping[str, str]) -> int:
    """Stores the labels, all or nothing, and what the answers about labels that are merged say of
    those they are merged into: `merged` gives the key of the one that stays by that of the one
    that goes. The number of answers taken over. The project is to be opened anew.
    """
    taken: list[Event] = []

    def events() -> Iterator[Event]:
        for old, new in merged.items():
            for event in merged_into(project.log, project.file.configuration.kind, old, new):
                taken.append(event)
                project.log.append(event)  # what goes into one label may go on into the next
                yield event

    configuration = replace(project.file.configuration, labels=tuple(labels))
    for _ in project.file.add_texts((), list(events()), configuration):
        pass
    return len(taken)
