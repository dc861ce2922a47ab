"""Starts a worker for a project and writes down the worker's process id; run to be killed."""

import sys
import time
from pathlib import Path

import random_learner

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Kind
from al_desktop.learner.messages import Start
from al_desktop.learner.process import LearnerProcess


def main() -> None:
    project, cache = Path(sys.argv[1]), Path(sys.argv[2])
    build = getattr(random_learner, sys.argv[3])
    process = LearnerProcess(Start(project, Configuration(Kind.TEXTS), cache), build)
    process.start()
    (cache / "worker").write_text(str(process.process_id), encoding="utf-8")
    time.sleep(600)


if __name__ == "__main__":
    main()
