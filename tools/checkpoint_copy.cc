#include "tools/checkpoint_copy.h"

#include "ingest/private_file.h"
#include "ledger/proof/checkpoint.h"
#include "tools/logging.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tools {

namespace {

// In the order of the log when sorted by name.
std::string file_of(const std::string& directory, const std::string& note) {
    const auto read = ledger::proof::parse_checkpoint(note);
    const std::string size = read ? std::to_string(read.value().checkpoint.tree.size) : "unknown";
    constexpr std::size_t digits = 19;
    return directory + "/checkpoint-" + std::string(digits - std::min(digits, size.size()), '0') +
           size;
}

}  // namespace

bool is_url(std::string_view witness) {
    return witness.starts_with("http://") || witness.starts_with("https://");
}

CheckpointCopy::CheckpointCopy(std::string path, std::string witness)
    : path_(std::move(path)), witness_(std::move(witness)) {
    if (is_url(witness_)) post_ = std::make_unique<WitnessPost>(witness_);
}

ledger::Result<void> CheckpointCopy::write(const std::string& note) {
    auto written = ingest::replace_private_file(path_, note);
    if (!written) {
        ledger::Error error = written.error();
        error.code = ledger::Errc::storage_failed;
        return error;
    }
    if (post_) {
        post_->tell(note);
    } else if (!witness_.empty()) {
        tell_witness(note);
    }
    return boost::outcome_v2::success();
}

void CheckpointCopy::tell_witness(const std::string& note) {
    std::error_code ignored;
    const bool directory = std::filesystem::is_directory(witness_, ignored);
    const auto told =
        ingest::replace_private_file(directory ? file_of(witness_, note) : witness_, note);
    if (!told && !witness_fails_) {
        log_error("the witness gets no checkpoints: {}", told.error().detail);
    }
    witness_fails_ = !told;
}

}  // namespace tools
