"""small-text with its own defaults for scikit-learn, in an environment of its own.

Reads {"pool", "accepted", "test", "test_accepted", "start", "answers"} as JSON from the standard
input and prints {"average_precision", "f1"} after so many answers: TF-IDF, linear SVM, breaking
ties, one text at a time. Run by `benchmarks.texts` (see benchmarks/requirements-small-text.txt).
"""

import json
import sys
import warnings

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score, f1_score
from small_text import (
    BreakingTies,
    ConfidenceEnhancedLinearSVC,
    PoolBasedActiveLearner,
    SklearnClassifierFactory,
    SklearnDataset,
)

warnings.filterwarnings("ignore")


def main() -> None:
    given = json.load(sys.stdin)
    vectorizer = TfidfVectorizer()
    pool = csr_matrix(vectorizer.fit_transform(given["pool"]))
    test = csr_matrix(vectorizer.transform(given["test"]))
    truth = np.array(given["accepted"], int)
    np.random.seed(given.get("seed", 0))
    data = SklearnDataset(pool, truth, target_labels=np.array([0, 1]))
    factory = SklearnClassifierFactory(ConfidenceEnhancedLinearSVC(), 2)
    learner = PoolBasedActiveLearner(factory, BreakingTies(), data)
    start = np.array(given["start"])
    learner.initialize_data(start, truth[start])
    for _ in range(given["answers"] - len(start)):
        picked = learner.query(num_samples=1)
        learner.update(truth[picked])
    scores = learner.classifier.model.decision_function(test)
    wanted = np.array(given["test_accepted"], int)
    sys.stdout.write(
        json.dumps(
            {
                "average_precision": float(average_precision_score(wanted, scores)),
                "f1": float(f1_score(wanted, scores > 0)),
            }
        )
    )


if __name__ == "__main__":
    main()
