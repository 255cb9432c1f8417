# SPDX-License-Identifier: GPL-2.0-or-later
# The fit alone, of a matrix in memory: the median of its seconds, then the coefficients.
# Usage: Rscript fit.R TIMES FILE
suppressMessages(library(survival))
args <- commandArgs(TRUE)
d <- if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread(args[2])) else
    read.csv(args[2])
x <- as.matrix(d[, c("x1", "x2", "x3", "x4", "x5")])
y <- Surv(d$time, d$event)
names <- as.character(seq_len(nrow(d)))
seconds <- vapply(seq_len(as.integer(args[1])), function(i) system.time(
    f <<- coxph.fit(x, y, NULL, NULL, NULL, coxph.control(), NULL, "efron", names))[["elapsed"]], 0)
# one more, to more digits than R gives unasked, for the comparison
f <- coxph.fit(x, y, NULL, NULL, NULL, coxph.control(eps = 1e-14, toler.chol = 1e-15), NULL, "efron", names)
cat(sprintf("%.17g\n", c(median(seconds), f$coefficients)), sep = "")
