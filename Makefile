# make run, make test, make bench, make build: all anybody has to remember.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8080
# Where `make run` keeps its data; empty: the place that `quartermaster serve --help` names.
DATA_DIR ?=
ASSETS ?= 100000

export INSTA_UPDATE ?= no
# The web interface, built.
DIST := web/dist/index.html
TESTER := $(if $(shell command -v cargo-nextest),nextest run,test)

.PHONY: help run build test bench needs-build needs-test rust-checks web-checks types browser types-write

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: needs-build $(DIST) ## Build, start on an embedded Postgres with the demonstration company, print where to go (PORT=8080, DATA_DIR=…)
	@cargo build -p quartermaster
	@RUST_LOG=$${RUST_LOG:-warn} QM_LOG_FORMAT=$${QM_LOG_FORMAT:-text} exec target/debug/quartermaster serve --demo --port $(PORT) $(if $(DATA_DIR),--data-dir $(DATA_DIR))

build: needs-build $(DIST) ## The program for production, with its web interface in it: target/release/quartermaster
	@cargo build --release -p quartermaster
	@ls -lh target/release/quartermaster

test: needs-test ## Install what the tests need and run all of them
	@began=$$SECONDS; \
	$(MAKE) -j2 -O rust-checks web-checks; \
	$(MAKE) types; \
	$(MAKE) browser; \
	echo "All tests passed in $$(( SECONDS - began )) seconds."

bench: needs-build ## Measure, each figure beside its limit (ASSETS=100000)
	@cargo build --release -q -p quartermaster -p bench
	@target/release/bench --assets $(ASSETS)

needs-build:
	@scripts/need.sh build

needs-test:
	@scripts/need.sh test

# --- The server's side

rust-checks:
# The program reads its interface from this folder, whose place is fixed when it is compiled: it is there before, if still empty.
	@mkdir -p web/dist
	@cargo clippy -q --workspace --all-targets -- -D warnings
	@cargo build -q --workspace --bins
	@QM_BINARY=$(CURDIR)/target/debug/quartermaster target/debug/with-postgres cargo $(TESTER) --workspace 2>&1

# --- The web interface

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
# Not `npm ci`: the lock holds no optional packages of other platforms, which `ci` takes for an error and `install` does not miss.
	@cd web && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

WEB_SOURCES := $(shell find web/src web/public web/index.html web/docs.html web/vite.config.ts web/package-lock.json -type f 2>/dev/null)

$(DIST): web/node_modules/.package-lock.json $(WEB_SOURCES)
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@

web-checks: $(DIST)
	@cd web && npm run --silent lint && npm run --silent typecheck && npm run --silent test

# The client's types are what the server says.
types: web/node_modules/.package-lock.json
	@target/debug/quartermaster admin openapi > target/openapi.json
	@cd web && npm run --silent gen:check -- ../target/openapi.json

types-write: web/node_modules/.package-lock.json ## Write the web client's types anew after a change of the API
	@cargo run -q -p quartermaster -- admin openapi > target/openapi.json
	@cd web && npm run --silent gen -- ../target/openapi.json

browser: $(DIST)
	@cd web && npm run --silent e2e
