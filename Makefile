# make demo   sets up, reads the demonstration corpus, says where the report is
# make test   sets up with every extra, runs all tests
# make labelstudio   installs Label Studio beside it and starts it on this machine
# make lint   style and types;  make clean removes what these made (not your workspaces)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
LS_VENV := .venv-labelstudio
BIN := $(VENV)/bin
# Tests run in so many processes, whole files each: fixtures that read reviews are made once a file.
TEST_PROCESSES ?= 2
DEMO := demo-workspace

.PHONY: demo demo-quick test lint install install-all system recognition evaluate clean
.PHONY: labelstudio labelstudio-install labelstudio-ready test-labelstudio

demo: install recognition
	$(BIN)/workbench init $(DEMO) --title "Demonstration corpus (fictional reviews)"
	$(BIN)/workbench add --workspace $(DEMO) corpora/demo/pdf
	$(BIN)/workbench run --workspace $(DEMO)

# The named subset of corpora/demo/quick.txt, for a first look in seconds.
demo-quick: install recognition
	$(BIN)/workbench init $(DEMO)-quick --title "Demonstration corpus, quick subset (fictional reviews)"
	$(BIN)/workbench add --workspace $(DEMO)-quick --list corpora/demo/quick.txt corpora/demo/pdf
	$(BIN)/workbench run --workspace $(DEMO)-quick

test: system install-all
	$(BIN)/pip check
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

lint: install-all
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

# Measures the demonstration corpus against its truth and rewrites benchmarks/RESULTS.md; by rules
# alone, since the shipped model learned from this corpus.
evaluate: install recognition
	$(BIN)/workbench evaluate --truth corpora/demo --model none --write benchmarks/RESULTS.md

system:
	scripts/system-packages.sh

# Scans are read by tesseract; without it they end as needs_ocr and all else goes on.
recognition:
	@command -v tesseract >/dev/null || scripts/system-packages.sh tesseract \
		|| echo "Going on without tesseract: scanned documents will not be read." >&2

# Label Studio pins a hundred packages of its own, so it lives in an environment of its own.
labelstudio: labelstudio-install $(VENV)/all.done
	$(BIN)/workbench labelstudio serve

labelstudio-install: $(LS_VENV)/labelstudio.done

# Not compiled: of its packages a server imports a tenth, which Python then compiles by itself.
$(LS_VENV)/labelstudio.done: requirements/labelstudio.txt
	test -x $(LS_VENV)/bin/python || $(PYTHON) -m venv $(LS_VENV)
	$(LS_VENV)/bin/pip install --quiet --no-compile -r requirements/labelstudio.txt
	rm -rf $(LS_VENV)/empty
	touch $@

# An empty database for tests: making its tables is a minute of work, and always the same.
labelstudio-ready: $(LS_VENV)/empty/label_studio.sqlite3

$(LS_VENV)/empty/label_studio.sqlite3: $(LS_VENV)/labelstudio.done
	rm -rf $(@D) $(@D).part
	COLLECT_ANALYTICS=false LATEST_VERSION_CHECK=false SENTRY_DSN= FRONTEND_SENTRY_DSN= \
		$(LS_VENV)/bin/label-studio version --data-dir $(@D).part >/dev/null
	mv $(@D).part $(@D)

# All in one process: they share one server.
test-labelstudio: labelstudio-ready install-all
	WORKBENCH_TEST_LABELSTUDIO=1 $(BIN)/python -m pytest tests/labelstudio

install: $(VENV)/core.done
install-all: $(VENV)/all.done

$(VENV)/core.done: requirements/core.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r requirements/core.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# torch first and alone: a looser range, or a package that asks for one, brings gigabytes of CUDA.
$(VENV)/all.done: requirements/torch.txt requirements/all.txt $(VENV)/core.done
	$(BIN)/pip install --quiet -r requirements/torch.txt
	$(BIN)/pip install --quiet -r requirements/all.txt
	touch $@

clean:
	rm -rf $(VENV) $(LS_VENV) $(DEMO) $(DEMO)-quick build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
