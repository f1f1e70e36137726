# Redactor: every target does its own set-up. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STAMPS := $(VENV)/.made
JOBS ?= 2

.PHONY: help demo test check lint types policies eval bench serve lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

$(STAMPS)/venv:
	@$(PYTHON) scripts/check_python.py
	@$(PYTHON) -m venv --clear $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements.lock requirements-build.lock pyproject.toml | $(STAMPS)/venv
	@echo "Installing what Redactor needs (see README: about 220 MB once, then nothing)…" >&2
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/run
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(STAMPS)/run  ## Redact the request of examples/ into demo/ and say what was done
	@$(BIN)/python scripts/demo.py

test: $(STAMPS)/dev  ## Run the tests, with branch coverage
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term:skip-covered --cov-report=xml:.coverage.xml

lint: $(STAMPS)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMPS)/dev
	@$(BIN)/mypy

policies: $(STAMPS)/dev  ## Check the rule files and run their examples
	@$(BIN)/redactor policies check

check: lint types policies test  ## All that must be green before a change: lint, types, policies, tests

eval: $(STAMPS)/run  ## Redact the annotated documents and score the result
	@$(BIN)/redactor evaluate tests/corpus/docs

serve: $(STAMPS)/run  ## Start the web service on http://127.0.0.1:8000
	@$(BIN)/redactor serve

bench: $(STAMPS)/dev  ## Measure speed and memory against the straight line
	@$(BIN)/python benchmarks/speed.py

lock: $(STAMPS)/dev  ## Resolve the lock files anew (needs uv)
	@$(BIN)/python scripts/lock.py

clean:  ## Remove everything that make made
	@rm -rf $(VENV) demo .coverage .coverage.* .coverage.xml .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
