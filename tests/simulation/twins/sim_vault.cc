#include "tests/simulation/twins/sim_vault.h"

#include "ledger/base/assert.h"

#include <cstdlib>
#include <filesystem>

namespace simulation {

using ledger::vault::CredentialVault;

namespace {

// Its key is a file of the process alone, and gone once it is read.
CredentialVault make_vault() {
    std::string directory = (std::filesystem::temp_directory_path() / "copyledger-sim-XXXXXX");
    LEDGER_ASSERT(::mkdtemp(directory.data()) != nullptr);
    auto vault = CredentialVault::open_or_create(directory + "/key");
    std::filesystem::remove_all(directory);
    LEDGER_ASSERT(vault.has_value());
    return std::move(vault).value();
}

const CredentialVault& vault() {
    static const CredentialVault only = make_vault();
    return only;
}

}  // namespace

std::string secret_of(std::string_view account_code, std::uint32_t changes) {
    return "open-sesame-" + std::string{account_code} + "-q7Xw" + std::to_string(changes);
}

std::string Sealing::context() const {
    return account_code + "-" + std::to_string(erasures);
}

std::string seal(const Sealing& sealing, std::uint32_t changes) {
    return vault().seal({{std::string{secret_name}, secret_of(sealing.account_code, changes)}},
                        sealing.context());
}

ledger::Result<ledger::vault::Credentials> unseal(const Sealing& sealing, std::string_view sealed) {
    return vault().open(sealed, sealing.context());
}

}  // namespace simulation
