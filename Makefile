# The commands of this project; `make` alone lists them. Set-up is done once and again only when its files change.
.DEFAULT_GOAL := help
.PHONY: help pre-meeting test test-slow check coverage docs contact-sheet bench clean

# What to make papers of: a meeting's file, a report's file, or a folder of them.
MEETING ?= inputs

BIN := .venv/bin
SIDE_BY_SIDE := -n auto --dist worksteal

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

pre-meeting: .venv/ready-to-run ## Set up and make papers and agendas in Word and PDF, with outputs/index.html (one meeting: MEETING=inputs/.../meetings/....yaml)
	$(BIN)/reportgen build $(MEETING)

test: .venv/ready-to-develop .tools/ready ## Run all tests, those that open the finished documents included
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not timed and not nightly" --ignore tests/documents
	$(BIN)/pytest -m "timed and not nightly" --ignore tests/documents
	$(BIN)/pytest -m "not nightly" tests/documents
	$(BIN)/mkdocs build

test-slow: .venv/ready-to-develop .tools/ready ## Run what `make test` leaves out: what is repeated a hundred times
	$(BIN)/pytest $(SIDE_BY_SIDE) -m nightly

check: .venv/ready-to-develop ## Run what should pass before every commit: format, lint, types, layers, unit tests
	@$(MAKE) --no-print-directory --jobs --output-sync=target check-format check-lint check-types check-layers
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not slow and not nightly" tests/unit

.PHONY: check-format check-lint check-types check-layers
check-format:
	$(BIN)/ruff format --check .
check-lint:
	$(BIN)/ruff check .
check-types:
	$(BIN)/mypy --strict
check-layers:
	$(BIN)/lint-imports

coverage: .venv/ready-to-develop ## Measure which lines and branches the tests reach; too few is a failure
	rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/coverage run -m pytest $(SIDE_BY_SIDE) -m "not timed and not nightly" --ignore tests/documents
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

docs: .venv/ready-to-develop ## Make a site of the documentation in build/docs, the page of all rules included; a dead link fails
	$(BIN)/mkdocs build

contact-sheet: .venv/ready-to-develop .tools/ready ## Draw all pages of the samples, Word above PDF, into docs/pictures
	$(BIN)/reportgen build inputs --out build/contact-sheet
	$(BIN)/python tools/contact_sheet.py build/contact-sheet docs/pictures/contact-sheet.png

bench: .venv/ready-to-develop .tools/ready .tools/bench/ready ## Measure speed and memory beside other tools, into docs/benchmarks.md (see that it works: QUICK=1)
	$(BIN)/python -m benchmarks.run $(if $(QUICK),--quick) $(if $(UP_TO),--up-to $(UP_TO))

clean: ## Remove everything that was made or set up here, papers in outputs/ included; your inputs stay
	[ ! -d outputs ] || find outputs -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	rm -rf build dist .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
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
