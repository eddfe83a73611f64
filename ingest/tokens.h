// The tokens of one data directory, in its file `tokens`. Several processes may hold a store of the
// same directory: what one of them creates or revokes, the others see.
#pragma once

#include "ingest/private_file.h"
#include "ingest/token_record.h"
#include "ledger/base/result.h"
#include "ledger/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

// Who asks.
struct Caller {
    std::string token_id;
    Role role = Role::auditor;
};

struct NewToken {
    std::string id;
    std::string token;  // the secret, to be shown once: only its hash is kept
};

// For one thread at a time.
class TokenStore {
  public:
    // Each verification compares against every token.
    static constexpr std::size_t tokens_max = 1000;
    // A token revoked by another process is refused after this at the latest.
    static constexpr std::int64_t recheck_period_ns = 1'000'000'000;

    // `clock` must outlive the store. corrupt or not_allowed where the file cannot be trusted.
    [[nodiscard]] static ledger::Result<TokenStore> open(const std::string& directory,
                                                         const ledger::Clock& clock);

    // Durable when these return.
    [[nodiscard]] ledger::Result<NewToken> create(Role role);
    [[nodiscard]] ledger::Result<void> revoke(std::string_view id);

    // Where the directory has had no token yet: makes one for an ADMIN and writes it to the file
    // `admin.token`, whose path it returns.
    [[nodiscard]] ledger::Result<std::optional<std::string>> ensure_admin_token();

    // In a time that does not depend on how much of a token was guessed. A token made by another
    // process a moment ago is known.
    [[nodiscard]] std::optional<Caller> verify(std::string_view token);

    [[nodiscard]] const std::vector<TokenRecord>& records() const { return records_; }

  private:
    TokenStore(std::string directory, const ledger::Clock& clock);

    struct Drawn {
        NewToken token;
        TokenRecord record;
    };

    [[nodiscard]] Drawn draw(Role role) const;
    [[nodiscard]] ledger::Result<void> load();
    [[nodiscard]] ledger::Result<void> store();
    // Whether the file was another one.
    bool reload_if_changed();
    [[nodiscard]] std::optional<Caller> find(const TokenHash& hash) const;

    std::string directory_;
    std::string path_;
    const ledger::Clock* clock_;
    std::vector<TokenRecord> records_;
    FileStamp stamp_;  // of the file that records_ are from
    std::int64_t checked_at_ns_ = 0;
};

}  // namespace ingest
