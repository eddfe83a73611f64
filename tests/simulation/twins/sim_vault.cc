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

std::string secret_of(std::string_view account_code) {
    return "open-sesame-" + std::string{account_code} + "-q7Xw";
}

std::string sealed_secret_of(std::string_view account_code) {
    return vault().seal({{std::string{secret_name}, secret_of(account_code)}}, account_code);
}

ledger::Result<ledger::vault::Credentials> unseal(std::string_view sealed,
                                                  std::string_view account_code) {
    return vault().open(sealed, account_code);
}

}  // namespace simulation
