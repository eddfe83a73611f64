// A typed question to the ledger's state, as an awaitable.
#pragma once

#include "ingest/http/asio.h"
#include "ingest/queries.h"
#include "ledger/base/result.h"

#include <memory>
#include <optional>
#include <utility>

namespace ingest {

namespace asio = boost::asio;

// `question` takes the state and returns a Result<Value>; like every StateQuestion it owns what it
// uses. The queries outlive the wait.
template <class Value, class Question>
[[nodiscard]] asio::awaitable<ledger::Result<Value>> ask_state(Queries& queries,
                                                               Question question) {
    const auto answer = std::make_shared<std::optional<ledger::Result<Value>>>();
    StateQuestion asked =
        [answer, question = std::move(question)](const ledger::replication::State& state) {
            answer->emplace(question(state));
        };
    BOOST_OUTCOME_CO_TRY(co_await queries.ask(std::move(asked)));
    co_return std::move(**answer);
}

}  // namespace ingest
