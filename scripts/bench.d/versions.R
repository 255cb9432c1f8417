# SPDX-License-Identifier: GPL-2.0-or-later
# One line: R and the packages that are there, with their versions.
have <- Filter(function(p) requireNamespace(p, quietly = TRUE), c("survival", "data.table", "cmprsk"))
cat("R ", paste(R.version$major, R.version$minor, sep = "."), paste0(", ", have, " ",
    vapply(have, function(p) packageDescription(p)$Version, ""), collapse = ""), "\n", sep = "")
