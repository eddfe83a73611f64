#include "tests/proof/sample_log.h"

#include "ledger/proof/tree_proof.h"
#include "tests/proof/tree_of.h"

namespace proof_test {

using namespace ledger::proof;

SampleLog::SampleLog(std::uint64_t size)
    : records_(records_of(size)), key_("copyledger.example/log", SignerKey::Seed{1, 2, 3}) {
    // As the records of a log are: any bytes.
    records_.front() = std::string("\0\xff\x80 binary", 10);
}

Checkpoint SampleLog::checkpoint(std::uint64_t size) const {
    return {
        .origin = "copyledger.example/log",
        .tree = head_of(records_, size),
        .states = {.sequence = size / 2,
                   .version = "2.3",
                   .digests = {{.projection = "orders", .digest = "0123456789abcdef"},
                               {.projection = "positions", .digest = std::string(16, '\xee')}}}};
}

std::string SampleLog::checkpoint_note(std::uint64_t size) const {
    return sign_checkpoint(checkpoint(size), key_);
}

InclusionProof SampleLog::inclusion(std::uint64_t index, std::uint64_t size) const {
    return {.leaf_index = index,
            .tree_size = size,
            .record = records_[index],
            .hashes = inclusion_proof(hashes_of(records_), index, size).value()};
}

std::string SampleLog::inclusion_file(std::uint64_t index, std::uint64_t size) const {
    return inclusion_json(inclusion(index, size), checkpoint_note(size));
}

std::string SampleLog::consistency_file(std::uint64_t first, std::uint64_t second) const {
    return consistency_json(
        {.first = checkpoint_note(first),
         .second = checkpoint_note(second),
         .hashes = consistency_proof(hashes_of(records_), first, second).value()});
}

std::vector<std::string> SampleLog::bundle(const std::vector<std::uint64_t>& indices,
                                           std::uint64_t size) const {
    std::vector<std::string> lines{bundle_header_json("C0042", checkpoint_note(size))};
    for (const std::uint64_t index : indices) {
        lines.push_back(bundle_line_json(inclusion(index, size)));
    }
    return lines;
}

}  // namespace proof_test
