# What can be done here. Needs Rust, Python 3 with pip, Node and make; the network only for crates and the model.
.PHONY: demo test docs svodka arm exchange python wheel web page browse client models lint parity bench-nlp resolve-bench resolve-million scale serve-bench page-bench fuzz learn help
.DEFAULT_GOAL := help

CARGO ?= cargo
PYTHON ?= python3
NEXTEST := $(shell $(CARGO) nextest --version >/dev/null 2>&1 && echo yes)
# Some tests compare with reference material that lies beside the repository for its developers. They are marked
# `ignore = "needs ../shared"`, so that a run without it counts them as skipped.
SHARED := $(wildcard ../shared/gold/score.py)
NPM := $(shell command -v npm)

help:
	@echo 'make demo     read the three example reports and print what they claim'
	@echo 'make test     everything that must hold'
	@echo 'make exchange have programs that are not ours read every export (part of test; installs them into .venv-exchange)'
	@echo 'make python   try Svodka from Python, with a notebook (part of test; installs what that needs into .venv-python)'
	@echo 'make wheel    build the wheel for Python and try that (not part of test: it builds everything once more, five minutes; .venv-wheel)'
	@echo 'make web      build the page that svodka serve shows; build svodka after it (needs Node)'
	@echo 'make page     try the page in a browser (needs Node and Chromium)'
	@echo 'make client   type the page anew from what the server says it answers'
	@echo 'make lint     formatting, clippy, licences of the dependencies'
	@echo 'make models   fetch and check the English language model (part of demo and test)'
	@echo 'make parity   compare the language pipeline with spaCy itself (installs spaCy into .venv-parity)'
	@echo 'make bench-nlp  measure its speed and memory beside spaCy, in turn'
	@echo 'make resolve-million  the same on a million made-up mentions: right and wrong, seconds'
	@echo 'make scale    add 1,000 and 10,000 constructed reports to a project: speed, memory, size, time to answer'
	@echo 'make serve-bench PROJECT=FILE   how fast svodka serve answers over a large project, then 64 read and 8 write for two minutes, on a copy'
	@echo 'make page-bench PROJECT=FILE    how fast the page is over a large project in a browser, on a copy (needs Node and Chromium)'
	@echo 'make resolve-bench  measure who is the same on labelled records, beside Splink (installs it into .venv-splink; needs ../shared)'
	@echo 'make learn    learn anew from the annotated reports (installs numpy and scipy into .venv-learn)'
	@echo 'make fuzz     try to break the language pipeline and the reading, MINUTES=11 for each target (needs cargo-fuzz and nightly)'

models:
	@$(PYTHON) tools/models/fetch.py

demo: models svodka
	$(CARGO) run --release --quiet --bin svodka -- read examples/*.txt

# The page first: what builds svodka afterwards takes it in, so that nothing is built twice.
test: models arm
ifneq ($(NPM),)
	@$(MAKE) --no-print-directory web
endif
	@$(if $(SHARED),,echo 'skipped: the tests that need ../shared, which is not here')
ifeq ($(NEXTEST),yes)
	$(CARGO) nextest run --release --workspace $(if $(SHARED),--run-ignored all)
else
	$(CARGO) test --release --workspace --lib --bins --tests $(if $(SHARED),-- --include-ignored)
endif
	$(CARGO) build --release --quiet --workspace --lib
	@$(MAKE) --no-print-directory -j2 --output-sync=target browse exchange python docs

docs:
	$(CARGO) test --release --workspace --doc --quiet

# Always of the whole workspace: one crate alone asks other features of what it is built on, and much would be built once more.
svodka:
	@$(CARGO) build --release --quiet --workspace --bins

# Programs that are not ours read what is exported.
exchange: models svodka
	test -d .venv-exchange || $(PYTHON) -m venv .venv-exchange
	.venv-exchange/bin/pip install --quiet -r tools/exchange/requirements.txt
	test -d .venv-cff || $(PYTHON) -m venv .venv-cff
	.venv-cff/bin/pip install --quiet -r tools/exchange/requirements-cff.txt
	.venv-exchange/bin/python tools/exchange/check.py target/release/svodka
	.venv-exchange/bin/pip install --quiet -r tools/mcp/requirements.txt
	.venv-exchange/bin/python tools/mcp/check.py target/release/svodka

# For Python; it can only be tried from there. What was built is put where Python looks for it.
python: models svodka
	@$(CARGO) build --release --quiet --workspace --lib
	test -d .venv-python || $(PYTHON) -m venv .venv-python
	.venv-python/bin/pip install --quiet -r crates/svodka-py/requirements-test.txt
	mkdir -p target/python
	cp -r crates/svodka-py/python/svodka target/python
	cp target/release/lib_svodka.so target/python/svodka/_svodka.abi3.so
	echo '$(CURDIR)/target/python' > "$$(echo .venv-python/lib/python3*/site-packages)/svodka-built.pth"
	SVODKA='$(CURDIR)/target/release/svodka' .venv-python/bin/python -m pytest -q -p no:cacheprovider crates/svodka-py/tests

