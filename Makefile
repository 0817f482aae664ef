# make demo   sets everything up, builds the graph of the shipped corpus, asks it a question, draws and exports it
# make test   sets up what the tests need and runs them all, with lint and types
# make bench  measures speed and memory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint types bench clean

demo: $(VENV)/ready
	$(BIN)/travaux build --store $(DEMO)/store
	$(BIN)/travaux query who-proposes-what -p concept=extradition --store $(DEMO)/store
	$(BIN)/travaux draw network --output $(DEMO)/network.html --store $(DEMO)/store
	$(BIN)/travaux draw matrix --output $(DEMO)/matrix.html --store $(DEMO)/store
	$(BIN)/travaux export $(DEMO)/travaux.ttl --store $(DEMO)/store

test: lint types
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-dev
	$(BIN)/mypy
	$(BIN)/pyright

bench: $(VENV)/ready-dev
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/reuse.py

# The link lets the type checkers see the repository, whatever its folder is called, as the package `travaux`.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Travaux needs Python 3.11 or later; name one with 'make PYTHON=python3.11'" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(VENV)/types && ln -sfn ../.. $(VENV)/types/travaux
	touch $@

$(VENV)/ready: $(VENV)/made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/ready-dev: $(VENV)/made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/ready

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
