# `make` alone lists the targets. The environment lives in .venv; scripts/setup makes it once.

BIN := .venv/bin
PYTHON_FILES := src tests bench scripts

# As if the environment were activated: commands that goldseam runs find its packages.
export VIRTUAL_ENV := $(CURDIR)/.venv

.DEFAULT_GOAL := help
.PHONY: help setup setup-demo demo model tools check test test-fast fix picture manual lock crash-test clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: setup-demo ## set up what the demo needs, fetch the model, heal the broken examples
	@$(BIN)/python bench/demo.py

test: check model tools ## set up, then format, lint, types, import contracts and all tests
	$(BIN)/pytest -n 2 -m "not alone" $(ARGS)
	$(BIN)/pytest -m alone $(ARGS) || [ $$? -eq 5 ] # 5: none of these was asked for

tools: setup ## fetch TypeScript's parser and language service into the user's cache, once
	$(BIN)/goldseam tools pull

test-fast: setup ## the tests that do not run the embedded model
	$(BIN)/pytest -n 2 -m "not model and not alone" $(ARGS)
	$(BIN)/pytest -m "alone and not model" $(ARGS) || [ $$? -eq 5 ]

check: setup ## format, lint, types and import contracts
	$(BIN)/ruff format --check $(PYTHON_FILES)
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## format, and repair what the linter can repair
	$(BIN)/ruff check --fix $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

setup: ## make .venv with everything for development
	@scripts/setup dev

setup-demo:
	@scripts/setup demo

model: setup ## fetch the embedded model into the user's cache, once
	$(BIN)/goldseam model pull

crash-test: setup ## kill repairs at every side effect and at random moments
	$(BIN)/python bench/crash_test.py $(ARGS)

bench-%: setup
	$(BIN)/python bench/$(subst -,_,$*).py $(ARGS)

picture: setup model ## draw docs/images/heal.svg from a real run
	$(BIN)/python scripts/picture docs/images/heal.svg

manual: setup ## write docs/faults from the catalogue of fault codes
	$(BIN)/python scripts/manual docs/faults

lock: setup ## resolve requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --all-extras --group dev --group setup \
	    pyproject.toml -o requirements.lock $(ARGS)

clean: ## remove .venv, caches and build output (not the model)
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
