// The keys that sign checkpoints, as files of a data directory: docs/proofs.md says where they
// belong.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/note_key.h"
#include "tools/data_directory.h"

#include <optional>
#include <string>
#include <vector>

namespace tools {

// The signing key; made, with its public key beside it, where there is none. An empty name gives a
// new key one that no other log has.
[[nodiscard]] ledger::Result<ledger::proof::SignerKey> open_or_create_signer(
    const DataPaths& paths, const std::string& name = {});

// The key that shall sign next, where a rotation was asked for.
[[nodiscard]] ledger::Result<std::optional<ledger::proof::SignerKey>> next_signer(
    const DataPaths& paths);

// Makes that key, of the present one's name. conflict where one waits already.
[[nodiscard]] ledger::Result<ledger::proof::SignerKey> make_next_signer(const DataPaths& paths);

// The next key is the signing key from here on. Requires that there is one.
[[nodiscard]] ledger::Result<void> promote_next_signer(const DataPaths& paths);

// A file of verifier keys, one a line. not_found where there is none.
[[nodiscard]] ledger::Result<std::vector<ledger::proof::VerifierKey>> read_verifiers(
    const std::string& path);

// Adds the key to the directory's, where it is not there yet.
[[nodiscard]] ledger::Result<void> trust(const DataPaths& paths,
                                         const ledger::proof::VerifierKey& key);

}  // namespace tools
