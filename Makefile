# make run    sets everything up and serves Splot with its demonstration at http://127.0.0.1:8000
# make test   sets up and passes every test
# make quick  the checks and tests that take less than two minutes, before a commit
# Other port: PORT=8123 make run

PORT ?= 8000
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard splot/locale/*/LC_MESSAGES/django.po))
PYTEST := $(BIN)/python -m pytest -n 2
export SPLOT_URL ?= http://127.0.0.1:$(PORT)

# Tests start dozens of processes: each would compile all of Splot anew where this is set.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup test quick lint messages clean

run: setup
	@echo "Splot will be at $(SPLOT_URL)/ in a moment (stop with Ctrl+C)"
	@echo "Sign in at $(SPLOT_URL)/pl/sign-in/ with the password splot-demo as"
	@echo "  coordinator@poznan.example       runs the policy, the table and the report"
	@echo "  leader-education@poznan.example  is in charge of tasks and reports on them"
	@echo "  monitor@poznan.example           sees drafts; reader@poznan.example reads"
	@echo "The page lists the other roles and those of Lublin."
	@SPLOT_DEMONSTRATION=1 PORT=$(PORT) exec $(BIN)/splot serve --demo

setup: .venv/ready $(CATALOGUES)

.venv/bin/uv:
	python3 -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.txt

.venv/ready: requirements.txt pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

splot/locale/%/LC_MESSAGES/django.mo: splot/locale/%/LC_MESSAGES/django.po | .venv/ready
	$(BIN)/pybabel --quiet compile --locale $* --input-file $< --output-file $@

.venv/ready-for-tests: requirements-dev.txt | .venv/ready
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

test: setup .venv/ready-for-tests
	@tests/prepare
	@$(MAKE) --no-print-directory lint
	$(PYTEST) --dist worksteal tests --ignore tests/journeys
	tests/with-postgresql $(PYTEST) --dist worksteal tests --ignore tests/journeys --ignore tests/documents
	$(PYTEST) --dist loadscope --no-loadscope-reorder tests/journeys

quick: setup .venv/ready-for-tests
	@$(MAKE) --no-print-directory lint
	$(PYTEST) --dist worksteal --quick tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	SPLOT_URL=https://splot.example $(BIN)/python manage.py check --deploy --fail-level WARNING

# After a change of words: collect them from the code into the catalogues, then translate what is empty.
messages: setup
	$(BIN)/python manage.py messages

clean:
	rm -rf .venv
