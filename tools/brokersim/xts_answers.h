// XTS's answers as text: envelopes, errors, and what a login tells.
#pragma once

#include "ingest/http/response.h"
#include "ledger/base/result.h"
#include "tools/brokersim/sim_order.h"
#include "tools/brokersim/sim_sessions.h"

#include <string>
#include <string_view>

namespace tools::brokersim {

// `code` and `description` are constants without characters to escape; `result` is JSON.
[[nodiscard]] ingest::http::Response xts_success(std::string_view code,
                                                 std::string_view description,
                                                 std::string_view result);
[[nodiscard]] ingest::http::Response xts_error(int status, std::string_view code,
                                               std::string_view description);
// The status and code that belong to the error; a validation error names its field.
[[nodiscard]] ingest::http::Response xts_error(const ledger::Error& error);

// "Request sent" with the order's number.
[[nodiscard]] ingest::http::Response order_answer(const SimOrder& order);
[[nodiscard]] ingest::http::Response login_answer(const SimSessions::Login& login);
[[nodiscard]] ingest::http::Response profile_answer(const std::string& client_id);
[[nodiscard]] ingest::http::Response balance_answer(ledger::Money cash);

}  // namespace tools::brokersim
