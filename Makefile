# Every command that a developer or an operator needs. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help up test test-fast check fix bench chaos install install-tests install-browser lint

PYTHON := .venv/bin/python

# The first Python that is recent enough; it only has to make .venv.
BASE_PYTHON = $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

INSTALL = $(if $(BASE_PYTHON),$(BASE_PYTHON) deploy/install.py,\
	echo "Entente needs Python 3.11 or newer, as python3.13, python3.12, python3.11 or python3." >&2; false)

# Pages that a browser opens do not share the two cores with anything else.
APART := tests/journeys tests/benchmarks tests/chaos

# Where tests without a server live; collecting the others would take longer than running these.
FAST := tests/architecture tests/contracts tests/texts $(wildcard tests/*/domain)

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: install  ## Install what is missing, start the whole system with sample data; print where to look
	@exec $(PYTHON) -m deploy up

test: install-browser lint  ## Install what is missing, check the code, run every test
	$(PYTHON) -m pytest -n 2 $(addprefix --ignore=,$(APART))
	$(PYTHON) -m pytest tests/journeys
	$(PYTHON) -m pytest tests/chaos

test-fast: install-tests  ## Domain, architecture and contract tests: no server, a few seconds
	@$(PYTHON) -m pytest -q -p no:schemathesis -p no:faker -p no:xdist --hypothesis-profile=fast -m "not heavy" $(FAST)

check: test  ## Exactly what CI runs: format, lint, types, imports, tests

fix: install-tests  ## Everything that a tool can repair
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format
	$(PYTHON) -m deploy.reference

bench: install-tests  ## Ratios to a floor measured in the same run, start times, memory
	$(PYTHON) -m tests.benchmarks

chaos: install-tests  ## Break everything under load for MINUTES (10), and prove that nothing was lost
	$(PYTHON) -m tests.chaos --minutes $(or $(MINUTES),10) $(CHAOS)

lint: install-tests
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check
	.venv/bin/basedpyright
	.venv/bin/lint-imports

install:
	@$(INSTALL)

install-tests:
	@$(INSTALL) --tests

install-browser:
	@$(INSTALL) --tests --browser
