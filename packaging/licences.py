"""Writes the licences of everything shipped, for About: first the list, then the words."""

from collections.abc import Sequence
from pathlib import Path

from components import Component

RULE = "\n\n" + "=" * 78 + "\n\n"


def write(components: Sequence[Component], destination: Path) -> None:
    """Texts that several parts share stand once, under the names of all of them."""
    sharing: dict[str, list[Component]] = {}
    for component in components:
        sharing.setdefault(component.text, []).append(component)
    listing = "\n".join(f"{part.name} {part.version}: {part.licence}" for part in components)
    blocks = [
        ", ".join(f"{part.name} {part.version}" for part in parts) + "\n\n" + text
        for text, parts in sharing.items()
    ]
    head = "AL Desktop is under the MIT licence. It is shipped with these parts of others:"
    destination.write_text(f"{head}\n\n{listing}{RULE}{RULE.join(blocks)}\n", "utf-8")
