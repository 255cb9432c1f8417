# SPDX-License-Identifier: GPL-2.0-or-later
# Rscript cox.R FILE: the whole command of tta-survival cox, in R
suppressMessages(library(survival))
file <- commandArgs(TRUE)[1]
d <- if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread(file)) else read.csv(file)
f <- coxph(Surv(duration, ended) ~ age + sex + expected_weeks, d)
cat(sprintf("%.8f\n", coef(f)), sep = "")
