# Holdfast. `make run` is the main job, `make test` runs every test; both do the set-up they need.

PORT ?= 8080
DATA ?= data
# A debug build starts soonest from a fresh clone; `make run CONFIG=release` is the one to measure or to keep.
CONFIG ?= debug
HOLDFAST = .build/$(CONFIG)/holdfast

.PHONY: help run test check bench campaigns demo-data build release format clean

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Set up, build, make a sample force on first start, and serve on http://127.0.0.1:8080
	@scripts/setup run
	@scripts/build $(CONFIG)
	@test -e "$(DATA)" || scripts/sample $(HOLDFAST) "$(DATA)"
	@exec $(HOLDFAST) serve --port "$(PORT)" --data "$(DATA)"

test: ## Set up and run every test
	@scripts/setup test
	@scripts/test

check: ## Format gate, lint, build, tests, and a probe of the release binary
	@scripts/check

bench: ## Measure against public tools, in pairs, on this machine (bench/README.md)
	@scripts/setup bench
	@scripts/build release
	@bench/run
	@bench/records

campaigns: ## Say which campaigns there are; make campaign-kill ARGUMENTS="--cycles 300 --seed 7" runs one
	@for one in scripts/campaign-*; do printf '%s\t%s\n' "$$(basename $$one)" "$$(sed -n '2s/"""//p' $$one)"; done | expand -t 20

campaign-%:
	@scripts/setup check
	@scripts/build release
	@scripts/$@ --binary .build/release/holdfast $(ARGUMENTS)

demo-data: ## Make the sample force in .build/demo-data, afresh
	@scripts/setup run
	@scripts/build $(CONFIG)
	@rm -rf .build/demo-data
	@scripts/sample $(HOLDFAST) .build/demo-data

build: ## Debug build of the command
	@scripts/build debug

release: ## Release build of the command
	@scripts/build release

format: ## Rewrite the source in the house's format
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

clean: ## Remove what was built; data is left alone
	@rm -rf .build
