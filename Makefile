# `make` explains the targets. Everything is installed into .venv, from the locks in requirements/.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
HTML := _build/html
UV := uv==0.13.9
NB :=
MUTANTS :=

# pip checks every file against the lock's hashes; bytecode is compiled when first needed.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-compile
unexport PYTHONDONTWRITEBYTECODE
# Any warning is an error (-W), all are shown (--keep-going), unresolved references count (-n).
SPHINX_OPTIONS := -W --keep-going -n
NOT_SOURCES := /(_build|__pycache__|\.[a-z_]+)/
# nbval runs each notebook in one kernel, so a file's tests stay together (loadfile). Files in their
# order: xdist's own begins with those that have the most tests, and so ends with the slowest.
PYTEST_OPTIONS := --numprocesses 2 --dist loadfile --no-loadscope-reorder
# The book's matrices are small, and notebooks run side by side: more threads are only in the way.
export OPENBLAS_NUM_THREADS := 1
# Figures look the same whatever matplotlib settings a reader has at home.
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib

.DEFAULT_GOAL := help
.PHONY: help book test mutants serve notebooks exercises lock clean

help:
	@echo "make book       build the book into $(HTML)"
	@echo "make test       build the book, then run all tests"
	@echo "make mutants    plant mistakes in a copy, see which the tests notice (MUTANTS=\"--help\")"
	@echo "make serve      build, serve on localhost, rebuild on change"
	@echo "make notebooks  run the notebooks and store them in normal form (NB=FILE: only that one)"
	@echo "make exercises  make the exercise notebooks from their solutions"
	@echo "make lock       renew requirements/ and .binder/ from pyproject.toml"
	@echo "make clean      remove everything that make made"

# A failed build forgets what it read: else the next one would skip the page with the warning.
book: $(VENV)/book
	@$(PY) -m sphinx -b html $(SPHINX_OPTIONS) --quiet -d _build/.doctrees . $(HTML) \
		|| { rm -rf _build/.doctrees; echo "The book is not built: see above."; exit 1; }
	@echo "The book is built. Open $(CURDIR)/$(HTML)/index.html"

test: $(VENV)/test book
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest $(PYTEST_OPTIONS)

# Minutes to hours, so no part of `make test`.
mutants: $(VENV)/test book
	$(PY) -m tests.mutation $(MUTANTS)

serve: $(VENV)/book
	$(PY) -m sphinx_autobuild $(SPHINX_OPTIONS) --quiet -d _build/serve/.doctrees --watch bplib \
		--re-ignore '$(NOT_SOURCES)' . _build/serve/html

notebooks: $(VENV)/book
	@$(PY) chapters/_tools/notebooks.py $(NB)

exercises: $(VENV)/book
	@$(PY) chapters/_tools/exercises.py

# .venv/book and .venv/test are copies of the locks that .venv was installed from. Their order
# matters not: both locks pin the same versions.
$(VENV)/book: requirements/book.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	@echo "Installing what the book needs into $(VENV) (a minute or so, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/book.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(PY) -c 'import matplotlib.font_manager'  # fills its font cache, silently, once
	@cp requirements/book.txt $@

$(VENV)/test: requirements/test.txt $(VENV)/book
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) --require-hashes -r requirements/test.txt
	@cp requirements/test.txt $@

# One resolution, for every platform and Python >= 3.11; the smaller locks are parts of the largest.
LOCK = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-header --no-annotate --group build pyproject.toml
lock:
	@test -x $(VENV)/lock/bin/uv || { $(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q $(UV); }
	$(LOCK) --extra test --output-file requirements/test.txt
	$(LOCK) --extra book --constraint requirements/test.txt --output-file requirements/book.txt
	$(LOCK) --extra chapters --constraint requirements/test.txt --output-file .binder/requirements.txt

clean:
	rm -rf _build $(VENV) .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
