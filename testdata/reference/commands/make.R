# SPDX-License-Identifier: GPL-2.0-or-later
# What R says, as the tables that the commands of list.txt write: data/competing_sim.csv,
# and a table of each name there. Run in this folder:
#   Rscript make.R    (R 4.2.2, survival 3.8-6, cmprsk 2.2-12, crrSC 1.1.2, survRM2 1.0-4)
suppressMessages({library(survival); library(cmprsk); library(crrSC); library(survRM2); library(splines)})
stopifnot(packageVersion("survival") == "3.8.6", packageVersion("cmprsk") == "2.2.12",
          packageVersion("crrSC") == "1.1.2", packageVersion("survRM2") == "1.0.4")
options(stringsAsFactors = FALSE, warn = 1)
read <- function(name) read.csv(paste0("../data/", name, ".csv"))
put <- function(name, table) {
    for (v in names(table)) if (is.double(table[[v]])) table[[v]] <- sprintf("%.17g", table[[v]])
    write.csv(table, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}

# Two thousand persons by week, three causes, two strata, fifty clusters; read back as written.
set.seed(20250902)
n <- 2000
sim <- data.frame(x1 = round(rnorm(n), 1), x2 = rbinom(n, 1, .4), x3 = sample(-3:3, n, TRUE),
                  x4 = round(runif(n), 2), x5 = sample(2009:2020, n, TRUE),
                  group = sample(letters[1:4], n, TRUE), stratum = sample(1:3, n, TRUE),
                  cluster = sample(1:50, n, TRUE))
rate <- exp(.3 * sim$x1 - .4 * sim$x2 + .1 * sim$x3) / 45
t <- ceiling(rexp(n, rate)); end <- ceiling(runif(n, 4, 104))
cause <- 1 + (runif(n) < .4 + .1 * sim$x2) + (runif(n) < .15)
sim <- data.frame(week = pmin(t, end), cause = ifelse(t <= end, cause, 0), sim)
write.csv(sim, "../data/competing_sim.csv", row.names = FALSE, quote = FALSE)
sim <- read("competing_sim")
x <- as.matrix(sim[paste0("x", 1:5)])
x[, 5] <- x[, 5] - 2015 # crr does not centre, and stops
rtw <- read("rtw_open")

# Fine and Gray's regression. crr gives up some 1e-7 short (converged is FALSE): one Newton step more
crr_more <- function(...) {
    r <- crr(..., gtol = 1e-13, maxiter = 50)
    r$coef <- r$coef + solve(r$inf, r$score)
    r
}
rows <- function(cause, r) data.frame(cause, coef = unname(r$coef), std_err = sqrt(diag(r$var)))
all <- function(fit) do.call(rbind, lapply(1:3, function(k) rows(k, fit(k))))
for (p in 1:5)
    put(paste0("finegray-", p), all(function(k)
        crr_more(sim$week, sim$cause, x[, 1:p, drop = FALSE], failcode = k)))
u <- rtw
xr <- cbind(indsats = u$arm == "indsats", age = u$age, male = u$sex == "M", years = u$years_benefit)
put("finegray-rtw", all(function(k) crr_more(u$week, u$event, xr, failcode = k)))
# crrs wants the strata one after the other
o <- order(sim$stratum)
put("finegray-strata", all(function(k)
    crrs(sim$week[o], sim$cause[o], x[o, 1:3], strata = sim$stratum[o], failcode = k, ctype = 1,
         gtol = 1e-13, maxiter = 50)))
put("finegray-cluster", all(function(k)
    crrc(sim$week, sim$cause, x[, 1:3], cluster = sim$cluster, failcode = k, gtol = 1e-13,
         maxiter = 50)))
put("finegray-rtw-cluster", all(function(k)
    crrc(u$week, u$event, xr, cluster = as.integer(factor(u$kommune)), failcode = k, gtol = 1e-13,
         maxiter = 50)))
# the other convention: finegray, then coxph by person
sim$id <- seq_len(nrow(sim)); sim$state <- factor(sim$cause, 0:3)
put("finegray-survival", all(function(k) {
    g <- finegray(Surv(week, state) ~ ., sim, etype = k, id = id)
    f <- coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2 + x3, g, weights = fgwt, cluster = id)
    f <- coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2 + x3, g, weights = fgwt, cluster = id,
               init = coef(f))
    list(coef = coef(f), var = vcov(f))
}))
put("cause-specific", all(function(k) {
    f <- coxph(Surv(week, cause == k) ~ x1 + x2 + x3 + strata(stratum), sim)
    f <- update(f, init = coef(f))
    list(coef = coef(f), var = vcov(f))
}))

