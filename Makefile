PORT ?= 8000
BIN := .venv/bin
# For two cores: half of what a journey takes is waiting for its browser, which a third process uses.
DAY := -n 3
SPREAD := --dist loadfile --no-loadscope-reorder
# PostgreSQL's server computes too.
ON_POSTGRES := -n 2

# Modules that are compiled once are quicker in each of the many processes that tests start.
test whole collected tested postgres ocr-test: export PYTHONDONTWRITEBYTECODE :=

.PHONY: install system collected untyped types tested ocr ocr-test dev batch demo test whole beside postgres check fix browser night deploy-test accept lock bench audit

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	sh tools/install.sh requirements.lock
	touch .venv/installed

ocr: install
	$(MAKE) --no-print-directory .venv/ocr

.venv/ocr: requirements-ocr.lock
	sh tools/install.sh requirements-ocr.lock
	touch .venv/ocr

# Pages as pictures are read: the extra is about a hundred megabytes to fetch, so `make test` goes without.
ocr-test: dev
	$(MAKE) --no-print-directory .venv/ocr
	$(BIN)/python -m pytest -m "not night" tests/intake/test_scanned.py

dev: .venv/dev

.venv/dev: requirements-dev.lock pyproject.toml
	sh tools/install.sh requirements-dev.lock
	touch .venv/installed .venv/dev

# Checks of a province or the country, and exports of facts: DuckDB, Ibis, Arrow.
batch: requirements-batch.lock pyproject.toml
	sh tools/install.sh requirements-batch.lock
	touch .venv/installed

demo: install
	$(BIN)/taizhang demo --port $(PORT)

test: dev
	$(MAKE) --no-print-directory -j4 types tested

# What CI asks: `make test`, pictures read where it comes to them, and beside it in one more process what PostgreSQL may answer otherwise.
# The extra for that (its lock has nothing that the other has otherwise) comes while linters run, and is whole before tests begin.
whole: dev
	$(MAKE) --no-print-directory -j5 types tested beside EXTRA=.venv/ocr

beside: system untyped collected $(EXTRA)
	@told=$$($(MAKE) --no-print-directory postgres ON_POSTGRES="-n 0" 2>&1) || { echo "$$told"; exit 1; }; echo "PostgreSQL: $$(echo "$$told" | tail -1)"

# Types take a core for a minute: they are checked by the way, in what the rest leaves of the processor while it waits.
types:
	nice $(BIN)/mypy taizhang tests lab

tested: system untyped collected $(EXTRA)
	$(BIN)/python -m pytest $(DAY) $(SPREAD) -m "not night and not deploy"

untyped:
	sh tools/check.sh untyped

# Debian's packages, and what tests begin with: the compiled modules and the empty database. Both come while linters run.
system:
	sh tools/system.sh

collected:
	@told=$$($(BIN)/python -m pytest -n 0 --collect-only -q 2>&1) || { echo "$$told" | tail -40; exit 1; }

postgres:
	bash tools/on_postgres.sh $(BIN)/python -m pytest $(ON_POSTGRES) $(SPREAD) $$(sed 's/ .*//' tests/on_postgres.txt)

check:
	sh tools/check.sh

fix:
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

browser:
	$(BIN)/python -m pytest -m browser

night:
	TAIZHANG_FUZZ=10000 HYPOTHESIS_PROFILE=night $(BIN)/python -m pytest -n 2 tests/rules tests/fuzz tests/architecture/test_visible.py
	$(BIN)/python -m pytest -m night
	bash tools/on_postgres.sh $(BIN)/python -m pytest -n 2 $(SPREAD) -m "not browser and not spark and not night and not deploy"
	bash tools/on_swift.sh $(BIN)/python -m pytest -m night tests/kernel/test_storage_on_swift.py
	$(BIN)/python -m lab mutants --sample 12
	$(BIN)/python -m lab drill --kills 200 --kind all
	bash tools/on_postgres.sh $(BIN)/python -m lab drill --kills 200 --kind all
	sh tools/install.sh requirements-ocr.lock
	$(BIN)/python -m pytest tests/intake/test_scanned.py

deploy-test: dev
	$(BIN)/python -m pytest -s tests/deploy

accept:
	TAIZHANG_ACCEPT=1 $(BIN)/python -m pytest tests/architecture/test_house.py tests/catalogue/test_catalogue.py tests/config/test_api.py tests/inspection/test_flows.py tests/rules/test_manual.py

lock:
	sh tools/lock.sh

bench: dev
	$(BIN)/python -m lab bench

# Without a way out of the network: make audit ADVISORIES=all.zip (docs/how-to/deploy.md).
audit: dev
	$(if $(ADVISORIES),$(BIN)/python tools/advisories.py $(ADVISORIES) requirements*.lock,$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock)
