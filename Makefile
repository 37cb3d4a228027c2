# Every target makes its own environment first: see tools/bootstrap.py.
PYTHON3 := $(firstword $(foreach name,python3 python3.12 python3.11,$(shell command -v $(name))))
BOOTSTRAP = $(PYTHON3) -m tools.bootstrap
RUN = .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help demo check-mirror test test-fast test-moodle kill-browser lint format messages frontend pictures moodle-plugin dist lock tox

help: ## what can be asked for
	@grep -E '^[a-z%-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: ## the campus on http://127.0.0.1:8000 (PORT=, RESET=1, SEED=file.jsonl.gz, MOODLE_URL= MOODLE_TOKEN=)
	@$(BOOTSTRAP) demo && exec $(RUN) demo run

check-mirror: ## import SEED=, mirror it and compare both sides (MOODLE_URL= MOODLE_TOKEN= YES=1 CLEAN=1)
	@$(BOOTSTRAP) demo && exec $(RUN) demo check_mirror

test: ## everything: lint, unit, integration, contract, databases, browser (NO_APT=1, REQUIRE_ALL=1)
	@$(BOOTSTRAP) test && exec $(RUN) tools.test all

test-fast: ## for daily work: no servers, no browser, under a minute
	@$(BOOTSTRAP) dev && exec $(RUN) tools.test fast

test-moodle: ## the plugin's cases in a real Moodle (MOODLE_URL= MOODLE_TOKEN=)
	@$(BOOTSTRAP) dev && exec $(RUN) tests.moodle.run

kill-browser: ## kill the whole browser while somebody types, a hundred times (KILLS=): what is lost
	@$(BOOTSTRAP) test && exec $(RUN) tests.browser.static.killable $(or $(KILLS),100)

lint: ## ruff, mypy, import contracts, front-end types, migrations, bundles, catalogues
	@$(BOOTSTRAP) dev && exec $(RUN) tools.lint

format: ## let ruff put the Python files in order
	@$(BOOTSTRAP) dev && $(RUN) ruff format . && $(RUN) ruff check --fix .

messages: ## bring the translations up to the sources, and compile them
	@$(BOOTSTRAP) dev && exec $(RUN) tools.catalogues update

frontend: ## build static/dist from static/src
	@$(BOOTSTRAP) dev && exec $(RUN) tools.frontend build

moodle-plugin: ## the plugin as a zip that Moodle installs
	@$(BOOTSTRAP) dev && exec $(RUN) tools.moodle_plugin

dist: ## the sdist and the wheel that are installed and published
	@$(BOOTSTRAP) dev && exec $(RUN) tools.dist

bench-%: ## bench-discussion: measure (DB=postgres or mysql, QUICK=1)
	@$(BOOTSTRAP) test && exec $(RUN) tools.servers $(or $(DB),sqlite) -- .venv/bin/python -m bench.$* $(if $(QUICK),QUICK)

pictures: ## take the pictures of the docs anew, from the campus
	@$(BOOTSTRAP) dev && exec $(RUN) tools.pictures

lock: ## write requirements/*.txt anew (UPGRADE=1: at the newest versions)
	@$(BOOTSTRAP) dev && exec $(RUN) tools.lock $(if $(UPGRADE),--upgrade)

tox: ## unit and api tests on each supported Python, Django and XBlock whose interpreter is there
	@$(BOOTSTRAP) dev && exec $(RUN) tools.matrix