# The same as users install it.
wheel: models svodka
	test -d .venv-wheel || $(PYTHON) -m venv .venv-wheel
	.venv-wheel/bin/pip install --quiet -r crates/svodka-py/requirements-test.txt -r crates/svodka-py/requirements-wheel.txt
	rm -f target/wheels/svodka-*.whl
	.venv-wheel/bin/maturin build --release --quiet -m crates/svodka-py/Cargo.toml -o target/wheels
	.venv-wheel/bin/pip install --quiet --force-reinstall --no-deps target/wheels/svodka-*.whl
	SVODKA='$(CURDIR)/target/release/svodka' .venv-wheel/bin/python -m pytest -q -p no:cacheprovider crates/svodka-py/tests

# The page, which the next build of svodka takes in.
web:
	cd web && npm ci --silent --no-audit --no-fund && npm run --silent check && npm run --silent build

CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
page: models
ifneq ($(NPM),)
	@$(MAKE) --no-print-directory web
endif
	@$(MAKE) --no-print-directory browse

# With the page as it was built last.
browse: svodka
ifeq ($(and $(NPM),$(CHROMIUM)),)
	@echo 'skipped: the page in a browser, which needs Node (npm) and Chromium'
else
	cd web && SVODKA='$(CURDIR)/target/release/svodka' CHROMIUM='$(CHROMIUM)' npm run --silent test
endif

client: svodka
	$(CARGO) run --release --quiet --bin svodka -- serve --openapi > web/openapi.json
	cd web && npm run --silent client

# The engine's kernels for ARM are compiled, though not run, on other machines too.
arm:
	@if rustup target add aarch64-unknown-linux-gnu >/dev/null 2>&1; \
	then $(CARGO) check --release --quiet -p svodka-nlp --target aarch64-unknown-linux-gnu && echo 'svodka-nlp compiles for 64-bit ARM'; \
	else echo 'skipped: the check for 64-bit ARM, a target that rustup could not add here'; fi

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --workspace --all-targets -- -D warnings
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny check licenses bans sources; \
	else echo 'skipped: the licences of the dependencies, which need cargo-deny'; fi

parity: models
	tools/parity/run
	tools/parity/run --pipeline md --only seed --only wikiwars --only project
	tools/parity/run --paths

MINUTES ?= 11
FUZZED := svodka-nlp/tokenizer_and_pipeline svodka-nlp/model_files svodka-nlp/config svodka-ingest/any_bytes svodka/read

# Nothing in the crates is unsafe, so the targets run without a sanitizer, with overflow and debug assertions checked.
fuzz: models
	for target in $(FUZZED); do \
	  (cd crates/$${target%/*} && SVODKA_MODEL='$(CURDIR)/models/en_core_web_sm-3.8.0' nice -n 19 $(CARGO) +nightly fuzz run -s none $${target#*/} -- \
	    -max_total_time=$$((60 * $(MINUTES))) -timeout=30 -max_len=600) || exit 1; \
	done

bench-nlp: models
	tools/bench/nlp

REPORTS ?= 1000 10000
scale: models svodka
	$(CARGO) build --release --quiet --workspace --example ask
	SVODKA_MODEL='$(CURDIR)/models/en_core_web_sm-3.8.0' $(PYTHON) tools/scale/run.py target/release/svodka target/release/examples/ask $(REPORTS)

SECONDS ?= 120
PAUSE ?= 0
serve-bench:
	$(CARGO) build --release --quiet --workspace --bins --example serve_bench
	target/release/examples/serve_bench '$(PROJECT)' $(SECONDS) $(PAUSE)

page-bench: web svodka
	cd web && SVODKA='$(CURDIR)/target/release/svodka' CHROMIUM='$(CHROMIUM)' node bench/measure.mjs '$(abspath $(PROJECT))'

# Both programs on the same records, in turn; the names of both are their own models.
FIGURES := ../shared/bench/splink/historical_figures_with_errors_50k.parquet
resolve-bench:
ifeq ($(wildcard $(FIGURES)),)
	@echo 'skipped: who is the same, which needs $(FIGURES)'
else
	$(CARGO) build --release --quiet -p svodka-resolve --examples
	target/release/examples/names ../shared/bench/names/cases.csv
	test -d .venv-splink || $(PYTHON) -m venv .venv-splink
	.venv-splink/bin/pip install --quiet splink==5.0.0 duckdb==2.0.0 pyarrow==26.0.1
	.venv-splink/bin/python tools/resolve/dump.py $(FIGURES) target/figures.tsv
	target/release/examples/figures target/figures.tsv
	.venv-splink/bin/python tools/resolve/splink_figures.py $(FIGURES)
endif

resolve-million:
	$(CARGO) run --release --quiet -p svodka-resolve --example million

# What the tables in packs/en/statistics were made by; see tools/learn/README.md. Names first: claims are learned from what
# they are read as.
learn: models
	$(CARGO) build --release --quiet -p svodka --examples
	test -d .venv-learn || $(PYTHON) -m venv .venv-learn
	.venv-learn/bin/pip install --quiet numpy==2.4.6 scipy==1.17.1 python-crfsuite==0.9.12
	.venv-learn/bin/python tools/learn/names.py models/en_core_web_sm-3.8.0 gold/train gold
	$(CARGO) build --release --quiet -p svodka --examples
	.venv-learn/bin/python tools/learn/claims.py
