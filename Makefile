# Everything here works on a fresh machine with make and Python 3.11 or later; `make` alone lists it.
PYTHON ?= python3
export PYTHON
# Some images set it; then each of the hundreds of processes of the tests would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
LOCKED_PIP := $(BIN)/pip install --quiet --disable-pip-version-check
PIP := $(LOCKED_PIP) --constraint constraints.txt

.DELETE_ON_ERROR:
.PHONY: help site check serve test suite quick fuzz lint judge bench words glyphs pins dist clean distclean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# PUBLISH=1 refuses what would be wrong where readers see it.
site: .venv/site ## build the series into site/
	$(BIN)/casebuilder build $(if $(PUBLISH),--publish)

# On GitHub the problems appear on the lines of the pull request. SINCE=main also looks for unrecorded changes.
check: .venv/site ## report every problem of the series
	$(BIN)/casebuilder check --format $(if $(GITHUB_ACTIONS),github,text) $(if $(SINCE),--since $(SINCE))

serve: .venv/site ## show the series on this computer, reloading as you write
	$(BIN)/casebuilder serve

test: .venv/test ## run every check of the code
	@$(MAKE) --no-print-directory --jobs=2 lint suite

# Beside lint, which is busy on one processor alone. Four workers on two processors: many tests wait for browsers and other programs.
suite: .venv/test
	$(BIN)/pytest -n 4 --dist worksteal -m "not large"

quick: .venv/test ## for the loop while writing: style, types, layers, and the tests that print no PDF and open no browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow and not browser and not press and not large"

fuzz: .venv/test ## prove the fuzzer; try properties at random and all naughty strings; then each reader for a minute
	$(BIN)/python -m fuzz.proof
	FUZZ=8 $(BIN)/pytest -n 2 --dist worksteal -m "not large"
	@$(PIP) --only-binary :all: atheris || { echo "atheris does not install here"; exit 0; }; \
		printf '%s\n' markdown series yaml front-matter record settings | \
		xargs -P 2 -I TARGET $(BIN)/python -m fuzz TARGET -max_total_time=60

lint: .venv/test ## the quick half of test: style, types, layers, workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict hatch_build.py src judges bench translations phrasing glyphs
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m phrasing
	$(BIN)/actionlint .github/workflows/*.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/dilemma.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml

judge: site .judges/installed .judges/properdocs ## let programs we did not write judge site/
	$(BIN)/python -m judges site
	$(BIN)/pytest -n 2 --dist worksteal -m large
	$(BIN)/python -m judges.engines
	$(BIN)/python -m judges.faults
	$(BIN)/python -m judges.curation

bench: .venv/bench ## measure where the time goes
	$(BIN)/python -m bench

words: .venv/site ## bring the catalogues of translations up to date with the code
	$(BIN)/python -m translations

glyphs: .venv/site ## write the table of the characters that the packs' fonts have
	$(BIN)/python -m glyphs

pins: ## take the newest versions into constraints.txt, and their digests into the locks
	scripts/pin

dist: ## build source archive and wheel, and try the wheel in an empty environment
	scripts/dist

clean: ## remove what was built
	rm -rf site .cache dist

distclean: clean ## remove what was installed, too
	rm -rf .venv .judges .*_cache .hypothesis

# What is installed is remembered by a file a step. A build installs no test tool. The build backends come first
# and pinned (ours, and setuptools for what PyPI has as source alone, as feedgen): pip would take the newest ones into
# environments of their own, past the constraints.
# With LOCKED=1, as on the machine that publishes, nothing is installed of which the digest is not known beforehand. pip
# cannot check digests and install a folder in one go, so there are three.
.venv/site: pyproject.toml constraints.txt constraints.lock constraints-build.lock scripts/debian-packages
	@scripts/debian-packages site
	$(PYTHON) -m venv .venv
ifdef LOCKED
	$(LOCKED_PIP) --require-hashes --requirement constraints-build.lock
	$(LOCKED_PIP) --require-hashes --no-build-isolation --requirement constraints.lock
	$(LOCKED_PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/pip check
else
	$(PIP) hatchling editables setuptools flit-core
	$(PIP) --no-build-isolation --editable .
endif
	@touch $@

# What the workflows ask for, which are those of every series.
.venv/casebuilder: .venv/site
	@touch $@

# The system's packages come while pip works. Nothing is compiled beforehand: most of scipy is never imported.
.venv/test: .venv/site
	@scripts/debian-packages test & packages=$$!; \
	$(PIP) --no-compile --no-build-isolation --editable '.[dev]' && \
	$(BIN)/pip download --quiet --disable-pip-version-check --constraint constraints.txt --no-deps --no-build-isolation \
		--no-binary markdown-it-py --dest .venv/sources markdown-it-py && \
	wait $$packages
	@touch $@

.venv/bench: .venv/test
	@scripts/debian-packages bench
	$(PIP) --no-build-isolation --editable '.[bench]'
	@touch $@

# In an environment of its own: it lays its files over Material's, which casebuilder asks for.
.judges/properdocs: .venv/test judges/engines.txt pyproject.toml constraints.txt
	@mkdir -p .judges
	$(PYTHON) -m venv --clear $@
	$@/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		hatchling editables setuptools flit-core
	$@/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable .
	$@/bin/pip uninstall --quiet --yes --disable-pip-version-check mkdocs mkdocs-material
	$@/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement judges/engines.txt
	$@/bin/pip install --quiet --disable-pip-version-check --no-deps --constraint constraints.txt --target $@/material mkdocs-material
	@touch $@

.judges/installed: .venv/test judges/package.json judges/requirements.txt
	@scripts/debian-packages judge
	@mkdir -p .judges
	cp judges/package.json .judges/
	npm install --prefix .judges --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error
	$(PIP) --no-deps --require-hashes --upgrade --target .judges/wheels --requirement judges/requirements.txt
	@touch $@
