# Every target sets up what it needs: Python 3.11 or newer, make and git are enough.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEMO   := .demo
FALLBACK := .venv-fallback
# One more than there are cores: a test that waits for another process, or for the disk, leaves its core to it.
WORKERS ?= $(shell echo $$(( 1 + $$(getconf _NPROCESSORS_ONLN) )))
# What is asked of a second run of the tests, which a machine with two cores should not wait for as long.
WITHOUT_APP := --ignore=tests/app --ignore=tests/widgets
TESTS  ?=
NEWEST ?= $(shell .ci/newest-python $(PYTHON))

# Compiled code is kept, whatever the shell says: to compile the tests takes as long as to collect them.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test long journeys properties coverage newest lint spelling unused types layers check bench fallback pages screens constraints clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "crossread needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "crossread needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Set PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY) ## make the environment in .venv

demo: $(READY) ## open the app on the bundled story, in a throw-away library
	@echo "Opening crossread on the bundled story (q quits; the library is $(DEMO)/ and may be thrown away) ..."
	@CROSSREAD_LIBRARY=$(CURDIR)/$(DEMO)/library $(BIN)/crossread demo

test: $(READY) ## run all fast tests
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not journey and not slow and not long" $(TESTS)

long: $(READY) ## run the tests that take over a second each
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m long $(TESTS)

journeys: $(READY) ## run the journeys in a real terminal (tmux) and the slow suites
	@$(BIN)/python -m pytest -m "journey or slow"

properties: $(READY) ## the dearest properties once more, with ten times as many examples
	@CROSSREAD_EXAMPLES=10 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m property

coverage: $(READY) ## how much of the floors below the screens the tests reach
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not journey and not slow" $(WITHOUT_APP) --cov --cov-report=term

newest: ## the tests without the app's, on the newest Python of this machine
	@if [ -n "$(NEWEST)" ]; then $(MAKE) --no-print-directory test PYTHON="$(NEWEST)" VENV=.venv-newest TESTS="$(WITHOUT_APP)"; \
	else echo "SKIPPED: this machine has no Python newer than $(PYTHON); set NEWEST=/path/to/python3"; fi

lint: $(READY) ## style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

spelling: $(READY) ## spelling, in code and pages
	@$(BIN)/typos

unused: $(READY) ## code that nothing uses
	@$(BIN)/vulture

types: $(READY) ## types
	@$(BIN)/mypy

layers: $(READY) ## the layer contracts
	@$(BIN)/lint-imports

check: lint spelling unused types layers ## all that reads the code without running it

bench: $(READY) ## the measurements, with peers side by side
	@for name in terminal search entities alignment reuse fingerprints figures quotes evidence audit anchors exports engines building; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

fallback: $(READY) ## the index tests on the Whoosh that all forks come from
	@test -x $(FALLBACK)/bin/python || $(PYTHON) -m venv $(FALLBACK)
	@awk '/^[a-z]/ { kept = !/^whoosh3==/ } kept' constraints.txt > $(FALLBACK)/constraints.txt
	@$(FALLBACK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(FALLBACK)/constraints.txt
	@$(FALLBACK)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps whoosh==2.7.4
	@$(FALLBACK)/bin/python -m pytest -m "not journey and not slow" -W ignore::DeprecationWarning -W ignore::SyntaxWarning tests/index

pages: $(READY) ## what the documentation takes from the code: key map, modules, picture of the rooms
	@$(BIN)/python -m docs.make_pages

screens: $(READY) ## the pictures of the app in README.md
	@$(BIN)/python -m docs.make_pages --screens

constraints: $(READY) ## pin the dependencies anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --group dev --extra pdf --extra warc --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade -q -o constraints.txt

clean: ## remove what was made here
	@rm -rf $(VENV) $(FALLBACK) .venv-newest $(DEMO) .coverage build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
