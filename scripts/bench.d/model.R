# SPDX-License-Identifier: GPL-2.0-or-later
# Whole commands of tta-survival, in R. Usage: Rscript model.R cox|robust|spans|causes|finegray FILE
suppressMessages(library(survival))
args <- commandArgs(TRUE)
d <- if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread(args[2])) else
    read.csv(args[2])
x <- ~ x1 + x2 + x3 + x4 + x5
numbers <- switch(args[1],
    cox = coef(coxph(update(x, Surv(time, event) ~ .), d)),
    robust = summary(coxph(update(x, Surv(time, event) ~ .), d, cluster = cluster))$coefficients[, "robust se"],
    spans = coef(coxph(update(x, Surv(start, time, event) ~ .), d)),
    causes = {
        s <- summary(survfit(Surv(time, factor(cause)) ~ 1, d), times = c(0.1, 0.5, 1))
        c(s$pstate[, 2:3], s$std.err[, 2:3])
    },
    finegray = {
        d$id <- seq_len(nrow(d))
        g <- finegray(Surv(time, factor(cause)) ~ ., d, id = id, etype = "1")
        f <- summary(coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2, g, weights = fgwt, cluster = id))
        f$coefficients[, c("coef", "robust se")]
    })
cat(sprintf("%.6f\n", numbers), sep = "")
