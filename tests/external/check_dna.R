# Runs the rDNA scripts against a new database of Discourse Network Analyzer and compares its networks with ours.
#
#     Rscript tests/external/check_dna.R target/samples
#
# Needs the R package rDNA 3.1 or newer with its jar, and rJava; skipped, and said so, where they are not there. DEMARCHE_RDNA may name an R file that
# makes rDNA's functions available and starts DNA in another way. Ends with an error where a check fails.

folder <- commandArgs(trailingOnly = TRUE)[1]
setup <- Sys.getenv("DEMARCHE_RDNA")
if (nzchar(setup)) {
  source(setup)
} else if (requireNamespace("rDNA", quietly = TRUE) && requireNamespace("rJava", quietly = TRUE)) {
  library("rDNA")
  dna_init()
} else {
  cat("SKIPPED: R package rDNA\n")
  quit(status = 0)
}
check <- function(what, good) if (!isTRUE(good)) stop("FAILED ", what, call. = FALSE)
read <- function(name) read.csv(file.path(folder, name), check.names = FALSE, encoding = "UTF-8")

# A database as DNA's own "New database" makes it.
open_new <- function() {
  file <- tempfile(fileext = ".dna")
  profile <- rJava::.jnew("sql.ConnectionProfile", "sqlite", file, "", -1L, "", "")
  sql <- rJava::.jnew("sql.Sql", profile, TRUE)
  password <- rJava::.jnew("org/jasypt/util/password/StrongPasswordEncryptor")
  sql$createTables(password$encryptPassword("sample"))
  dna_openDatabase(coderId = 1, coderPassword = "sample", db_url = file)
}

# Our matrix with labels for ids.
ours <- function(kind) {
  table <- read(paste0(kind, ".matrix.csv"))
  nodes <- read(paste0(kind, ".nodes.csv"))
  label <- function(ids) nodes$label[match(ids, nodes$id)]
  matrix <- as.matrix(table[, -1])
  dimnames(matrix) <- list(label(table[[1]]), label(colnames(table)[-1]))
  matrix
}

same <- function(what, dna, demarche) {
  dna <- unclass(dna)
  for (row in rownames(dna)) for (column in colnames(dna)) {
    there <- row %in% rownames(demarche) && column %in% colnames(demarche)
    own <- if (there) demarche[row, column] else 0
    check(paste(what, "of", row, "and", column, ":", dna[row, column], "in DNA,", own, "here"), abs(dna[row, column] - own) < 1e-9)
  }
  cat(what, "as in DNA:", length(dna), "cells\n")
}

for (name in c("empty-stances", "stances")) {
  open_new()
  scope <- new.env()
  # Our networks have persons and bodies side by side; DNA's have one variable.
  add <- dna_addStatement
  scope$dna_addStatement <- function(..., person, organization) {
    add(..., person = person, organization = if (nzchar(person)) person else organization)
  }
  source(file.path(folder, paste0(name, ".rdna.R")), local = scope, encoding = "UTF-8")
  statements <- read(paste0(name, ".rdna.csv"))
  check(paste(name, "statements in DNA"), nrow(dna_getStatements(statementType = "DNA Statement")) == nrow(statements))
  if (nrow(statements) > 0) {
    documents <- dna_getDocuments()
    check("texts of documents in DNA", setequal(documents$text, statements$text))
    network <- function(...) dna_network(statementType = "DNA Statement", variable1 = "organization", variable2 = "concept", qualifier = "agreement", ...)
    same("stances", network(networkType = "twomode", qualifierAggregation = "subtract"), ours("stances"))
    for (kind in c(agreement = "congruence", conflict = "conflict", subtract = "subtract")) {
      mine <- c(congruence = "agreement", conflict = "conflict", subtract = "subtract")[[kind]]
      same(mine, network(networkType = "onemode", qualifierAggregation = kind, normalization = "no"), ours(mine))
    }
  }
  dna_closeDatabase()
}
