# Every target makes what it needs first; a fresh machine needs Python 3.11 or newer, nothing else.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
PY := .venv/bin/python
VAR := $(or $(MILLWRIGHT_VAR),var)
EXEC := $(PY) -m infra.embedded exec --var $(VAR) --
export PYTHONPATH := src:.

.DEFAULT_GOAL := help
.PHONY: help run reset test check bench migrate new lock embedded dev format audit

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null || grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST)

run: embedded ## install, build, start everything and print where; Ctrl-C stops it
	@$(PY) -m infra.run

reset: embedded ## delete all data of `make run`; refused while it runs
	@$(PY) -m infra.embedded forget --var $(VAR)

test: dev ## everything: check, then all tests on servers of their own, with a browser
	@$(PY) -m infra.test

check: dev ## lint, format, types, layers, client, compose: under a minute
	@$(PY) -m infra.check

bench: dev ## measure speed into build/bench.json; a part of it with ONLY=cycle
	@$(PY) -m infra.build_web build
	@$(PY) -m tests.bench $(if $(ONLY),--only $(ONLY))

migrate: dev ## write migrations for changed models and bring the data of `make run` up to date
	@$(EXEC) $(PY) manage.py makemigrations
	@$(EXEC) $(PY) manage.py deploy

new: dev ## three files for a document type: make new APP=sales DOC=Return
	@$(PY) -m infra.new $(APP) $(DOC)

audit: dev ## ask the advisories about every locked package; needs the network, and fails where one cannot be asked
	@$(PY) -m infra.audit

format: dev ## let the formatter and the linter repair what they can
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .

lock: dev ## resolve requirements/*.in anew; hashes, no addresses
	@$(PY) -m infra.lock --upgrade

embedded dev:
	@$(if $(PYTHON),$(PYTHON) infra/bootstrap.py $@,echo "Millwright needs Python 3.11 or newer; none is on the PATH. Name one: make PYTHON=/path/to/python3.11 …" && exit 1)
