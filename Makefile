# Tocsin. `make` alone says what there is.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/stamps
REPORT := examples/reports/eu-cyber-listings.html
ORG    ?= examples/acme/org.toml
OUT    ?= tocsin-brief

# State lies in the environment, so that nothing outside this folder is touched.
export TOCSIN_HOME ?= $(CURDIR)/$(VENV)/home
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1
INSTALL := $(BIN)/python -m pip install -qq --only-binary :all: --require-hashes

.DEFAULT_GOAL := help
.PHONY: help brief test check tests picture lock clean

help:  ## what this Makefile does
	@echo "Tocsin checks what a threat report claims, and says who is behind it."
	@echo
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'
	@echo
	@echo "Needs Python 3.11 or newer with venv. REPORT=FILE briefs a report of yours, ORG=FILE for your organisation, OUT=DIR where to."

brief: $(STAMPS)/core  ## install Tocsin in .venv, brief the example report and organisation, print the answers
	@$(BIN)/tocsin brief "$(REPORT)" --org "$(ORG)" --out "$(OUT)"

test: $(STAMPS)/dev $(STAMPS)/system check tests  ## install what the tests need, then run every check and every test

check: $(STAMPS)/dev  ## ruff, mypy and the layers of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

tests: $(STAMPS)/dev  ## pytest, on two workers, with state of its own that begins empty
	@rm -rf $(VENV)/home-of-tests
	TOCSIN_HOME="$(CURDIR)/$(VENV)/home-of-tests" $(BIN)/python -m pytest -n 2

picture: $(STAMPS)/dev $(STAMPS)/system  ## the picture of the brief that the README shows
	$(BIN)/python docs/make_picture.py "$(REPORT)" "$(ORG)" docs/brief.png

lock:  ## resolve the requirements anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: install it, or run it from another environment"; exit 1; }
	uv pip compile $(LOCK) --extra logs pyproject.toml requirements/build.in -o requirements/core.txt
	uv pip compile $(LOCK) --extra logs --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt

clean:  ## remove what make and the tools made
	rm -rf .venv build dist tocsin-brief .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

LOCK := -q --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Tocsin needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) || \
	  { echo "python3 -m venv failed; on Debian: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/core: requirements/core.txt pyproject.toml | $(STAMPS)/venv
	@echo "installing Tocsin in $(VENV)"
	@$(INSTALL) -r requirements/core.txt
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/core
	@echo "installing what the tests need in $(VENV)"
	@$(INSTALL) --no-binary cpe --no-build-isolation -r requirements/dev.txt
	@touch $@

# The pages are looked at in Chromium, and names stand in Chinese characters on them.
$(STAMPS)/system: | $(STAMPS)/venv
	@if test -x /usr/bin/chromium && ls /usr/share/fonts/opentype/noto/Noto*CJK* >/dev/null 2>&1; then :; \
	elif test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  echo "installing chromium and fonts-noto-cjk"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	else \
	  echo "the tests look at pages in a browser; install it first: apt-get install chromium fonts-noto-cjk"; exit 1; \
	fi
	@touch $@
