# SPDX-License-Identifier: GPL-2.0-or-later
# What R's survival says, for tests/suites/survival-r.sh: Fine and Gray's regression by finegray
# and coxph, stratified and by cluster, and baseline hazards and predicted curves.
# Usage: Rscript survival.R rtw_open.csv FOLDER
suppressMessages(library(survival))
options(digits = 15, warn = -1)
args <- commandArgs(TRUE)
d <- read.csv(args[1], na.strings = "NA")
d$id <- seq_len(nrow(d))
d$arm <- factor(d$arm, c("kontrol", "indsats"))
d$state <- factor(d$event, 0:3, c("censored", "1", "2", "3"))
end <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 50)
put <- function(name, table) {
  write.csv(format(table, digits = 15, trim = TRUE), file.path(args[2], paste0(name, ".r")),
            row.names = FALSE, quote = FALSE)
}
finegray_of <- function(strata, cluster) {
  all <- NULL
  for (k in c("1", "2", "3")) {
    g <- if (strata) finegray(Surv(week, state) ~ . + strata(sex), data = d, etype = k, id = id)
         else finegray(Surv(week, state) ~ ., data = d, etype = k, id = id)
    g$sex <- d$sex[g$id]
    g$group <- if (cluster) g$kommune else g$id
    f <- if (strata) Surv(fgstart, fgstop, fgstatus) ~ arm + age + strata(sex)
         else Surv(fgstart, fgstop, fgstatus) ~ arm + age
    s <- summary(coxph(f, weights = fgwt, data = g, cluster = group, control = end))$coefficients
    all <- rbind(all, data.frame(coef = s[, "coef"], std_err = s[, "robust se"]))
  }
  all
}
put("plain", finegray_of(FALSE, FALSE))
put("cluster", finegray_of(FALSE, TRUE))
put("strata", finegray_of(TRUE, FALSE))
put("strata-cluster", finegray_of(TRUE, TRUE))
d$back <- d$event == 1
for (ties in c("efron", "breslow")) {
  f <- coxph(Surv(week, back) ~ arm + age + strata(sex), d, ties = ties, control = end)
  b <- basehaz(f, centered = FALSE)
  b <- b[order(sub("sex=", "", b$strata), b$time), ]
  new <- b$hazard > c(0, head(b$hazard, -1)) | c(TRUE, diff(as.integer(factor(b$strata))) != 0)
  put(paste0("baseline-", ties), b[new & b$hazard > 0, c("time", "hazard")])
}
f <- coxph(Surv(week, back) ~ arm + age, d, control = end)
s <- survfit(f, newdata = data.frame(arm = "indsats", age = 40), conf.type = "log")
s <- with(s, data.frame(time, surv, std = std.err * surv, lower, upper))[s$n.event > 0, ]
put("curve", s)
