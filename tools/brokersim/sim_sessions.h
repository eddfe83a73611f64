// Who may log in, and the opaque tokens of those who have. Sessions live in memory: after a restart
// every client must log in again, as after a broker's nightly logout.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/sim_config.h"
#include "tools/brokersim/sim_random.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tools::brokersim {

struct SimSession {
    std::string client_id;
    bool any_client = false;  // requests may name another clientID
    bool dealer = false;
    std::int64_t requests = 0;
};

class SimSessions {
  public:
    // "rules" must outlive the sessions. Another seed in each run keeps old tokens unknown.
    SimSessions(const LoginRules& rules, std::uint64_t token_seed)
        : rules_(rules), token_seed_(token_seed) {}

    struct Login {
        std::string token;
        SimSession session;
    };

    // not_allowed: the keys are wrong.
    [[nodiscard]] ledger::Result<Login> login(const std::string& app_key,
                                              const std::string& secret_key,
                                              const std::string& client_id);
    void logout(const std::string& token);

    // Counts the request. nullptr: no such session, or it has served requests_max (0: no bound).
    // Valid until the next call.
    [[nodiscard]] const SimSession* use(const std::string& token, std::int64_t requests_max);

    [[nodiscard]] std::size_t size() const { return sessions_.size(); }

  private:
    [[nodiscard]] ledger::Result<SimSession> session_of(const std::string& app_key,
                                                        const std::string& secret_key,
                                                        const std::string& client_id) const;
    [[nodiscard]] std::string next_token();

    const LoginRules& rules_;
    std::uint64_t token_seed_;
    std::uint64_t tokens_ = 0;
    std::unordered_map<std::string, SimSession> sessions_;
    std::deque<std::string> oldest_first_;  // may name sessions that are gone
};

// The client that a request acts for: what it names, or the session's own. invalid_input (field
// clientID) where the session may not act for the one named.
[[nodiscard]] ledger::Result<std::string> client_of(const SimSession& session,
                                                    std::string_view named);

}  // namespace tools::brokersim
