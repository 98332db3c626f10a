# make demo · the newsroom with its five documents on http://127.0.0.1:8000     make run · again, without loading
# make test · the whole suite     make check · lint, types, templates, layers     make format · tidy the sources
# PORT=8001 make demo · on another port          PYTHON=python3.12 make demo · with another Python

PYTHON ?= python3
PORT ?= 8000
export PORT

.PHONY: demo run test check format lock

demo run:
	@$(PYTHON) deploy/start.py $@

test: dev
	@.venv/bin/python tests/run.py

check: dev
	@.venv/bin/python deploy/check.py

format: dev
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format .
	git ls-files 'templates/*.html' 'newsroom/*/templates/*.html' | xargs -r .venv/bin/djade --target-version 5.2

lock: dev
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

.PHONY: dev
dev:
	@$(PYTHON) deploy/environment.py requirements-dev.txt
