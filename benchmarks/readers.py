"""What is exported, read by the other tools' own readers; agreement, computed by other libraries.

    python benchmarks/readers.py .venv/bin/python

Runs in an environment of its own (benchmarks/requirements-readers.txt); the argument is the Python
that has AL Desktop, whose command line makes, shares, merges and exports a project. Prints a line
for each check and ends with code 1 where one fails.
"""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import krippendorff
import numpy as np
from datasets import load_dataset
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.metrics.sequence_labeling import get_entities
from sklearn.metrics import cohen_kappa_score

TEXTS, OVERLAP = 400, 120
NAMES = ("Ada", "Bob", "Zoë", "李雷", "😀 Cyd")
ANNOTATORS = ("ada", "bob")

failures = 0


def check(what: str, passed: bool) -> None:
    global failures
    failures += not passed
    print(f"{'ok  ' if passed else 'FAIL'} {what}")


def run(python: str, *words: str) -> str:
    command = [python, "-m", "al_desktop", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make(python: str, folder: Path) -> tuple[Path, dict[str, dict[str, str]]]:
    """A merged project, and each annotator's answer by text."""
    choose = random.Random(1)
    texts = [f"{choose.choice(NAMES)} went to town {number}." for number in range(TEXTS)]
    (folder / "texts.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    lead = str(folder / "lead")
    run(python, "new", lead, "--task", "spans", "--label", "PERSON", "--model", "none")
    run(python, "import", lead, str(folder / "texts.jsonl"))
    dealt = [part for name in ANNOTATORS for part in ("--to", name)]
    run(python, "send", lead, "-o", str(folder), "--overlap", str(OVERLAP), *dealt)
    given: dict[str, dict[str, str]] = {}
    for name in ANNOTATORS:
        copy = str(folder / f"lead-{name}")
        run(python, "export", copy, "-o", str(folder / "none.csv"), "--format", "csv")
        given[name] = {}
        rows = []
        for text in texts[:: 1 if name == "ada" else 2]:
            answer = choose.choices(("accept", "reject", "ignore"), (6, 3, 1))[0]
            end = text.index(" went")
            given[name][text] = answer
            spans = [{"start": 0, "end": end, "label": "PERSON"}]
            rows.append({"text": text, "spans": spans, "answer": answer, "_annotator_id": name})
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        run(python, "import", copy, str(path), "--annotations", "answers")
    copies = [str(folder / f"lead-{name}") for name in (*ANNOTATORS, *ANNOTATORS)]
    run(python, "merge", lead, *copies, "-o", str(folder / "merged"))
    return folder / "merged.aldesk", given


def agreement(python: str, project: Path, given: dict[str, dict[str, str]]) -> None:
    found = json.loads(run(python, "agreement", str(project), "--json"))
    one, other = (given[name] for name in ANNOTATORS)
    rated = [(one[t], other[t]) for t in one if t in other and "ignore" not in (one[t], other[t])]
    first, second = zip(*rated, strict=True)
    pair = found["by_pair"][" and ".join(ANNOTATORS)]
    check("questions", pair["questions"] == len(rated) == found["overall"]["questions"])
    check(
        "kappa (scikit-learn)", np.isclose(pair["kappa"]["value"], cohen_kappa_score(first, second))
    )
    ratings = np.array([[a == "accept" for a in side] for side in (first, second)], dtype=int)
    alpha = krippendorff.alpha(ratings, level_of_measurement="nominal")
    check("alpha (krippendorff)", np.isclose(found["overall"]["alpha"]["value"], alpha))


def exports(python: str, project: Path, folder: Path) -> None:
    def export(name: str, file: str) -> Path:
        path = folder / file
        # Both accepted it, or one of them did and no verdict says otherwise.
        run(
            python,
            "export",
            str(project),
            "--format",
            name,
            "-o",
            str(path),
            "--conflicts",
            "majority",
        )
        return path

    rows = [json.loads(line) for line in export("prodigy", "out.jsonl").read_text().splitlines()]
    accepted = {row["text"] for row in rows if row["answer"] == "accept"}
    dataset = load_dataset(
        "json", data_files=str(export("hugging-face", "hf.jsonl")), split="train"
    )
    found = {row["text"] for row in dataset if row["accepted"]}
    check(f"Hugging Face JSONL (datasets): {len(dataset)} rows", found == accepted)
    words: list[list[str]] = [[]]
    for line in export("conll", "out.conll").read_text().splitlines():
        if line:
            words[-1].append(line.split("\t")[1])
        else:
            words.append([])
    tags = [sentence for sentence in words if sentence]
    check("CoNLL (seqeval): entities", len(get_entities(tags)) == len(accepted))
    check("CoNLL (seqeval): report", "PERSON" in classification_report(tags, tags))
    results = Evaluator(tags, tags, tags=["PERSON"], loader="list").evaluate()
    check("CoNLL (nervaluate)", results["overall"]["strict"].correct == len(accepted))
    with export("csv", "out.csv").open(newline="", encoding="utf-8") as file:
        check("CSV (csv)", len(list(csv.DictReader(file))) == len(rows))
    corpus = export("docbin", "corpus")
    config = folder / "config.cfg"
    spacy = [python, "-m", "spacy"]
    quiet = {"check": True, "capture_output": True, "text": True}
    subprocess.run([*spacy, "init", "config", str(config), "--pipeline", "ner"], **quiet)
    paths = ["--paths.train", str(corpus / "train.spacy"), "--paths.dev", str(corpus / "dev.spacy")]
    debug = subprocess.run(
        [*spacy, "debug", "data", str(config), *paths], capture_output=True, text=True
    )
    check("DocBin (spacy debug data)", "Corpus is loadable" in debug.stdout)
    short = ["--training.max_steps", "20", "--training.eval_frequency", "10"]
    short += ["--components.ner.incorrect_spans_key", "incorrect_spans"]
    trained = subprocess.run(
        [*spacy, "train", str(config), *paths, *short, "-o", str(folder / "trained")],
        capture_output=True,
        text=True,
    )
    check(
        "DocBin (spacy train)", trained.returncode == 0 and (folder / "trained/model-last").is_dir()
    )


def main() -> None:
    python = sys.argv[1]
    with TemporaryDirectory() as name:
        folder = Path(name)
        project, given = make(python, folder)
        agreement(python, project, given)
        exports(python, project, folder)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
