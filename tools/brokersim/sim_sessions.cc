#include "tools/brokersim/sim_sessions.h"

#include <algorithm>
#include <utility>

namespace tools::brokersim {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::uint64_t token_stream = 0x746f6b656e;

std::string hex(std::uint64_t value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value >>= 4)
        *digit = digits[value & 15];
    return text;
}

}  // namespace

Result<SimSessions::Login> SimSessions::login(const std::string& app_key,
                                              const std::string& secret_key,
                                              const std::string& client_id) {
    BOOST_OUTCOME_TRY(SimSession session, session_of(app_key, secret_key, client_id));
    if (oldest_first_.size() >= rules_.sessions_max) {
        sessions_.erase(oldest_first_.front());
        oldest_first_.pop_front();
    }
    Login login{next_token(), std::move(session)};
    sessions_.emplace(login.token, login.session);
    oldest_first_.push_back(login.token);
    return login;
}

void SimSessions::logout(const std::string& token) {
    sessions_.erase(token);
}

const SimSession* SimSessions::use(const std::string& token, std::int64_t requests_max) {
    const auto found = sessions_.find(token);
    if (found == sessions_.end()) return nullptr;
    if (requests_max > 0 && found->second.requests >= requests_max) {
        sessions_.erase(found);
        return nullptr;
    }
    ++found->second.requests;
    return &found->second;
}

Result<SimSession> SimSessions::session_of(const std::string& app_key,
                                           const std::string& secret_key,
                                           const std::string& client_id) const {
    const auto account = std::ranges::find(rules_.accounts, app_key, &SimAccount::app_key);
    if (account != rules_.accounts.end()) {
        if (account->secret_key != secret_key)
            return Error{Errc::not_allowed, "Invalid appKey or secretKey", {}};
        return SimSession{account->client_id, account->dealer, account->dealer, 0};
    }
    if (!rules_.accept_unregistered_keys || app_key.empty())
        return Error{Errc::not_allowed, "Invalid appKey or secretKey", {}};
    return SimSession{client_id.empty() ? app_key : client_id, true, false, 0};
}

std::string SimSessions::next_token() {
    SimRandom random{token_seed_, token_stream, tokens_++};
    const std::string first = hex(random.next());
    return first + hex(random.next());
}

Result<std::string> client_of(const SimSession& session, std::string_view named) {
    if (named.empty() || named == "undefined" || named == session.client_id)
        return session.client_id;
    if (session.any_client) return std::string{named};
    return ledger::invalid_field("clientID", "is not this session's client");
}

}  // namespace tools::brokersim
