# The commands of this project; `make` alone lists them. Set-up is done once and again only when its files change.
.DEFAULT_GOAL := help
.PHONY: help pre-meeting test check contact-sheet bench clean

# What to make papers of: a meeting's file, a report's file, or a folder of them.
MEETING ?= inputs

BIN := .venv/bin

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

pre-meeting: .venv/ready-to-run ## Set up and make papers and agendas in Word and PDF, with outputs/index.html (one meeting: MEETING=inputs/.../meetings/....yaml)
	$(BIN)/reportgen build $(MEETING)

test: .venv/ready-to-develop .tools/ready ## Run all tests, those that open the finished documents included
	$(BIN)/pytest -n auto -m "not timed" --ignore tests/documents
	$(BIN)/pytest -m timed --ignore tests/documents
	$(BIN)/pytest tests/documents

check: .venv/ready-to-develop ## Run what should pass before every commit: format, lint, types, layers, unit tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -m "not slow" tests/unit

contact-sheet: .venv/ready-to-develop .tools/ready ## Draw all pages of the samples, Word above PDF, into docs/pictures
	$(BIN)/reportgen build inputs --out build/contact-sheet
	$(BIN)/python tools/contact_sheet.py build/contact-sheet docs/pictures/contact-sheet.png

bench: .venv/ready-to-develop .tools/ready .tools/bench/ready ## Measure speed and memory beside other tools, into docs/benchmarks.md (see that it works: QUICK=1)
	$(BIN)/python -m benchmarks.run $(if $(QUICK),--quick) $(if $(UP_TO),--up-to $(UP_TO))

clean: ## Remove everything that was made or set up here; your inputs stay
	rm -rf outputs build dist .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find reportgen tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready-to-run: pyproject.toml constraints.txt tools/setup.sh
	@tools/setup.sh run
	@touch $@

.venv/ready-to-develop: .venv/ready-to-run
	@tools/setup.sh develop
	@touch $@

.tools/bench/ready: benchmarks/requirements.txt
	@tools/setup.sh bench
	@touch $@

# The script makes this one itself, and only when every validator is there: it asks again while one is missing.
.tools/ready: tools/setup.sh $(wildcard tools/*/*.*)
	@tools/setup.sh validators
