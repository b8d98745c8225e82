# Everything one does with this checkout; plain `make` lists it.

.DEFAULT_GOAL := help
.PHONY: help run build test lab lint format simulate bench

SWIFT_PATHS := Package.swift Sources Sync WebUI Tests
PYTEST := .build/venv/bin/python -m pytest -o cache_dir="$(CURDIR)/.build/pytest"
# A million field values.
RECORDS ?= 242000
SEED ?= 1
RUNS ?= 1000
SECONDS ?= 300

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Installs what is missing, builds, and serves a demo municipality to look at
	@.ci/setup run
	@$(MAKE) --no-print-directory build
	.build/release/ashar demo --open

build: ## Builds the program in release mode as .build/release/ashar
	swift build --configuration release --product ashar

test: ## Installs what the tests need and runs them all, in Swift and in the browser
	@.ci/setup test
	@$(MAKE) --no-print-directory lint
	# A debug build checks each access to memory and each promise, and takes half as long to make.
	# The optimised program is what run, lab and bench make; ASHAR_BIN puts it before these tests.
	swift build --build-tests
	swift test --skip-build --skip SyncTransportTests
	# Real sockets with deadlines of their own want a machine that does nothing else.
	swift test --skip-build --filter SyncTransportTests --no-parallel
	$(PYTEST) Tests/Peer
	# Three at a time keep two cores busy: pages wait for programs, and tests for both.
	$(PYTEST) --numprocesses 3 --dist loadfile --no-loadscope-reorder Tests/Browser
	Tests/Lab/run

lab: ## Laptops with real Avahi on hosts of their own, cables pulled: make lab SEED=7 SECONDS=300
	@.ci/setup lab
	@$(MAKE) --no-print-directory build
	env ASHAR_BIN=.build/release/ashar LAB_LONG=1 LAB_SECONDS=$(SECONDS) LAB_SEED=$(SEED) \
		Tests/Lab/run -s

lint: ## Checks the Swift code against .swift-format
	swift format lint --strict --parallel --recursive $(SWIFT_PATHS)

format: ## Rewrites the Swift code as .swift-format wants it
	swift format format --in-place --parallel --recursive $(SWIFT_PATHS)

simulate: ## Plays random histories of laptops: make simulate SEED=7 RUNS=100000
	swift build --configuration release --product simulate
	.build/release/simulate $(SEED) $(RUNS)

bench: ## Measures import, pages and merging beside plain SQLite: make bench RECORDS=242000
	@.ci/setup bench
	@$(MAKE) --no-print-directory build
	Tests/Benchmarks/run $(RECORDS)
