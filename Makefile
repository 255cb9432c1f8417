# SPDX-License-Identifier: GPL-2.0-or-later
# tta: Unix filters for return-to-work efforts. "make help" lists the targets.

VERSION := 0.1.0
MODE ?= release
B := build/$(MODE)
GEN := build/gen
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= gcc

PKGS := jansson libsodium libRmath lapacke
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wpointer-arith -Wcast-qual -Wstrict-prototypes \
        -Wmissing-prototypes -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wconversion -Wno-sign-conversion -Werror=implicit-function-declaration
WERROR := $(if $(CI),-Werror)
FLAGS_release := -O3 -g -flto=auto -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS_debug := -Og -g3
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_cov := -O0 -g --coverage
TTA_CFLAGS := -std=c11 -D_XOPEN_SOURCE=700 -Iinclude -DTTA_VERSION='"$(VERSION)"' -fPIE \
              $(WARN) $(WERROR) $(FLAGS_$(MODE)) $(PKG_CFLAGS) $(CFLAGS)
TTA_LDFLAGS := $(filter -O3 -flto%,$(FLAGS_$(MODE))) -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(filter -fsanitize% --coverage,$(FLAGS_$(MODE))) $(LDFLAGS)
LDLIBS := $(PKG_LIBS) -lcsv -lm

LIB_SRC := $(wildcard lib/*/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/gen/documents.o
TOOLS := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BINS := $(TOOLS:%=$(B)/bin/%)
DOCUMENTS := $(wildcard lib/data/*/*.json)
UNIT_SRC := $(wildcard tests/unit/*/*.c)

.PHONY: all
all: $(BINS) ## build everything
	@:

include scripts/targets.mk

# "make V=1" shows the commands
Q := $(if $(V),,@)
say = @$(if $(V),:,printf '  %-5s %s\n' $(1) $(2))

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(TTA_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(TTA_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/libtta.a: $(LIB_OBJ)
	$(call say,ar,$@)
	@rm -f $@
	$(Q)gcc-ar rcs $@ $^

# cmd/tta-x.c is the program; cmd/tta-x/*.c, where there are any, its subcommands
.SECONDEXPANSION:
$(BINS): $(B)/bin/%: $(B)/cmd/%.o $$(addprefix $$(B)/,$$(subst .c,.o,$$(wildcard cmd/$$*/*.c))) $(B)/libtta.a
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(TTA_LDFLAGS) -o $@ $^ $(LDLIBS)

# the documents, as bytes in one C file
$(GEN)/documents.c: $(DOCUMENTS) scripts/embed
	@mkdir -p $(@D)
	$(Q)scripts/embed $(patsubst %,%.json,$(sort $(DOCUMENTS:.json=))) > $@.new && mv $@.new $@

# the unit tests: every tests/unit/LAYER/NAME.c defines Suite *LAYER_NAME_suite(void)
$(GEN)/unit_main.c: $(UNIT_SRC) scripts/unit-main
	@mkdir -p $(@D)
	$(Q)scripts/unit-main $(sort $(UNIT_SRC)) > $@.new && mv $@.new $@

$(B)/tests/unit-tests: $(UNIT_SRC:%.c=$(B)/%.o) $(B)/gen/unit_main.o $(B)/libtta.a
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(TTA_LDFLAGS) -o $@ $^ $(LDLIBS) $$(pkg-config --libs check)

-include $(shell find build/$(MODE) -name '*.d' 2>/dev/null)
