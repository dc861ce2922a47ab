"""Writes what is shipped as a CycloneDX 1.6 bill of materials."""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from components import Component


def write(components: Sequence[Component], version: str, destination: Path) -> None:
    """The same parts give the same file: the serial number is made from them, no time is told."""
    listed = [_component(component) for component in components]
    own = {"type": "application", "bom-ref": "al-desktop", "name": "al-desktop", "version": version}
    content = json.dumps([own, listed], sort_keys=True)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, content).urn,
        "version": 1,
        "metadata": {"component": own},
        "components": listed,
        "dependencies": [{"ref": "al-desktop", "dependsOn": [part.purl for part in components]}],
    }
    destination.write_text(json.dumps(bill, indent=2) + "\n", "utf-8")


def _component(component: Component) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
        "licenses": [{"license": {"name": component.licence}}],
    }
