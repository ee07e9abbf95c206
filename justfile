# One command a recipe. CONTRIBUTING.md says when to use which.

# Lists the recipes.
default:
    @just --list

# Shows content/ in a browser and follows your edits.
show:
    cargo run -- serve --open

# Runs every check that a change must pass.
check:
    .ci/run

# Runs the tests whose names contain a pattern.
test PATTERN="":
    cargo test {{PATTERN}}

# Writes the golden site again.
golden:
    SNAPSHOTS=overwrite cargo test --test suite golden

# Writes what a screen reader is given of five pages again.
heard:
    SNAPSHOTS=overwrite cargo test --test browser transcripts

# Takes pictures of pages (names parted by spaces) into a folder.
look FOLDER PAGES="index.html":
    LOOK="{{FOLDER}}" PAGES="{{PAGES}}" cargo test --test browser look

# Runs a benchmark: build, law, permalinks or search.
bench NAME *ARGUMENTS:
    cargo bench --bench {{NAME}} -- {{ARGUMENTS}}

# Runs a fuzz target until it is stopped.
fuzz TARGET:
    cd tests/fuzz && cargo fuzz run --fuzz-dir . {{TARGET}}

# Makes a release into a folder, signed if a key is named. .ci/release has its parts.
release FOLDER="target/release-files" KEY="":
    .ci/release/run {{FOLDER}} {{KEY}}