# Gray's test
gray <- function(name, ...) {
    t <- cuminc(sim$week, sim$cause, sim$group, ...)$Tests
    put(name, data.frame(cause = 1:3, chisq = t[, "stat"], df = t[, "df"], p = t[, "pv"]))
}
gray("gray")
gray("gray-rho1", rho = 1)
gray("gray-rho-half", rho = -.5)
gray("gray-strata", sim$stratum)
gray("gray-strata-rho1", sim$stratum, rho = 1)

# Cumulative incidence: the estimates of cuminc and survfit are one, their variances are not
at <- c(13, 26, 52, 78, 100)
q <- timepoints(cuminc(sim$week, sim$cause, sim$group), at)
key <- do.call(rbind, strsplit(rownames(q$est), " "))
o <- order(key[, 1], key[, 2])
label <- function(v) rep(v[o], each = length(at))
cif <- data.frame(group = paste0("group=", label(key[, 1])), cause = label(key[, 2]),
                  time = rep(at, length(o)), cif = as.vector(t(q$est[o, ])),
                  std_err = sqrt(as.vector(t(q$var[o, ]))))
put("cif-cuminc", cif)
q <- timepoints(cuminc(rtw$week, rtw$event), sort(unique(rtw$week)))
put("cif-cuminc-rtw", data.frame(cause = rep(1:3, each = ncol(q$est)), time = rep(sort(unique(rtw$week)), 3),
                                 cif = as.vector(t(q$est)), std_err = sqrt(as.vector(t(q$var)))))
s <- summary(survfit(Surv(week, state) ~ group, sim), times = at)
put("cif-survfit", data.frame(group = rep(as.character(s$strata), 3), cause = rep(1:3, each = length(s$time)),
                              time = s$time, cif = as.vector(s$pstate[, 2:4]),
                              std_err = as.vector(s$std.err[, 2:4]),
                              lower = as.vector(s$lower[, 2:4]),
                              upper = as.vector(s$upper[, 2:4]))[order(rep(as.character(s$strata), 3)), ])

# Persons in several rows: a row that goes on in the same curve is no censoring, one that goes on
# in another is. (Of a curve's first time R keeps a row though nothing happens then; none here.)
heart <- read("heart")
spells <- function(name, f) {
    s <- summary(survfit(f, heart, id = id), censored = TRUE)
    put(name, data.frame(group = if (is.null(s$strata)) "all" else as.character(s$strata), time = s$time,
                         n_risk = s$n.risk, n_event = s$n.event, n_censor = s$n.censor,
                         survival = s$surv, std_err = s$std.err))
}
spells("km-id", Surv(start, stop, event) ~ 1)
spells("km-id-by", Surv(start, stop, event) ~ transplant)

# Robust errors of persons with several rows, and, robust by themselves, with several events
curve <- function(name, s) {
    s <- summary(s, censored = TRUE)
    some <- s$n.event > 0 | s$n.censor > 0
    put(name, data.frame(time = s$time, n_risk = s$n.risk, n_event = s$n.event, survival = s$surv,
                         std_err = s$std.err)[some, ])
}
cox <- function(name, m) {
    k <- summary(m)
    put(name, data.frame(term = rownames(k$coefficients), coef = k$coefficients[, "coef"],
                         std_err = k$coefficients[, "se(coef)"],
                         robust_se = k$coefficients[, "robust se"],
                         p = k$coefficients[, "Pr(>|z|)"]))
}
bladder <- read("bladder2")
write.csv(data.frame(heart, weight = round(heart$year + .5, 2)), "../data/heart_weight.csv", row.names = FALSE,
          quote = FALSE)
heart <- read("heart_weight")
span <- Surv(start, stop, event) ~ 1
curve("km-id-robust", survfit(span, heart, id = id, robust = TRUE))
curve("km-id-weight", survfit(span, heart, id = id, weights = weight))
curve("km-id-several", survfit(span, bladder, id = id))
model <- Surv(start, stop, event) ~ age + surgery
cox("cox-id-robust", coxph(model, heart, id = id, robust = TRUE))
cox("cox-id-weight", coxph(model, heart, id = id, weights = weight))
cox("cox-id-several", coxph(Surv(start, stop, event) ~ rx + size, bladder, id = id))
s <- survfit(span, bladder, id = id)
put("km-id-persons", data.frame(group = "all", n = s$n.id, n_event = sum(s$n.event)))
# the area under S until 200, and its error, by the person's influence on S; survfit prints Greenwood's
area <- function(rows) {
    s <- survfit(span, heart[rows, ], id = id, weights = weight, influence = TRUE)
    at <- s$time < 200
    width <- diff(c(s$time[at], 200))
    c(min(s$time[at]) + sum(s$surv[at] * width),
      sqrt(sum((s$influence.surv[, at] %*% width)^2)))
}
a <- rbind(area(heart$surgery == 0), area(heart$surgery == 1))
put("rmst-id-weight", data.frame(measure = "rmst", estimate = a[, 1], std_err = a[, 2]))
# At risk and events of a weighted model
weighed <- function(name, m, zero) {
    s <- survfit(m, newdata = zero)
    put(name, data.frame(time = s$time, n_risk = s$n.risk, n_event = s$n.event,
                         cumhaz = s$cumhaz)[s$n.event > 0, ])
}
zero <- data.frame(age = 0, surgery = 0)
weighed("baseline-weight", coxph(Surv(start, stop, event) ~ rx, bladder, weights = size), data.frame(rx = 0))
weighed("baseline-fractional", coxph(model, heart, weights = weight), zero)

