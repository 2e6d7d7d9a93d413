# `make demo` shows the main job end to end; `make test` runs every check. Both need git, make and Python 3.11 only.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-tools lint types unit docs wheel install fill messages lock fuzz clean

demo: install
	rm -rf demo-hospital
	$(BIN)/infodesk demo demo-hospital

test: lint types unit docs wheel

install: $(VENV)/ready

# The stamp is newer than everything the environment is made from, so a second run takes no time.
$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lint: install
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports

types: install
	$(BIN)/mypy

unit: install
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term

# With the real backup programs, as far as they are installed; what is skipped is named.
test-tools: install
	$(BIN)/pytest -m tools -rs tests/cli/test_tools.py

# The generated documents must be what the program and the definitions say today, and every sentence must have its Chinese.
docs: install
	COLUMNS=80 INFODESK_LANG=en $(BIN)/cog -I .ci --check README.md README.zh-CN.md docs/*.md
	$(BIN)/python .ci/messages.py --check
	$(BIN)/python .ci/pages.py --check

# The wheel alone, without the office extra, in an empty environment.
wheel: install
	rm -rf dist .venv-wheel
	$(BIN)/python -m build --quiet --no-isolation --wheel --outdir dist
	$(PYTHON) -m venv .venv-wheel
	sed -e 's/ \\$$//' -e '/--hash/d' requirements.txt > dist/constraints.txt
	.venv-wheel/bin/python -m pip install --quiet --constraint dist/constraints.txt dist/infodesk-*.whl
	.venv-wheel/bin/infodesk --help > dist/help.txt
	cd dist && ../.venv-wheel/bin/infodesk demo demo > demo.txt
	grep -q "87.00 %" dist/demo.txt
	rm -rf .venv-wheel

# For those who change the program: fill in generated docs, collect messages, pin requirements anew.
fill: install
	COLUMNS=80 INFODESK_LANG=en $(BIN)/cog -I .ci -r README.md README.zh-CN.md docs/*.md
	$(BIN)/python -m tests.walkthrough docs/walkthroughs/*.md
	$(BIN)/python .ci/pages.py

messages: install
	$(BIN)/python .ci/messages.py

lock:
	$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); g = p['dependency-groups']; \
	print(*p['project']['dependencies'], *p['project']['optional-dependencies']['office'], \
	*[d for n in g for d in g[n] if isinstance(d, str)], sep='\n')" > requirements.in
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--no-annotate --strip-extras --allow-unsafe --output-file requirements.txt requirements.in
	rm requirements.in

# Damaged workbooks at random, for ten minutes or as long as said; what fails is kept in fuzz-found/.
SECONDS := 600
SEED := 0
fuzz: install
	$(BIN)/python -m tests.fuzz $(SECONDS) $(SEED)

clean:
	rm -rf $(VENV) .venv-wheel dist demo-hospital fuzz-found .coverage .*_cache
