# Opens the CSV files in R's own network packages and runs the rDNA script against functions that ask for what rDNA 3.1 asks for.
#
#     Rscript tests/external/check_r.R target/samples KIND …
#
# Needs the packages igraph and network (part of statnet); each is skipped, and said so, where it is missing. Ends with an error where a check fails.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
count <- 0
check <- function(what, good) {
  if (!isTRUE(good)) stop("FAILED ", what, call. = FALSE)
  count <<- count + 1
}
here <- function(name) {
  there <- requireNamespace(name, quietly = TRUE)
  if (!there) cat("SKIPPED: no R package", name, "\n")
  there
}
has_igraph <- here("igraph")
has_network <- here("network")

for (name in arguments[-1]) {
  read <- function(what) read.csv(file.path(folder, paste0(name, ".", what, ".csv")), check.names = FALSE, encoding = "UTF-8")
  edges <- read("edges")
  nodes <- read("nodes")
  directed <- sub("^empty-", "", name) %in% c("demands", "stances", "quotations")
  if (has_igraph) {
    graph <- igraph::graph_from_data_frame(edges, directed = directed, vertices = nodes)
    check(paste(name, "in igraph"), igraph::vcount(graph) == nrow(nodes) && igraph::ecount(graph) == nrow(edges))
  }
  if (has_network && nrow(edges) > 0) {
    net <- network::network(edges, directed = directed, vertices = nodes, multiple = TRUE, bipartite = FALSE, loops = TRUE)
    check(paste(name, "in network"), network::network.size(net) == nrow(nodes) && network::network.edgecount(net) == nrow(edges))
  }

  # What rDNA 3.1 documents of its two functions, asked for as it asks.
  documents <- 0
  statements <- 0
  dna_addDocuments <- function(coder_id, title, text, author, source, section, type, notes, date_time) {
    lengths <- lengths(list(title, text, author, source, section, type, notes, date_time))
    check("as many of each in dna_addDocuments", length(unique(lengths)) == 1)
    check("characters in dna_addDocuments", all(vapply(list(title, text, author, source, section, type, notes), is.character, TRUE)))
    check("numbers in dna_addDocuments", is.numeric(date_time) && !anyNA(date_time))
    texts <<- text
    documents <<- length(title)
    seq_along(title)
  }
  dna_addStatement <- function(documentID, startCaret, endCaret, statementType, coder, ...) {
    values <- list(...)
    # A name, which its help allows too, fails in rDNA 3.1.2.
    check("statement type as a number", is.numeric(statementType))
    check("numbers in dna_addStatement", is.numeric(documentID) && is.numeric(startCaret) && is.numeric(endCaret))
    check("one value each in dna_addStatement", all(lengths(values) == 1))
    check("types in dna_addStatement", all(vapply(values, function(x) is.character(x) || is.numeric(x), TRUE)))
    check("variables of dna_addStatement", setequal(names(values), c("person", "organization", "concept", "agreement")))
    utf16 <- length(iconv(texts[documentID], "UTF-8", "UTF-16LE", toRaw = TRUE)[[1]]) / 2
    check("positions in dna_addStatement", startCaret >= 0 && startCaret < endCaret && endCaret <= utf16)
    statements <<- statements + 1
  }
  source(file.path(folder, paste0(name, ".rdna.R")), local = new.env(), encoding = "UTF-8")
  table <- read("rdna")
  check(paste(name, "statements for rDNA"), statements == nrow(table) && documents == length(unique(table$document_title)))
}
cat(count, "checks in R passed\n")
