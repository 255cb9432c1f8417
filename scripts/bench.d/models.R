# SPDX-License-Identifier: GPL-2.0-or-later
# Whole commands of tta-survival, in R: reads the file, prints the numbers.
# Usage: Rscript models.R cox|robust|spans|exact|km|test|causes|finegray|crr FILE [TIME,...]
suppressMessages(library(survival))
args <- commandArgs(TRUE)
d <- if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread(args[2])) else
    read.csv(args[2])
at <- if (length(args) > 2) as.numeric(strsplit(args[3], ",")[[1]])
f <- Surv(time, event) ~ x1 + x2 + x3 + x4 + x5
numbers <- switch(args[1],
    cox = coef(coxph(f, d)),
    robust = summary(coxph(f, d, cluster = cluster))$coefficients[, "robust se"],
    spans = coef(coxph(update(f, Surv(start, time, event) ~ .), d)),
    exact = coef(coxph(f, d, ties = "exact")),
    km = {
        s <- summary(survfit(Surv(time, event) ~ arm, d), times = at, extend = TRUE)
        c(s$n.risk, s$surv, s$std.err)
    },
    test = {
        t <- survdiff(Surv(time, event) ~ arm, d)
        c(t$obs, t$exp, t$chisq)
    },
    causes = {
        s <- summary(survfit(Surv(time, factor(cause)) ~ 1, d), times = at)
        c(s$pstate[, 2:3], s$std.err[, 2:3])
    },
    finegray = {
        d$id <- seq_len(nrow(d))
        g <- finegray(Surv(time, factor(cause)) ~ ., d, id = id, etype = "1")
        f <- summary(coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2, g, weights = fgwt, cluster = id))
        f$coefficients[, c("coef", "robust se")]
    },
    crr = {
        f <- cmprsk::crr(d$time, d$cause, as.matrix(d[, c("x1", "x2")]))
        c(f$coef, sqrt(diag(f$var)))
    })
cat(sprintf("%.17g\n", numbers), sep = "")
