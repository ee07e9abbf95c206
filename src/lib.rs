//! clausebook turns a folder of Markdown guidance into a website in which every numbered clause can be cited, linked,
//! searched, and found at the same address years later.
//!
//! A build is a one-way pipeline of pure functions with the disk at both ends; `ARCHITECTURE.md` tells the whole. A file
//! imports the floors named here, and its own children:
//!
//! | File | Floor | Imports |
//! | --- | --- | --- |
//! | main.rs | 6 | cli |
//! | lib.rs | 6 | 0 1 2 3 4 5 |
//! | cli.rs | 6 | 0 1 2 3 4 5 |
//! | cli/arguments.rs | 6 | |
//! | cli/progress.rs | 6 | 0 1 2 3 4 5 |
//! | cli/epub.rs | 6 | 0 1 2 3 4 5 |
//! | cli/folder.rs | 6 | 0 1 2 3 4 5 |
//! | cli/new.rs | 6 | 0 1 2 3 4 5 |
//! | cli/publish.rs | 6 | 0 1 2 3 4 5 |
//! | cli/compare.rs | 6 | 0 1 2 3 4 5 |
//! | cli/bundle.rs | 6 | 0 1 2 3 4 5 |
//! | cli/verify.rs | 6 | 0 1 2 3 4 5 |
//! | cli/renumber.rs | 6 | 0 1 2 3 4 5 |
//! | cli/serve.rs | 6 | 0 1 2 3 4 5 |
//! | cli/theme.rs | 6 | 0 1 2 3 4 5 |
//! | cli/threads.rs | 6 | |
//! | serve.rs | 5 | 0 1 pipeline disk watchdog |
//! | serve/http.rs | 5 | 0 1 disk render |
//! | serve/page.rs | 5 | 0 1 |
//! | serve/seats.rs | 5 | |
//! | serve/watch.rs | 5 | 0 1 disk |
//! | watchdog.rs | 5 | 0 1 disk |
//! | pipeline.rs | 4 | 0 1 2 3 |
//! | pipeline/load.rs | 4 | 0 1 2 |
//! | pipeline/resolve.rs | 4 | 0 1 2 |
//! | pipeline/render.rs | 4 | 0 1 2 3 |
//! | pipeline/emit.rs | 4 | 0 1 |
//! | pipeline/caches.rs | 4 | 0 1 3 |
//! | pipeline/cite.rs | 4 | 0 1 2 |
//! | pipeline/renumber.rs | 4 | 0 1 2 |
//! | pipeline/renumber/numbers.rs | 4 | 0 1 |
//! | pipeline/renumber/places.rs | 4 | 0 1 2 |
//! | pipeline/renumber/proof.rs | 4 | 0 1 |
//! | pipeline/renumber/rows.rs | 4 | 0 1 |
//! | pipeline/renumber/words.rs | 4 | 0 1 2 |
//! | pipeline/suggest.rs | 4 | 0 1 |
//! | pipeline/copies.rs | 4 | 0 1 2 3 |
//! | pipeline/limits.rs | 4 | 0 1 |
//! | pipeline/publish.rs | 4 | 0 1 2 |
//! | disk.rs | 4 | 0 1 |
//! | disk/amend.rs | 4 | 0 |
//! | disk/lock.rs | 4 | 0 |
//! | disk/bundle.rs | 4 | 0 1 |
//! | disk/verify.rs | 4 | 0 1 |
//! | disk/zipped.rs | 4 | 0 1 |
//! | disk/marker.rs | 4 | 0 1 |
//! | disk/memory.rs | 4 | |
//! | disk/journal.rs | 4 | 0 1 |
//! | disk/place.rs | 4 | 0 |
//! | disk/processor.rs | 4 | |
//! | disk/products.rs | 4 | 1 |
//! | disk/read.rs | 4 | 0 1 |
//! | disk/save.rs | 4 | 0 1 |
//! | disk/survey.rs | 4 | |
//! | disk/target.rs | 4 | 0 |
//! | disk/upstream.rs | 4 | 0 1 |
//! | disk/write.rs | 4 | 0 1 |
//! | render.rs | 3 | 0 1 |
//! | render/brand.rs | 3 | 0 1 |
//! | render/cache_key.rs | 3 | 0 1 |
//! | render/components.rs | 3 | |
//! | render/components/body.rs | 3 | 0 1 |
//! | render/components/cards.rs | 3 | 0 1 |
//! | render/components/cited.rs | 3 | 0 1 |
//! | render/components/clauses.rs | 3 | 0 1 |
//! | render/components/contents.rs | 3 | 0 1 |
//! | render/components/editions.rs | 3 | 0 1 |
//! | render/components/formers.rs | 3 | 0 1 |
//! | render/components/map.rs | 3 | 0 1 |
//! | render/components/notes.rs | 3 | 0 1 |
//! | render/components/quotation.rs | 3 | 0 1 |
//! | render/components/square.rs | 3 | |
//! | render/components/structured.rs | 3 | 0 1 |
//! | render/components/terms.rs | 3 | 0 1 |
//! | render/components/works.rs | 3 | 0 1 |
//! | render/context.rs | 3 | 0 1 |
//! | render/context/shell.rs | 3 | 0 1 |
//! | render/epub.rs | 3 | 0 1 |
//! | render/html.rs | 3 | 0 1 |
//! | render/html/code.rs | 3 | |
//! | render/html/state.rs | 3 | 0 1 |
//! | render/html/tables.rs | 3 | 0 1 |
//! | render/html/writer.rs | 3 | |
//! | render/inputs.rs | 3 | 0 1 |
//! | render/links.rs | 3 | 0 1 |
//! | render/links/book.rs | 3 | 0 1 |
//! | render/links/held.rs | 3 | 0 1 |
//! | render/links/single.rs | 3 | 0 1 |
//! | render/links/site.rs | 3 | 0 1 |
//! | render/pages.rs | 3 | |
//! | render/pages/about.rs | 3 | |
//! | render/pages/authorities.rs | 3 | |
//! | render/pages/browse.rs | 3 | 0 1 |
//! | render/pages/changes.rs | 3 | 0 1 |
//! | render/pages/clause.rs | 3 | 0 1 |
//! | render/pages/compare.rs | 3 | 0 1 |
//! | render/pages/document.rs | 3 | 0 1 |
//! | render/pages/glossary.rs | 3 | 0 1 |
//! | render/pages/gone.rs | 3 | 0 1 |
//! | render/pages/home.rs | 3 | |
//! | render/pages/search.rs | 3 | 0 1 |
//! | render/pages/taxonomy.rs | 3 | |
//! | render/pages/term.rs | 3 | 0 1 |
//! | render/previews.rs | 3 | 0 1 |
//! | render/reading_order.rs | 3 | 0 1 |
//! | render/single.rs | 3 | 0 1 |
//! | render/subject.rs | 3 | 0 1 |
//! | render/theme.rs | 3 | 0 1 |
//! | render/theme/files.rs | 3 | |
//! | render/theme/lineage.rs | 3 | 0 1 |
//! | render/theme/parts.rs | 3 | 0 1 |
//! | render/view.rs | 3 | |
//! | render/view/clause.rs | 3 | |
//! | render/view/document.rs | 3 | |
//! | render/view/editions.rs | 3 | |
//! | render/view/epub.rs | 3 | |
//! | render/view/lists.rs | 3 | |
//! | render/view/shared.rs | 3 | |
//! | render/view/single.rs | 3 | |
//! | search.rs | 3 | 0 1 |
//! | search/aliases.rs | 3 | 0 1 |
//! | search/code.rs | 3 | |
//! | search/places.rs | 3 | 0 1 |
//! | search/excerpts.rs | 3 | |
//! | search/postings.rs | 3 | 0 1 |
//! | search/records.rs | 3 | 0 1 |
//! | search/shards.rs | 3 | 0 1 |
//! | search/words.rs | 3 | 1 |
//! | export.rs | 3 | 0 1 |
//! | export/edition.rs | 3 | 0 1 |
//! | export/feed.rs | 3 | 0 1 |
//! | export/redirects.rs | 3 | 0 1 |
//! | export/comparisons.rs | 3 | 0 1 |
//! | export/compressed.rs | 3 | 0 1 |
//! | export/epub.rs | 3 | 0 1 |
//! | export/svg.rs | 3 | |
//! | parse.rs | 2 | 0 1 |
//! | parse/metadata.rs | 2 | 0 1 |
//! | parse/metadata/table.rs | 2 | 0 1 |
//! | parse/metadata/register.rs | 2 | 0 1 |
//! | parse/metadata/relations.rs | 2 | 0 1 |
//! | parse/metadata/ledger.rs | 2 | 0 1 |
//! | parse/metadata/ledger/branches.rs | 2 | 0 1 |
//! | parse/metadata/ledger/sums.rs | 2 | 0 1 |
//! | parse/metadata/limits.rs | 2 | 0 1 |
//! | parse/metadata/brand.rs | 2 | 0 1 |
//! | parse/markdown.rs | 2 | 0 1 |
//! | parse/markdown/body.rs | 2 | 0 1 |
//! | parse/markdown/context.rs | 2 | 0 1 |
//! | parse/markdown/events.rs | 2 | 0 1 |
//! | parse/markdown/sheet.rs | 2 | 0 1 |
//! | parse/markdown/nesting.rs | 2 | 0 1 |
//! | parse/markdown/script.rs | 2 | 0 1 |
//! | parse/markdown/outline.rs | 2 | 0 1 |
//! | parse/markdown/clauses.rs | 2 | 0 1 |
//! | parse/markdown/headings.rs | 2 | 0 1 |
//! | parse/markdown/items.rs | 2 | 0 1 |
//! | parse/markdown/blocks.rs | 2 | 0 1 |
//! | parse/markdown/inlines.rs | 2 | 0 1 |
//! | parse/markdown/attributes.rs | 2 | 0 1 |
//! | parse/markdown/links.rs | 2 | 0 1 |
//! | parse/markdown/citations.rs | 2 | 0 1 |
//! | parse/markdown/notes.rs | 2 | 0 1 |
//! | parse/markdown/tables.rs | 2 | 0 1 |
//! | parse/markdown/definitions.rs | 2 | 0 1 |
//! | parse/markdown/raw.rs | 2 | 0 1 |
//! | parse/markdown/written.rs | 2 | 0 1 |
//! | parse/addresses.rs | 2 | 0 1 |
//! | parse/merge.rs | 2 | 0 1 |
//! | parse/traps.rs | 2 | 0 1 |
//! | resolve.rs | 2 | 0 1 |
//! | resolve/glossary.rs | 2 | 0 1 |
//! | resolve/numbering.rs | 2 | 0 1 |
//! | resolve/links.rs | 2 | 0 1 |
//! | resolve/drawn.rs | 2 | 0 1 |
//! | resolve/local_notes.rs | 2 | 0 1 |
//! | permalinks.rs | 2 | 0 1 |
//! | permalinks/provision.rs | 2 | 0 1 |
//! | permalinks/standing.rs | 2 | 0 1 |
//! | permalinks/mentions.rs | 2 | 0 1 |
//! | permalinks/moves.rs | 2 | 0 1 |
//! | permalinks/history.rs | 2 | 0 1 |
//! | permalinks/local_notes.rs | 2 | 0 1 |
//! | permalinks/proposals.rs | 2 | 0 1 |
//! | permalinks/edition.rs | 2 | 0 1 |
//! | corpus.rs | 1 | 0 1 |
//! | corpus/fingerprint.rs | 1 | 0 1 |
//! | corpus/anchors.rs | 1 | 0 1 |
//! | corpus/citations.rs | 1 | 0 1 |
//! | corpus/glossary.rs | 1 | 0 1 |
//! | corpus/history.rs | 1 | 0 1 |
//! | corpus/plain.rs | 1 | 0 1 |
//! | compare.rs | 1 | 0 1 |
//! | compare/passages.rs | 1 | 0 1 |
//! | compare/pairs.rs | 1 | 0 1 |
//! | compare/order.rs | 1 | 0 1 |
//! | compare/words.rs | 1 | 0 1 |
//! | compare/duties.rs | 1 | 0 1 |
//! | document.rs | 1 | 0 1 |
//! | document/front.rs | 1 | 0 |
//! | document/letters.rs | 1 | 1 |
//! | document/spelling.rs | 1 | |
//! | document/number.rs | 1 | 0 |
//! | document/apart.rs | 1 | |
//! | document/ledger.rs | 1 | 0 1 |
//! | config.rs | 1 | 0 |
//! | config/brand.rs | 1 | 0 |
//! | config/limits.rs | 1 | |
//! | output.rs | 1 | 0 |
//! | output/pages.rs | 1 | |
//! | book.rs | 1 | 1 |
//! | bundle.rs | 1 | 0 1 |
//! | bundle/container.rs | 1 | 0 1 |
//! | bundle/expected.rs | 1 | 0 1 |
//! | bundle/signature.rs | 1 | 0 1 |
//! | site.rs | 1 | 0 1 |
//! | underway.rs | 1 | 0 1 |
//! | cache.rs | 1 | 0 |
//! | law.rs | 0 | date |
//! | law/attachment.rs | 0 | |
//! | law/citation.rs | 0 | |
//! | law/default_work.rs | 0 | |
//! | law/instruments.rs | 0 | |
//! | law/names.rs | 0 | |
//! | law/pinpoint.rs | 0 | |
//! | law/provision.rs | 0 | |
//! | law/register.rs | 0 | |
//! | law/titles.rs | 0 | |
//! | law/undeclared.rs | 0 | |
//! | law/words.rs | 0 | |
//! | law/work.rs | 0 | date |
//! | diagnostic.rs | 0 | 0 |
//! | percent.rs | 0 | |
//! | date.rs | 0 | |
//! | source.rs | 0 | |
//! | litter.rs | 0 | |

pub mod book;
pub mod bundle;
pub mod cache;
pub mod cli;
pub mod compare;
pub mod config;
pub mod corpus;
pub mod date;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod export;
pub mod law;
pub mod litter;
pub mod output;
pub mod parse;
pub mod percent;
pub mod permalinks;
pub mod pipeline;
pub mod render;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod underway;
pub mod watchdog;
