# make demo     the newsroom with its five documents, on http://127.0.0.1:8000
# make run      the same again, without loading anything
# make test     the whole suite: SQLite, then PostgreSQL, Chromium, validators (ARGS="-k feed" goes to pytest)
# make check    style, types, import law, templates, migrations, the settings of a deployment
# make format   put the sources in order
# make lock     pin anew what requirements*.in ask for
#
# PORT=8001 make demo moves it to another port; PYTHON=python3.12 make demo takes another Python.

PYTHON ?= python3
PORT ?= 8000
export PORT ARGS

BIN = .venv/bin
TEMPLATES = git ls-files -z -- '*/templates/*.html' 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
# As a deployment would be: whoever checks need not have one.
DEPLOYED = SITE_URL=https://newsroom.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(40))')

.PHONY: demo run test check style types layers templates deployment format lock tools

demo run:
	@$(PYTHON) deploy/start.py $@

test: tools
	@$(BIN)/python tests/run.py

check: style types layers templates deployment

style: tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: tools
	$(BIN)/mypy

layers: tools
	$(BIN)/lint-imports --no-logo

templates: tools
	$(TEMPLATES) --check

deployment: tools
	@$(DEPLOYED) $(BIN)/python manage.py makemigrations --check --dry-run
	@$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/pytest tests/newsroom/test_requirements.py

format: tools
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(TEMPLATES)

lock: tools
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

tools:
	@$(PYTHON) deploy/environment.py requirements-dev.txt
