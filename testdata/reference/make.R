# SPDX-License-Identifier: GPL-2.0-or-later
# Makes data/sim.csv, cox_more.csv and km/km_sim_*.csv. Run in this folder:
#   Rscript make.R        (R 4.2.2, survival 3.5-3)
library(survival)
options(stringsAsFactors = FALSE)

# The data are written first and read back, so that nothing is hidden in their digits.
set.seed(20250901)
n <- 300
sim <- data.frame(id = 1:n, g = sample(0:2, n, TRUE), x1 = round(rnorm(n), 3),
                  x2 = rbinom(n, 1, .4), x3 = round(rt(n, 3), 2),
                  year = sample(2009:2020, n, TRUE), weight = sample(1:4, n, TRUE))
t <- rexp(n, exp(.5 * sim$x1 - .7 * sim$x2 + .08 * (sim$year - 2015)) / 40)
cens <- runif(n, 5, 104)
sim$time <- round(pmin(t, cens), 4)
sim$week <- ceiling(sim$time / 4)
sim$event <- as.integer(t <= cens)
# weeks added up in tenths, so that equal times differ in their last bits
noise <- sample(c(0, 1, -1), n, TRUE)
sim$time_abs <- sim$week * .1 + noise * 3e-9
# the same, where only the size of the mean makes them equal
sim$time_rel <- sim$week * 1e9 + noise * 4
# small times, where the absolute tolerance joins more than the relative one
sim$time_small <- sim$week * .001 + noise * 3e-9
# chains: each joined to the next, the ends too far apart by themselves
sim$time_chain <- sim$week * .1 + noise * 1.2e-8
out <- sim
for (v in c("time_abs", "time_rel", "time_small", "time_chain")) out[[v]] <- sprintf("%.17g", sim[[v]])
write.csv(out, "data/sim.csv", row.names = FALSE, quote = FALSE)

sim <- read.csv("data/sim.csv")
lung <- transform(read.csv("data/lung.csv"), st = status == 2)
rtw <- transform(read.csv("data/rtw_open.csv"), work = event == 1)
veteran <- read.csv("data/veteran.csv")
ovarian <- read.csv("data/ovarian.csv")
aml <- read.csv("data/aml.csv")
book1 <- read.csv("data/book1.csv")
neartie <- read.csv("data/neartie.csv")

# R's usual stopping rule leaves some coefficients 1e-7 standard errors short, and a
# smaller eps ends in step halving over rounding errors. One Newton step more from where
# R stopped takes the distance to its square.
rows <- list()
put <- function(case, key, value)
    rows[[length(rows) + 1]] <<- data.frame(case = case, key = key,
                                            value = sprintf("%.17g", value))
cox <- function(case, call, level = .95) {
    null <- eval(substitute(call), parent.frame())
    f <- update(null, init = coef(null))
    s <- summary(f)
    lr <- 2 * (f$loglik[2] - null$loglik[1])
    wald <- drop(coef(f) %*% solve(vcov(f), coef(f)))
    p <- function(statistic) pchisq(statistic, length(coef(f)), lower.tail = FALSE)
    ci <- confint(f, level = level)
    put(case, "n", f$n); put(case, "nevent", f$nevent)
    put(case, "loglik_null", null$loglik[1]); put(case, "loglik", f$loglik[2])
    for (v in names(coef(f))) {
        put(case, paste0("coef[", v, ",coef]"), coef(f)[[v]])
        put(case, paste0("coef[", v, ",se(coef)]"), s$coefficients[v, "se(coef)"])
        put(case, paste0("coef[", v, ",z]"), s$coefficients[v, "z"])
        put(case, paste0("coef[", v, ",Pr(>|z|)]"), s$coefficients[v, "Pr(>|z|)"])
        put(case, paste0("lower[", v, "]"), ci[v, 1])
        put(case, paste0("upper[", v, "]"), ci[v, 2])
    }
    for (i in seq_along(coef(f))) for (j in seq_along(coef(f)))
        put(case, sprintf("var[%d,%d]", i, j), vcov(f)[i, j])
    put(case, "lr[1]", lr); put(case, "lr[3]", p(lr))
    put(case, "score[1]", null$score); put(case, "score[3]", p(null$score))
    put(case, "wald[1]", wald); put(case, "wald[3]", p(wald))
}
cox("tight_lung", coxph(Surv(time, st) ~ age + sex + ph.ecog, lung))
cox("tight_veteran", coxph(Surv(time, status) ~ trt + celltype + karno + diagtime + age + prior,
                           veteran))
cox("tight_aml", coxph(Surv(time, status) ~ x, aml))
cox("tight_book1", coxph(Surv(time, status) ~ x, book1))
cox("tight_ovarian", coxph(Surv(futime, fustat) ~ age + ecog.ps + rx, ovarian))
cox("tight_rtw", coxph(Surv(week, work) ~ arm + age + sex + years_benefit, rtw))
cox("tight_education", coxph(Surv(week, work) ~ arm + education + vas, rtw))
cox("sim_time", coxph(Surv(time, event) ~ x1 + x2 + x3 + year, sim))
cox("sim_week", coxph(Surv(week, event) ~ x1 + x2 + x3 + year, sim))
cox("sim_abs", coxph(Surv(time_abs, event) ~ x1 + x2 + x3 + year, sim))
cox("sim_rel", coxph(Surv(time_rel, event) ~ x1 + x2 + x3 + year, sim))
cox("sim_abs_apart", coxph(Surv(time_abs, event) ~ x1 + x2 + x3 + year, sim,
                           control = coxph.control(timefix = FALSE)))
cox("sim_year", coxph(Surv(week, event) ~ year, sim))
cox("sim_level90", coxph(Surv(week, event) ~ x1 + x2, sim), level = .9)
one <- transform(sim, week = 1)
cox("sim_one_time", coxph(Surv(week, event) ~ x1 + x2, one))
write.csv(do.call(rbind, rows), "cox_more.csv", row.names = FALSE, quote = 2)

km <- function(name, f) {
    s <- summary(f, censored = TRUE)
    g <- function(v) sprintf("%.17g", v)
    write.csv(data.frame(strata = if (is.null(s$strata)) "all" else as.character(s$strata),
                         time = g(s$time), n.risk = g(s$n.risk), n.event = g(s$n.event),
                         n.censor = g(s$n.censor), surv = g(s$surv), std.err = g(s$std.err),
                         lower = g(s$lower), upper = g(s$upper)),
              paste0("km/km_sim_", name, ".csv"), row.names = FALSE, quote = FALSE)
}
km("g_log90", survfit(Surv(week, event) ~ g, sim, conf.int = .9))
km("g_time", survfit(Surv(time, event) ~ g, sim, conf.type = "log-log"))
km("weight_log", survfit(Surv(week, event) ~ g, sim, weights = weight))
km("weight_plain", survfit(Surv(week, event) ~ g, sim, weights = weight, conf.type = "plain"))
km("weight_loglog", survfit(Surv(week, event) ~ g, sim, weights = weight, conf.type = "log-log"))
km("abs", survfit(Surv(time_abs, event) ~ g, sim))
km("rel", survfit(Surv(time_rel, event) ~ g, sim))
km("small", survfit(Surv(time_small, event) ~ g, sim))
km("chain", survfit(Surv(time_chain, event) ~ g, sim))
km("abs_apart", survfit(Surv(time_abs, event) ~ g, sim, timefix = FALSE))
