.PHONY: run test test-fast check bench protos lock help
.DEFAULT_GOAL := help

run: ## start the whole suite and a simulated outside world (ARGS=--exit ends after the sample)
	@scripts/setup.sh run && exec .venv/bin/python -m demo $(ARGS)

test: ## every test, with a real PostgreSQL and a real RabbitMQ (ARGS goes to pytest)
	@scripts/setup.sh dev && exec scripts/test.sh $(ARGS)

test-fast: ## the tests that need no server, in under 30 s
	@scripts/setup.sh dev && exec scripts/test_fast.sh $(ARGS)

check: ## style, types, who may import whom, generated code up to date
	@scripts/setup.sh dev && exec scripts/check.sh

bench: ## measure against peers and against the limit, into bench/RESULTS.md (ARGS names some measurements)
	@scripts/setup.sh dev && exec scripts/bench.sh $(ARGS)

protos: ## generate protos/gen from protos/hub120
	@scripts/setup.sh dev && exec scripts/protos.sh

lock: ## pin dependencies again (ARGS=--upgrade takes newer versions)
	@scripts/setup.sh dev && exec scripts/lock.sh $(ARGS)

help: ## this list
	@awk -F ': ## ' '/^[a-z-]+: ## / {printf "make %-10s %s\n", $$1, $$2}' Makefile
