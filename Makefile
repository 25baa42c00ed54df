# `make demo` and `make test` work as the first and only command of a fresh clone: a Python of at
# least 3.11 and make are all they ask for. `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help setup demo test e2e ci lint types build up down bench pictures lock clean
SHELL := /bin/bash
# SAM keeps its state in the clone and tells nobody.
export SAM_CLI_TELEMETRY := 0
export __SAM_CLI_APP_DIR := $(CURDIR)/.local/sam

PYTHON ?= python3
BIN := .venv/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv
SAM := $(BIN)/python -m relance.cli.local_cloud sam
EXPORT := $(UV) export --frozen --quiet --no-header --no-emit-project
COMPILE := $(UV) pip compile --quiet --no-header --universal --generate-hashes --python-version 3.11

help:  ## show this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup:  ## create .venv, install the locked packages and WeasyPrint's libraries
	@$(PYTHON) infra/setup.py

demo: setup  ## the whole story on an AWS of your own, on this machine: about three minutes
	@$(BIN)/relance demo

test: setup  ## every test but the end-to-end ones
	$(BIN)/pytest -m "not e2e" -n auto -q $(PYTEST)

e2e: setup  ## deploy the real template on the embedded AWS and walk through it
	$(BIN)/pytest -m e2e $(PYTEST)

ci: setup  ## everything that the landing gate runs
	@.ci/run

lint: setup  ## style, imports, locked requirements, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(EXPORT) --no-default-groups | diff layers/dependencies/requirements.txt - || (echo "run: make lock"; exit 1)
	$(EXPORT) --only-group pdf | diff layers/pdf/requirements.txt - || (echo "run: make lock"; exit 1)
	$(BIN)/cfn-lint infra/template.yaml
	AWS_DEFAULT_REGION=eu-west-3 $(SAM) validate --lint

types: setup  ## mypy, strict
	$(BIN)/mypy

build: setup  ## build for AWS; on a system too new for Lambda add: CONTAINER=--use-container
	PATH="$(CURDIR)/$(BIN):$$PATH" $(SAM) build $(CONTAINER)

up: setup  ## start the embedded AWS and deploy on it
	@$(BIN)/relance up

down:  ## stop it
	@$(BIN)/relance down

bench: setup  ## decide, simulate, and import and plan 10,000 items on the embedded AWS
	$(BIN)/python -m benchmarks.decide
	$(BIN)/python -m benchmarks.simulation
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks

pictures: setup  ## render one of each e-mail and letter into docs/pictures
	$(BIN)/python -m benchmarks.pictures

lock: setup  ## lock again after a change of dependencies
	$(UV) lock
	$(EXPORT) --no-default-groups --output-file layers/dependencies/requirements.txt > /dev/null
	$(EXPORT) --only-group pdf --output-file layers/pdf/requirements.txt > /dev/null
	for tool in uv sam ministack; do $(COMPILE) infra/tools/$$tool.in --output-file infra/tools/$$tool.txt; done

clean:  ## remove all that was built, installed or kept, but .venv
	-@test -x $(BIN)/relance && $(BIN)/relance down
	rm -rf .local .tools .aws-sam .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
