// The proofs that are handed out, as JSON that is checked without a log: docs/proofs.md has their
// form. What is checked here stands on the keys alone that the caller trusts.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/tree_hash.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::proof {

// That a record is in the log of a checkpoint.
struct InclusionProof {
    std::uint64_t leaf_index = 0;  // the record's sequence - 1
    std::uint64_t tree_size = 0;   // the checkpoint's
    std::string record;
    std::vector<Hash> hashes;

    friend bool operator==(const InclusionProof&, const InclusionProof&) = default;
};

// That the log of one checkpoint begins the log of another.
struct ConsistencyProof {
    std::string first;  // texts of signed checkpoints
    std::string second;
    std::vector<Hash> hashes;
};

// Each is one line without its newline. Checkpoints are signed ones.
[[nodiscard]] std::string inclusion_json(const InclusionProof& proof, std::string_view checkpoint);
[[nodiscard]] std::string consistency_json(const ConsistencyProof& proof);
[[nodiscard]] std::string bundle_header_json(std::string_view account, std::string_view checkpoint);
[[nodiscard]] std::string bundle_line_json(const InclusionProof& proof);

enum class ProofKind { checkpoint, inclusion, consistency, bundle };

// What a file that begins with this line is; invalid_input where it is nothing of ours.
[[nodiscard]] Result<ProofKind> proof_kind(std::string_view first_line);

struct CheckedInclusion {
    Checkpoint checkpoint;
    InclusionProof proof;
};

struct CheckedConsistency {
    Checkpoint first;
    Checkpoint second;
};

// Whether the proof holds; invalid_input names the member at fault.
[[nodiscard]] Result<CheckedInclusion> check_inclusion(std::string_view json,
                                                       std::span<const VerifierKey> keys);
[[nodiscard]] Result<CheckedConsistency> check_consistency(std::string_view json,
                                                           std::span<const VerifierKey> keys);

// Checks the events of a bundle one after the other, however many they are.
class BundleChecker {
  public:
    // From the first line.
    [[nodiscard]] static Result<BundleChecker> begin(std::string_view header,
                                                     std::span<const VerifierKey> keys);

    [[nodiscard]] const std::string& account() const { return account_; }

    [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }

    // A further line. Each event comes once, in the order of the log.
    [[nodiscard]] Result<InclusionProof> check(std::string_view line);

  private:
    BundleChecker(std::string account, Checkpoint checkpoint)
        : account_(std::move(account)), checkpoint_(std::move(checkpoint)) {}

    std::string account_;
    Checkpoint checkpoint_;
    std::optional<std::uint64_t> last_index_;
};

}  // namespace ledger::proof
