# SPDX-License-Identifier: GPL-2.0-or-later
# The log-rank test of the file, by sex. Usage: Rscript test.R FILE
suppressMessages(library(survival))
d <- if (requireNamespace("data.table", quietly = TRUE)) data.table::fread(commandArgs(TRUE)[1]) else
    read.csv(commandArgs(TRUE)[1])
t <- survdiff(Surv(duration, ended) ~ sex, d)
cat(sprintf("%s,%.0f,%.6f,%.8f\n", names(t$n), t$obs, t$exp, t$chisq), sep = "")
