# Everything sets itself up: the first target that needs it makes .venv from requirements.lock.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready

.PHONY: help run test check check-wheel fuzz screenshots bench bench-start bench-spans bench-texts bench-readers bench-merging bench-trust freeze deb check-deb check-reproducible check-lock lock clean system

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

system:
	@bash packaging/system_packages.sh window

$(READY): requirements.lock pyproject.toml
	@bash packaging/make_venv.sh "$(PYTHON)" .venv
	@touch $@

run: system $(READY) ## open the window on the sample project
	@$(BIN)/al-desktop sample

test: $(READY) ## run the tests
	@bash packaging/system_packages.sh window test
	@$(BIN)/python -m pytest -q

check: $(READY) ## formatting, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-wheel: system ## build a wheel and play the journey from it in a plain environment
	@bash packaging/check_wheel.sh "$(PYTHON)"

fuzz: $(READY) ## broken and hostile files through all importers and the project opener
	@AL_DESKTOP_FUZZ_EXAMPLES=$${EXAMPLES:-3000} $(BIN)/python -m pytest tests/fuzz -q -n auto

screenshots: $(READY) ## pictures of every screen, in out/screenshots
	@$(BIN)/python docs/screenshots.py

bench: $(READY) ## from key to next question painted, idle and while learning; Browse with 1,000,000 texts
	@bash packaging/system_packages.sh window
	@for kind in spans texts; do $(BIN)/python benchmarks/latency.py --kind $$kind; done
	@$(BIN)/python benchmarks/browse.py

bench-trust: $(READY) ## whether quality estimates and stopping advice keep their promises
	@$(BIN)/python -m benchmarks.trust

build/small-text/ready: benchmarks/requirements-small-text.txt
	@"$(PYTHON)" -m venv build/small-text
	@build/small-text/bin/python -m pip install -q -r $<
	@touch $@

build/readers/ready: benchmarks/requirements-readers.txt
	@"$(PYTHON)" -m venv build/readers
	@build/readers/bin/python -m pip install -q -r $<
	@touch $@

bench-readers: $(READY) build/readers/ready ## exports read by other tools' readers; agreement by other libraries
	@HF_HUB_OFFLINE=1 build/readers/bin/python benchmarks/readers.py $(BIN)/python

bench-merging: $(READY) ## how long a large copy takes to preview and to merge
	@$(BIN)/python benchmarks/merging.py

bench-texts: $(READY) build/small-text/ready ## how fast text questions teach, beside other tools; out/bench-texts
	@$(BIN)/python -m benchmarks.texts --small-text build/small-text/bin/python
	@$(BIN)/python -m benchmarks.texts_exclusive
	@$(BIN)/python -m benchmarks.texts_deliverable
	@$(BIN)/python -m benchmarks.texts_latency

bench-spans: $(READY) ## how fast span questions teach, and the delivered model beside the head
	@$(BIN)/python -m benchmarks.spans
	@$(BIN)/python -m benchmarks.span_training

bench-start: $(READY) ## from start to window and first question: source and frozen, warm and cold
	@bash packaging/system_packages.sh window test
	@$(BIN)/python benchmarks/start.py $(BIN)/al-desktop dist/al-desktop/al-desktop
	@$(BIN)/python benchmarks/start.py --cold --kinds texts $(BIN)/al-desktop dist/al-desktop/al-desktop

freeze: $(READY) ## freeze the program into dist/al-desktop
	@bash packaging/system_packages.sh window package
	@bash packaging/freeze.sh $(BIN)

deb: freeze ## the Debian package and the portable archive in dist/, checked by lintian
	@bash packaging/deb.sh $(COMPRESSION)
	@lintian --allow-root --fail-on error,warning dist/*.deb

check-deb: ## install dist/*.deb in a clean Debian without Python, use it, remove it (as root)
	@bash packaging/system_packages.sh window test package
	@bash packaging/check_deb.sh

check-reproducible: ## build the packages twice, in two places, and compare every byte
	@bash packaging/check_reproducible.sh

check-lock: $(READY) ## that every locked package has a wheel for each system
	@bash packaging/check_lock.sh $(BIN)/python

lock: ## make requirements.lock anew from pyproject.toml
	@bash packaging/lock.sh "$(PYTHON)"

clean: ## remove what was built; .venv stays
	rm -rf build dist out
