# One word each; `make` lists them. Everything stays inside this folder.
# Only Python 3.11+, make and git are needed; uv is used when it is on the PATH.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
export PMJOBS_HOME ?= $(CURDIR)/.pmjobs
export PIP_CACHE_DIR ?= $(CURDIR)/$(VENV)/cache/pip
export UV_CACHE_DIR ?= $(CURDIR)/$(VENV)/cache/uv

.DEFAULT_GOAL := help
.PHONY: help demo notebook test check lint types real train evaluate bench fuzz lock clean

help: ## list these words
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "pmjobs needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then uv venv -q --allow-existing --python $(PYTHON) $(VENV); \
	  else $(PYTHON) -m venv $(VENV); fi

# install,EXTRAS: into .venv, with the versions of constraints.txt
define install
	@echo "installing into $(VENV) (a minute or two, once) ..."
	@if command -v uv >/dev/null 2>&1; \
	  then uv pip install -q --compile-bytecode --python $(BIN)/python -c constraints.txt -e '.$(1)'; \
	  else $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.$(1)'; fi
	@touch $@
endef

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,)

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,[dev])
	@touch $(VENV)/.ready

demo: $(VENV)/.ready ## the main job on a small board of invented employers, on this machine only
	@$(BIN)/pmjobs demo

$(VENV)/.ready-notebook: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,[notebook])
	@touch $(VENV)/.ready

# What Jupyter and matplotlib keep of their own stays in .venv.
KEPT := $(CURDIR)/$(VENV)/cache
IN_VENV := PATH="$(CURDIR)/$(BIN):$$PATH" JUPYTER_DATA_DIR="$(KEPT)/jupyter" \
  JUPYTER_CONFIG_DIR="$(KEPT)/jupyter" JUPYTER_RUNTIME_DIR="$(KEPT)/jupyter" \
  IPYTHONDIR="$(KEPT)/ipython" MPLCONFIGDIR="$(KEPT)/matplotlib"
FIRST = $(PMJOBS_HOME)/01_first_look.ipynb

notebook: $(VENV)/.ready-notebook ## the first notebook run on the demo's ads, to open in Jupyter or VS Code
	@mkdir -p "$(KEPT)/jupyter" "$(KEPT)/ipython" "$(KEPT)/matplotlib"
	@test -e "$(PMJOBS_HOME)/demo.db" || $(BIN)/pmjobs demo >/dev/null
	@$(IN_VENV) jupytext --quiet --to ipynb --output "$(FIRST)" notebooks/01_first_look.py
	@$(IN_VENV) jupyter execute --NbClientApp.log_level=ERROR --inplace "$(FIRST)" 2>"$(KEPT)/notebook.log" \
	  || { cat "$(KEPT)/notebook.log"; exit 1; }
	@echo "$(FIRST) has the answers and charts: open it in Jupyter or VS Code"

test: $(VENV)/.ready-dev ## the tests
	@$(BIN)/python -m pytest -q -n 2

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	@$(BIN)/mypy

check: lint types test ## lint, types, layers and tests

real: $(VENV)/.ready-dev ## the same program on recorded answers of real boards (needs ../shared)
	@$(BIN)/python -m bench.real

train: $(VENV)/.ready-dev ## make models/level again from the corpus (needs ../shared)
	@$(BIN)/pmjobs train --corpus ../shared/corpus --out models/level

evaluate: $(VENV)/.ready-dev ## the report of the level model (needs ../shared)
	@$(BIN)/pmjobs evaluate --corpus ../shared/corpus

# Speed first, then how exactly things are read; those that need ../shared say so and leave.
BENCHES := parsing store compare level accuracy requirements resume ranking replay

bench: $(VENV)/.ready-dev ## how fast and how exact, as ratios in one run
	@for name in $(BENCHES); do echo "== bench.$$name"; $(BIN)/python -m bench.$$name || exit 1; done

fuzz: $(VENV)/.ready-dev ## every payload parser against damaged answers, a minute
	@$(BIN)/python -m bench.fuzz --seconds 60

lock: ## write constraints.txt again from pyproject.toml (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --all-extras --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links pyproject.toml -o constraints.txt

clean: ## remove what these words made
	@rm -rf $(VENV) .pmjobs .pytest_cache .mypy_cache .ruff_cache .hypothesis
