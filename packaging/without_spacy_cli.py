"""Run by the frozen program before its own code: spaCy without its command line.

`import spacy` imports its command line too, and with it a third of all its modules and every
module that could reach a network. The program uses none of it, so it isn't shipped.
"""

import sys
from types import ModuleType

_cli = ModuleType("spacy.cli")
_info = ModuleType("spacy.cli.info")
_info.info = None  # type: ignore[attr-defined]  # the one name that spaCy takes from there
sys.modules["spacy.cli"] = _cli
sys.modules["spacy.cli.info"] = _info
