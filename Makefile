# What can be done here. Needs Rust, Python 3 with pip, Node and make; the network only for crates and the model.
.PHONY: demo test models lint parity help
.DEFAULT_GOAL := help

CARGO ?= cargo
PYTHON ?= python3
NEXTEST := $(shell $(CARGO) nextest --version >/dev/null 2>&1 && echo yes)
# Some tests compare with reference material that lies beside the repository for its developers. They are marked
# `ignore = "needs ../shared"`, so that a run without it counts them as skipped.
SHARED := $(wildcard ../shared/gold/score.py)

help:
	@echo 'make demo     read the three example reports and print what they claim'
	@echo 'make test     everything that must hold'
	@echo 'make lint     formatting, clippy, licences of the dependencies'
	@echo 'make models   fetch and check the English language model (part of demo and test)'
	@echo 'make parity   compare the language pipeline with spaCy itself (installs spaCy into .venv-parity)'

models:
	@$(PYTHON) tools/models/fetch.py

demo: models
	$(CARGO) build --release --quiet -p svodka-cli
	$(CARGO) run --release --quiet -p svodka-cli -- read examples/*.txt

test: models
	$(CARGO) test --release --workspace --doc --quiet
	@$(if $(SHARED),,echo 'skipped: the tests that need ../shared, which is not here')
ifeq ($(NEXTEST),yes)
	$(CARGO) nextest run --release --workspace $(if $(SHARED),--run-ignored all)
else
	$(CARGO) test --release --workspace --lib --bins --tests $(if $(SHARED),-- --include-ignored)
endif

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --workspace --all-targets -- -D warnings
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny check licenses bans sources; \
	else echo 'skipped: the licences of the dependencies, which need cargo-deny'; fi

parity: models
	tools/parity/run
