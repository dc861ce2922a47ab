"""small-text with its own defaults for scikit-learn, in an environment of its own.

Reads a list of {"pool", "accepted", "test", "test_accepted", "start", "answers", "seed"} as JSON
from the standard input and prints a list of average precisions after so many answers: TF-IDF,
linear SVM, breaking ties, one text at a time. Run by `benchmarks.texts` (see
benchmarks/requirements-small-text.txt).
"""

import json
import sys
import warnings

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score
from small_text import (
    BreakingTies,
    ConfidenceEnhancedLinearSVC,
    PoolBasedActiveLearner,
    SklearnClassifierFactory,
    SklearnDataset,
)

warnings.filterwarnings("ignore")


def main() -> None:
    sys.stdout.write(json.dumps([learned(given) for given in json.load(sys.stdin)]))


def learned(given: dict) -> float:
    vectorizer = TfidfVectorizer()
    pool = csr_matrix(vectorizer.fit_transform(given["pool"]))
    test = csr_matrix(vectorizer.transform(given["test"]))
    truth = np.array(given["accepted"], int)
    np.random.seed(given["seed"])
    data = SklearnDataset(pool, truth, target_labels=np.array([0, 1]))
    factory = SklearnClassifierFactory(ConfidenceEnhancedLinearSVC(), 2)
    learner = PoolBasedActiveLearner(factory, BreakingTies(), data)
    start = np.array(given["start"])
    learner.initialize_data(start, truth[start])
    for _ in range(given["answers"] - len(start)):
        picked = learner.query(num_samples=1)
        learner.update(truth[picked])
    scores = learner.classifier.model.decision_function(test)
    return float(average_precision_score(np.array(given["test_accepted"], int), scores))


if __name__ == "__main__":
    main()
