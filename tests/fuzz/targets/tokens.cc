// A token file.
#include "ingest/token_record.h"
#include "tests/fuzz/target.h"

namespace fuzz {

void tokens(Input input) {
    const auto read = ingest::parse_tokens(input);
    if (!read) {
        law(read.error().code == ledger::Errc::corrupt, "what is no token file is corrupt");
        return;
    }
    const auto again = ingest::parse_tokens(ingest::format_tokens(read.value()));
    law(again && again.value() == read.value(), "writing and reading changes no token");
}

}  // namespace fuzz
