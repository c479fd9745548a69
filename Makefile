.PHONY: help setup try test coverage anki lint contracts messages screens check types types-here types-windows types-macos bench train train-reader train-tools clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

help:  # list what can be made
	@grep -E '^[a-z]+:.*#' Makefile | sed 's/:.*# /\t/'

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1" -c constraints.txt
	$(BIN)/python -m pip install --quiet -c constraints.txt --group dev -e .
	$(BIN)/python -m compileall -q src
	@touch $@

setup: $(VENV)/ready  # make the environment in .venv

try: setup  # start an interview on the shipped notes
	@$(BIN)/viva --kb kb --index index

test: setup  # run the tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal

coverage: setup  # run the tests and show which lines and branches they never reach
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not bare" --cov --cov-report=term

anki: setup  # prove the packages on Anki's own library
	$(BIN)/python -m pip install --quiet -c constraints.txt --group anki
	$(BIN)/python -m pytest -q tests/unit/interop/test_anki_itself.py

lint: setup  # look for faults of style, and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

contracts: setup  # check who may import whom
	$(BIN)/lint-imports

types: setup  # check types as each system and the lowest and newest Python see them
	@$(MAKE) --no-print-directory -j3 types-here types-windows types-macos

types-here:
	$(BIN)/mypy

types-windows:
	$(BIN)/mypy --platform win32 --python-version 3.13 --cache-dir .mypy_cache/windows

types-macos:
	$(BIN)/mypy --platform darwin --python-version 3.12 --cache-dir .mypy_cache/macos

check: lint types contracts  # everything CI runs: lint, types, import contracts, tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal

messages: setup  # bring the catalogues up to date with the words in the code
	@mkdir -p build
	$(BIN)/pybabel -q extract -k tr -k ntr:1,2 -k N_ --no-location --omit-header -o build/viva.pot src/viva
	$(BIN)/pybabel -q update -D viva -i build/viva.pot -d src/viva/locales --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D viva -d src/viva/locales

screens: setup  # write the pictures of every screen in tests/data/tui/screens anew, after a look at what changed
	VIVA_WRITE_SCREENS=1 $(BIN)/python -m pytest -q tests/tui/test_screens.py

bench: train-tools  # measure the models, grading, retrieval and speed; writes benchmarks/results
	$(BIN)/python -m benchmarks.retrieval
	$(BIN)/python -m benchmarks.grading
	$(BIN)/python -m benchmarks.embedding
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.speed

train: train-tools  # make the embedded model and the reader from the training text, within six hours
	$(BIN)/python -m training
	$(BIN)/python -m training.reading
	$(BIN)/python -m training.grading

train-reader: train-tools  # make the reader alone, and fit the grader to it; broken off, it goes on where it was
	$(BIN)/python -m training.reading
	$(BIN)/python -m training.grading

train-tools: setup
	$(BIN)/python -m pip install --quiet -c constraints.txt --group training

clean:  # remove what was made here, but not your history
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
