"""Everything that is learned or loaded from a trained file; the only home of spaCy,
onnxruntime and tokenizers. Imported in the worker process only."""

import sys
from types import ModuleType

if "spacy" not in sys.modules:
    # `import spacy` imports its command line too, and with it a third of all its modules, half a
    # second, and every module that could reach a network. The program uses none of it.
    _cli = ModuleType("spacy.cli")
    _info = ModuleType("spacy.cli.info")
    _info.info = None  # type: ignore[attr-defined]  # the one name that spaCy takes from there
    sys.modules["spacy.cli"] = _cli
    sys.modules["spacy.cli.info"] = _info
