# The dealership desk. `make run` is all that a fresh machine needs: Python 3.11 or later, make, and PyPI.

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
DEMO ?= 1
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help install run test check bench clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed ## Create the environment with the pinned requirements

run: .venv/installed ## Create or upgrade the database and start the server (PORT=8501; DEMO=0: without made-up data)
	@exec $(BIN)/python -m lib run $(if $(filter 0,$(DEMO)),--empty)

test: .venv/installed-dev ## Run all tests: rules, SQLite and PostgreSQL, pages, a real browser
	$(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4

check: .venv/installed-dev ## Lint, formatting, types, then all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(MAKE) --no-print-directory test

bench: .venv/installed-dev ## Measure it at size and print the table (some minutes)
	$(BIN)/python -m bench

clean: ## Remove the environment and caches; the data stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or later is needed; found: $$(python3 --version 2>&1). Name one: make PYTHON=/path/to/python3" >&2; \
		exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
