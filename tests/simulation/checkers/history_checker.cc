// Whether the log was only ever added to.
#include "ledger/log/record_codec.h"
#include "ledger/proof/compact_range.h"
#include "tests/simulation/checkers/evidence.h"

#include <fmt/format.h>

namespace simulation {

void i13_what_was_published_is_the_log(const Evidence& evidence, Findings& findings) {
    ledger::log::RecordEncoder encoder;
    ledger::proof::CompactRange tree;
    for (const auto& published : evidence.record.published) {
        while (tree.size() < published.size && tree.size() < evidence.log.size()) {
            tree.append(ledger::proof::leaf_hash(encoder.encode(evidence.log[tree.size()])));
        }
        if (tree.size() == published.size && tree.root() == published.root) continue;
        findings.push_back(
            fmt::format("I13: the first {} records are not those of the tree that was published",
                        published.size));
        return;
    }
}

}  // namespace simulation