# Restricted means
lung <- read("lung")
contrast <- function(d, tau, alpha = .05) {
    r <- rmst2(d$time, d$event, d$arm, tau = tau, alpha = alpha)
    m <- rbind(r$RMST.arm0$result["RMST", ], r$RMST.arm1$result["RMST", ],
               r$RMST.arm0$result["RMTL", ], r$RMST.arm1$result["RMTL", ])
    data.frame(measure = c("rmst", "rmst", "rmtl", "rmtl", "difference", "ratio", "lost_ratio"),
               estimate = c(m[, 1], r$unadjusted.result[, 1]),
               lower = c(m[, 3], r$unadjusted.result[, 2]),
               upper = c(m[, 4], r$unadjusted.result[, 3]),
               p = c(rep(NA, 4), r$unadjusted.result[, 4]))
}
adjusted <- function(d, tau, covariates) {
    r <- rmst2(d$time, d$event, d$arm, tau = tau, covariates = covariates)
    one <- function(a, from) data.frame(estimate = a[, if (from == 1) 1 else 5],
                                        std_err = a[, 2], lower = a[, from + 4], upper = a[, from + 5], p = a[, 4])
    rbind(data.frame(measure = "adjusted_difference", one(r$RMST.difference.adjusted, 1)),
          data.frame(measure = "adjusted_ratio", one(r$RMST.ratio.adjusted, 2)),
          data.frame(measure = "adjusted_lost_ratio", one(r$RMTL.ratio.adjusted, 2)))
}
r1 <- data.frame(time = rtw$week, event = as.integer(rtw$event == 1), arm = as.integer(rtw$arm == "kontrol"))
put("rmst-rtw", contrast(r1, 52))
put("rmst-rtw-90", contrast(r1, 90, alpha = .1))
l1 <- data.frame(time = lung$time, event = as.integer(lung$status == 2), arm = as.integer(lung$sex == 2))
put("rmst-lung", contrast(l1, 700))
put("rmst-lung-adjusted", adjusted(l1, 600, lung["age"]))
put("rmst-rtw-adjusted", adjusted(r1, 52, cbind(age = rtw$age, male = as.integer(rtw$sex == "M"),
                                                years = rtw$years_benefit)))

# Pseudo-values: the infinitesimal jackknife
f <- survfit(Surv(week, event == 1) ~ arm, rtw)
p <- pseudo(f, times = c(13, 26, 52))
put("pseudo", data.frame(pseudo_13 = p[, 1], pseudo_26 = p[, 2], pseudo_52 = p[, 3]))
put("pseudo-rmst", data.frame(pseudo_rmst = as.vector(pseudo(f, times = 52, type = "rmst"))))
lung$st <- as.integer(lung$status == 2)
put("pseudo-lung", data.frame(pseudo_365.25 = as.vector(pseudo(survfit(Surv(time, st) ~ 1, lung), times = 365.25)),
                              check.names = FALSE))

# Survival predicted with a spline, a product and a log
curve <- function(name, f, new) {
    f <- update(f, init = coef(f))
    s <- summary(survfit(f, newdata = new), censored = FALSE)
    put(name, data.frame(time = s$time, n_risk = s$n.risk, n_event = s$n.event, cumhaz = s$cumhaz,
                         survival = s$surv, std_err = s$std.err, lower = s$lower, upper = s$upper))
}
rtw$ev <- as.integer(rtw$event == 1)
curve("curve-spline", coxph(Surv(week, ev) ~ arm + ns(age, df = 3), rtw), data.frame(arm = "kontrol", age = 41))
# age 70 is behind the boundary knot: the spline goes on as a line
curve("curve-spline-strata", coxph(Surv(week, ev) ~ ns(age, df = 4) + log(vas) + strata(sex), rtw),
      data.frame(age = 70, vas = 40, sex = c("K", "M")))
curve("curve-spline-product", coxph(Surv(week, ev) ~ arm * ns(age, df = 2), rtw),
      data.frame(arm = "indsats", age = 33))
