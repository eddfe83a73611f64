// Who is who, as of the last commit: masters for the webhook, followers' brokers and opened
// credentials for the executors. Fed with durable events on the io_context's thread.
#pragma once

#include "executors/account_directory.h"
#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/vault/credential_vault.h"
#include "ledger/vault/subject_keys.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tools {

class LiveAccountDirectory final : public executors::AccountDirectory {
  public:
    // `adapters` maps a broker's name to its adapter. The keys must outlive this.
    struct Keys {
        const ledger::vault::CredentialVault& vault;
        const ledger::vault::SubjectKeys& subjects;
    };

    LiveAccountDirectory(Keys keys, std::map<std::string, std::string> adapters,
                         const ledger::replication::State& state);

    void apply(const std::vector<ledger::Event>& committed);

    [[nodiscard]] std::optional<ledger::AccountNumber> find_master(
        std::string_view adapter, std::string_view broker_account) const;

    [[nodiscard]] ledger::Result<std::shared_ptr<const executors::AccountAccess>> open(
        ledger::AccountNumber account) override;

    // At the start, in the program's log: whose orders could not be sent.
    void tell_of_lost_credentials(const ledger::replication::State& state);

  private:
    struct Known {
        ledger::AccountIdentity identity;
        std::string sealed_credentials;
        std::shared_ptr<const executors::AccountAccess> opened;  // null: not asked for yet
    };

    using MasterKey = std::pair<std::string, std::string>;  // adapter, code

    void add(ledger::AccountNumber number, Known known);

    const Keys keys_;
    const std::map<std::string, std::string> adapters_;
    std::map<ledger::AccountNumber, Known> accounts_;
    std::map<MasterKey, ledger::AccountNumber> masters_;
};

}  // namespace tools
