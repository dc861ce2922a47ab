"""Which events are taken back, where events take back events."""

from collections import Counter
from collections.abc import Mapping


def taken_back(targets: Mapping[str, str | None]) -> set[str]:
    """Uids of the events that a live one takes back. `targets` gives by the uid of each event
    about one question the uid of what it retracts.

    From the events nobody takes back along what they retract. Events that retract each other in
    a circle, which no session makes, stay live: the outcome never depends on the order.
    """
    undecided = Counter(target for target in targets.values() if target in targets)
    ready = [(uid, True) for uid in targets if not undecided[uid]]
    dead: set[str] = set()
    while ready:
        uid, live = ready.pop()
        target = targets[uid]
        if target is None or target not in targets or target in dead:
            continue
        if live:
            dead.add(target)
            ready.append((target, False))
        else:
            undecided[target] -= 1
            if not undecided[target]:
                ready.append((target, True))
    return dead
