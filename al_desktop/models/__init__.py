"""Everything that is learned or loaded from a trained file; the only home of spaCy,
onnxruntime and tokenizers. Imported in the worker process only."""
