"""Questions about spans: is this word or phrase a LABEL?"""

from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.core.protocols import TextPool
from al_desktop.models.encoder import WIDTH, Encoder
from al_desktop.models.span_features import TokenScale
from al_desktop.models.span_learner import SpanLearner
from al_desktop.models.span_reader import SpanReader
from al_desktop.models.token_cache import TokenCache
from al_desktop.paths import resources


def build(configuration: Configuration, pool: TextPool, cache: Path) -> SpanLearner:
    """Loads the encoder, the tokeniser and the base pipeline, if any. Raises KnownError."""
    folder = resources() / "encoder"
    tokens = TokenCache(cache, f"{Encoder.name}-{configuration.language}", WIDTH)
    reader = SpanReader(
        configuration,
        Encoder.load(folder / "vocab.txt"),
        TokenScale(folder / "token_scale.npy"),
        tokens,
    )
    return SpanLearner(configuration, pool, reader)
