# SPDX-License-Identifier: GPL-2.0-or-later
# The curves of the file, by sex, at four times. Usage: Rscript km.R FILE
suppressMessages(library(survival))
d <- if (requireNamespace("data.table", quietly = TRUE)) data.table::fread(commandArgs(TRUE)[1]) else
    read.csv(commandArgs(TRUE)[1])
s <- summary(survfit(Surv(duration, ended) ~ sex, d), times = c(5, 10, 20, 30), extend = TRUE)
cat(sprintf("%s,%g,%.0f,%.8f,%.8f\n", s$strata, s$time, s$n.risk, s$surv, s$std.err), sep = "")
