# SPDX-License-Identifier: GPL-2.0-or-later
# The targets that people type. "make help" prints the text behind ##.

JOBS := $(shell nproc 2>/dev/null || echo 1)

.PHONY: demo demo-register check asan cover fuzz bench lint install uninstall dist distcheck deb clean help deps deps-check redo-cases

demo: deps ## install what is missing, build, and run the pipeline on real figures
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@scripts/demo $(B)/bin

demo-register: deps ## 5 million simulated people in 64 shards: counted apart, merged, compared with one run
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@scripts/demo-register $(B)/bin

deps: ## install the libraries that the build needs, where they are missing
	@scripts/deps build

deps-check:
	@scripts/deps check

# a second make, because what pkg-config says changes when the libraries come
check: deps-check ## the same, and run every test
	@$(MAKE) --no-print-directory -j$(JOBS) check-here

# what the suites preload to make calls fail: tests/faults/NAME.c
FAULTS := $(patsubst tests/faults/%.c,$(B)/tests/%.so,$(wildcard tests/faults/*.c))
$(B)/tests/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 -g $(WARN) $(WERROR) -shared -fPIC -o $@ $<

.PHONY: check-here
check-here: all $(B)/tests/unit-tests $(B)/tests/fuzz-replay $(FAULTS)
	@tests/run-all $(B)

# all fuzz targets in one program, each under a name of its own
FUZZ_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard tests/fuzz/*.c))
$(B)/tests/fuzz/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(TTA_CFLAGS) -DLLVMFuzzerTestOneInput=fuzz_$* -MMD -MP -c -o $@ $<

$(B)/tests/fuzz-replay: $(FUZZ_OBJ) $(B)/libtta.a
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(TTA_LDFLAGS) -o $@ $^ $(LDLIBS)

asan: deps-check ## every test under the address and undefined behaviour sanitizers
	@$(MAKE) --no-print-directory MODE=asan -j$(JOBS) check-here

cover: deps-check ## line and branch coverage, in build/cov/coverage.txt
	@$(MAKE) --no-print-directory MODE=cov -j$(JOBS) check-here
	gcovr --root . --filter lib --filter cmd build/cov --txt build/cov/coverage.txt --print-summary

fuzz: deps-check ## fuzz the readers with clang's libFuzzer, FUZZ_SECONDS=60 each
	@scripts/fuzz

bench: deps ## time the filters beside a bare loop, mawk, Miller, DuckDB and R; PART=cases|models|growth|fit
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@scripts/bench $(B)/bin $(PART)

lint: ## layers, sizes, man pages, shell scripts, static analysis
	@scripts/lint $(B)

redo-cases: all ## rewrite the expected results of testdata/cases; read the diff
	@tests/suites/cases.sh --redo $(B)

install: all ## install under $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man7 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(BINS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 man/*.7 $(DESTDIR)$(PREFIX)/share/man/man7
	for t in $(TOOLS); do $(B)/bin/$$t --completion=bash \
	    -o $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$t || exit 1; done

uninstall: ## remove what install put there
	for t in $(TOOLS); do rm -f $(DESTDIR)$(PREFIX)/bin/$$t \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$t; done
	for m in man/*.1; do rm -f $(DESTDIR)$(PREFIX)/share/man/man1/$${m##*/}; done
	for m in man/*.7; do rm -f $(DESTDIR)$(PREFIX)/share/man/man7/$${m##*/}; done

dist: ## a source archive, build/tta-$(VERSION).tar.gz
	@mkdir -p build
	git archive --format=tar.gz --prefix=tta-$(VERSION)/ -o build/tta-$(VERSION).tar.gz HEAD

distcheck: dist ## unpack the archive elsewhere, build, test, install and uninstall it
	@scripts/distcheck build/tta-$(VERSION).tar.gz tta-$(VERSION)

deb: dist ## a Debian package of the binaries, in build/
	@scripts/deb $(VERSION)

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
