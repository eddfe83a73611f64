// A log of made-up records that signs checkpoints and proves things.
#pragma once

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/proof_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace proof_test {

class SampleLog {
  public:
    explicit SampleLog(std::uint64_t size);

    [[nodiscard]] const ledger::proof::SignerKey& key() const { return key_; }

    [[nodiscard]] std::vector<ledger::proof::VerifierKey> keys() const { return {key_.verifier()}; }

    [[nodiscard]] ledger::proof::Checkpoint checkpoint(std::uint64_t size) const;
    // Signed.
    [[nodiscard]] std::string checkpoint_note(std::uint64_t size) const;
    [[nodiscard]] ledger::proof::InclusionProof inclusion(std::uint64_t index,
                                                          std::uint64_t size) const;
    [[nodiscard]] std::string inclusion_file(std::uint64_t index, std::uint64_t size) const;
    [[nodiscard]] std::string consistency_file(std::uint64_t first, std::uint64_t second) const;
    // Of these leaves.
    [[nodiscard]] std::vector<std::string> bundle(const std::vector<std::uint64_t>& indices,
                                                  std::uint64_t size) const;

  private:
    std::vector<std::string> records_;
    ledger::proof::SignerKey key_;
};

}  // namespace proof_test
