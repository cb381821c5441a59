# Växel. `make` alone tells what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The system's own first: one that a version manager has compiled lacks, as a rule, the optimisations that make it half as
# quick again.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3.11) $(shell command -v python3.11 || command -v python3))
# A shell may say that compiled modules are not to be kept: each start of a program would compile all of them again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PORT ?= 8000
FRONTEND_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
MESSAGES := $(shell find src -name '*.po')
# With what compiles them.
TEMPLATES := $(shell find src/vaxel/surfaces -name '*.jinja') $(wildcard src/vaxel/surfaces/ui/*.py)

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

# --- what is needed ---------------------------------------------------------------------------------------------

$(BIN)/python:
	@sh tools/make_environment.sh "$(PYTHON)"

PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Node.js first: while one of two cores installs what Python needs, the other one builds the frontend.
.venv/installed-build: requirements/build.lock | $(BIN)/python
	$(PIP) --require-hashes -r $<
	@touch $@

.venv/installed-run: requirements.lock pyproject.toml .venv/installed-build
	$(PIP) --require-hashes -r $<
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-test: requirements/dev.lock .venv/installed-run
	$(PIP) --no-compile --require-hashes -r $<
	@sh tools/install_system_packages.sh
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json | .venv/installed-build
	sh tools/npm.sh ci --no-audit --no-fund --loglevel=error
	@touch $@

src/vaxel/surfaces/ui/static/built/manifest.json: frontend/node_modules/.package-lock.json $(FRONTEND_SOURCES)
	sh tools/npm.sh run --silent build
	@touch $@

.venv/compiled-messages: $(MESSAGES) | .venv/installed-run
	$(BIN)/python tools/messages.py compile
	@touch $@

.venv/compiled-templates: $(TEMPLATES) .venv/compiled-messages src/vaxel/surfaces/ui/static/built/manifest.json
	$(BIN)/python tools/templates.py
	@touch $@

# At once what does not wait for each other.
AT_ONCE := --no-print-directory --jobs=2 --output-sync=line

.PHONY: build
build: ## Install and build all that a running Växel needs
	@$(MAKE) $(AT_ONCE) .venv/installed-run .venv/compiled-templates

# --- running ----------------------------------------------------------------------------------------------------

.PHONY: run
run: build ## Run the example desks with demo data on 127.0.0.1:8000; PORT=8001 for another port
	@STARTED_BY_MAKE=yes VAXEL_DEMO=true exec $(BIN)/vaxel run --port $(PORT)

.PHONY: demo-reset
demo-reset: build ## Throw the demo data away and make it anew
	@VAXEL_DEMO=true exec $(BIN)/vaxel demo reset

# --- checking ---------------------------------------------------------------------------------------------------

# Most of what is installed is never imported: what is, is compiled then (PIP_COMPILE).
# Three workers at a time, for two cores: two with browsers, then two that only compute; beside both of them one whose
# programs start, die and wait for each other. One more of each takes a tenth more of the processors for the same work. The
# checks fill the gaps of the beginning, while databases are made. What fails is asked once more, alone: a browser or a killed server may be late on a
# busy machine; what fails twice is wrong.
.PHONY: test
test: ## Run all checks and tests; it takes about 10 minutes on two cores
	@PIP_COMPILE=0 $(MAKE) $(AT_ONCE) .venv/installed-test .venv/compiled-templates check-frontend
	@rm -rf .pytest_cache/failed && mkdir -p .pytest_cache/failed
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target first-browser first-programs checks first-others
	@test ! -e .pytest_cache/failed/programs || $(PROGRAMS) --last-failed --last-failed-no-failures none
	@test ! -e .pytest_cache/failed/others || $(OTHERS) --last-failed --last-failed-no-failures none
	@test ! -e .pytest_cache/failed/browser || $(BROWSER) --last-failed --last-failed-no-failures none

# Each keeps for itself what failed. Programs of ours are started and killed by the tests of three folders. Browsers are
# apart, because each keeps an event loop in its process that other tests want for themselves; who drives one is found by
# its mark, for reading all tests takes seconds of every process.
OF_PROGRAMS := tests/faults tests/cli tests/jobs
PROGRAMS = $(BIN)/pytest -o cache_dir=.pytest_cache/programs $(OF_PROGRAMS)
OTHERS = $(BIN)/pytest -o cache_dir=.pytest_cache/others -m "not browser" $(OF_PROGRAMS:%=--ignore=%)
BROWSER = $(BIN)/pytest -o cache_dir=.pytest_cache/browser -m browser $(shell grep -rl --include='*.py' 'mark[.]browser' tests | sort)
.PHONY: first-programs first-others first-browser checks
first-programs:
	$(PROGRAMS) -n 1 || touch .pytest_cache/failed/programs
first-others: first-browser
	# A file stays together, for the servers that it shares; those that take long come first (tests/conftest.py).
	$(OTHERS) -n 2 --dist loadfile --no-loadscope-reorder || touch .pytest_cache/failed/others
first-browser:
	$(BROWSER) -n 2 --dist worksteal || touch .pytest_cache/failed/browser

checks:
	@$(MAKE) --no-print-directory --jobs=1 $(CHECKS)

# Each alone too: make check-types.
CHECKS := check-types check-rules check-code check-form check-templates check-imports check-messages
.PHONY: $(CHECKS) check-frontend
check-types:
	$(BIN)/mypy
check-frontend: src/vaxel/surfaces/ui/static/built/manifest.json
	sh tools/npm.sh run --silent check
check-rules:
	$(BIN)/python tools/check_house_rules.py
check-code:
	$(BIN)/ruff check
check-form:
	$(BIN)/ruff format --check
check-templates:
	$(BIN)/djlint src --extension jinja --profile jinja --lint --quiet
check-imports:
	$(BIN)/lint-imports
check-messages:
	$(BIN)/python tools/messages.py check

.PHONY: bench
bench: build ## Measure; prints a table and writes bench/out/latest.json
	$(BIN)/python -m bench

.PHONY: endure
endure: .venv/installed-test build ## Kill every part two hundred times while questions come in by portal and by mail
	KILLS=200 $(BIN)/pytest -s tests/faults/test_random_kills.py

.PHONY: audit
audit: .venv/installed-test frontend/node_modules/.package-lock.json ## Ask whether what runs has known holes; needs the network
	$(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off -r requirements.lock
	sh tools/npm.sh audit --omit=dev

.PHONY: sbom
sbom: .venv/installed-test ## Write what a running Växel is made of (CycloneDX) to sbom.json
	$(BIN)/python tools/bill_of_materials.py sbom.json

.PHONY: screenshots
screenshots: .venv/installed-test build ## Make the pictures of README and docs
	$(BIN)/python tools/screenshots.py

.PHONY: lock
lock: .venv/installed-test ## Pin the newest allowed versions of all Python packages, with hashes
	for pair in "app:requirements.lock" "build:requirements/build.lock" "dev:requirements/dev.lock"; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --no-emit-find-links "requirements/$${pair%%:*}.in" -o "$${pair#*:}"; done

.PHONY: clean
clean: ## Remove what was installed and built; the data folder stays
	rm -rf .venv frontend/node_modules src/vaxel/surfaces/ui/static/built src/vaxel/surfaces/ui/compiled
