#include "tools/query_service.h"

#include "ledger/base/assert.h"
#include "ledger/log_prover.h"
#include "ledger/proof/proof_file.h"
#include "ledger/replication/simulate.h"
#include "projections/event_row.h"
#include "projections/views.h"
#include "tools/audit_reports.h"
#include "tools/event_query.h"
#include "tools/readable.h"
#include "tools/row_json.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tools {

namespace asio = boost::asio;
using ingest::Page;
using ingest::Query;
using ledger::LogProver;
using ledger::Result;
using ledger::replication::Marks;
using ledger::vault::SubjectKeys;
using projections::LedgerView;
using Consequences = std::vector<ledger::replication::Consequence>;

namespace {

// The rows of an answer, as one JSON array.
class JsonRows {
  public:
    explicit JsonRows(const SubjectKeys& subjects) : subjects_(subjects) {}

    void add(const projections::Row& row) {
        if (json_.size() > 1) json_ += ',';
        append_json(readable(row, subjects_), json_);
    }

    [[nodiscard]] std::string take() { return std::move(json_) + ']'; }

  private:
    const SubjectKeys& subjects_;
    std::string json_ = "[";
};

// A view, where it stands in time, and what opens what is sealed in it.
struct Seen {
    const LedgerView& view;
    const SubjectKeys& subjects;
    const Past* past = nullptr;  // nullptr: now
};

Result<Page> answer_events(const Seen& seen, const ledger::log::Journal& journal,
                           const Query& query) {
    BOOST_OUTCOME_TRY(EventQuery wanted, parse_event_query(query.filters));
    if (!query.cursor.empty()) {
        BOOST_OUTCOME_TRY(const EventQuery resumed, parse_event_query({{"from", query.cursor}}));
        wanted.from = resumed.from;
    }
    wanted.rows_max = query.rows_max;
    if (seen.past != nullptr) wanted.limit_to(*seen.past);
    JsonRows rows{seen.subjects};
    BOOST_OUTCOME_TRY(const auto next,
                      visit_events(journal, seen.view, wanted, [&](const ledger::Event& event) {
                          rows.add(projections::event_row(event));
                      }));
    return Page{.rows_json = rows.take(),
                .next = next ? std::to_string(*next) : "",
                .sequence = seen.past == nullptr ? seen.view.sequence() : seen.past->sequence};
}

Result<Page> answer(const Seen& seen, const ledger::log::Journal& journal, const Query& query) {
    if (query.view == "events") return answer_events(seen, journal, query);
    const projections::ViewQuery wanted{.view = query.view,
                                        .filters = query.filters,
                                        .cursor = query.cursor,
                                        .rows_max = query.rows_max};
    JsonRows rows{seen.subjects};
    BOOST_OUTCOME_TRY(
        std::string next,
        projections::visit_view(seen.view, wanted, [&](const auto& row) { rows.add(row); }));
    return Page{
        .rows_json = rows.take(), .next = std::move(next), .sequence = seen.view.sequence()};
}

// Events stand for themselves; a view is needed for the names of accounts and orders alone.
bool needs_view(const Query& query) {
    return query.view != "events" || std::ranges::any_of(query.filters, [](const auto& filter) {
               return filter.first == "account" || filter.first == "order";
           });
}

Result<Page> answer_past(History& history, const Query& query) {
    const PastQuery asked{query.as_of, query.valid_at};
    const LedgerView none;
    History::Moment moment{{}, &none};
    if (needs_view(query)) {
        BOOST_OUTCOME_TRY(moment, history.at(asked, url_names));
    } else {
        BOOST_OUTCOME_TRY(moment.past, find_past(history.journal(), asked, url_names));
    }
    BOOST_OUTCOME_TRY(Page page, answer({*moment.view, history.subjects(), &moment.past},
                                        history.journal(), query));
    page.past = ingest::PastInstant{moment.past.sequence, moment.past.recorded_at_ns,
                                    moment.past.valid_at_ns};
    return page;
}

// What is known of one instrument, which is all that a simulation looks at: the marks themselves
// belong to the asker's thread.
Marks mark_of(const Marks& marks, const ledger::Instrument& instrument) {
    Marks one;
    const auto* known = marks.find(instrument);
    if (known == nullptr) return one;
    const ledger::Mark mark{instrument.segment, instrument.token, known->price, known->at_ns};
    const bool kept = one.set(mark, known->at_ns);
    LEDGER_ASSERT(kept);
    return one;
}

// Asks on the thread of `reader`, which hands `question` what it reads from, and comes back with
// the answer on the asker's.
template <class Value, class Reader, class Question>
asio::awaitable<Result<Value>> put(Reader& reader, Question question) {
    const auto initiate = [&reader](auto handler, Question asked) {
        const auto executor = asio::get_associated_executor(handler);
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto resume = [executor, shared](Result<Value> value) {
            asio::post(executor, [shared, value = std::move(value)]() mutable {
                (*shared)(std::move(value));
            });
        };
        const bool taken =
            reader.ask([resume, asked = std::move(asked)](auto& from) { resume(asked(from)); });
        if (!taken) resume(ledger::Error{ledger::Errc::overloaded, "too many questions wait", {}});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Value>)>(
        initiate, asio::use_awaitable, std::move(question));
}

}  // namespace

asio::awaitable<Result<Page>> QueryService::run(Query query) {
    auto page = co_await read(std::move(query));
    if (!page && page.error().code == ledger::Errc::corrupt) ports_.on_damage(page.error());
    co_return page;
}

asio::awaitable<Result<Page>> QueryService::read(Query query) {
    if (query.of_the_past()) {
        return put<Page>(ports_.historian, [query = std::move(query)](History& history) {
            return answer_past(history, query);
        });
    }
    return put<Page>(ports_.projector, [this, query = std::move(query)](const LedgerView& view) {
        return answer({view, ports_.subjects}, ports_.journal, query);
    });
}

asio::awaitable<Result<std::string>> QueryService::report(Query query) {
    auto question = [query = std::move(query)](History& history) {
        return answer_report(history, query);
    };
    auto text = co_await put<std::string>(ports_.historian, std::move(question));
    if (!text && text.error().code == ledger::Errc::corrupt) ports_.on_damage(text.error());
    co_return text;
}

asio::awaitable<Result<void>> QueryService::ask(ingest::StateQuestion question) {
    return put<void>(ports_.projector, [question = std::move(question)](const LedgerView& view) {
        question(view.state());
        return Result<void>{boost::outcome_v2::success()};
    });
}

asio::awaitable<Result<std::string>> QueryService::checkpoint() {
    return put<std::string>(ports_.projector, [this](const LedgerView&) -> Result<std::string> {
        BOOST_OUTCOME_TRY(auto last, LogProver(ports_.tree, ports_.tree.source()).checkpoint());
        return std::move(last.note);
    });
}

asio::awaitable<Result<std::string>> QueryService::inclusion_proof(std::string event) {
    return put<std::string>(
        ports_.projector,
        [this, event = std::move(event)](const LedgerView& view) -> Result<std::string> {
            const LogProver prover{ports_.tree, ports_.tree.source()};
            BOOST_OUTCOME_TRY(const auto found, find_event(ports_.journal, view, event));
            if (!found) {
                return ledger::Error{ledger::Errc::not_found, "no event is called " + event, {}};
            }
            BOOST_OUTCOME_TRY(const auto last, prover.checkpoint());
            BOOST_OUTCOME_TRY(const auto proof,
                              prover.inclusion(found->sequence, last.read.checkpoint.tree));
            return ledger::proof::inclusion_json(proof, last.note);
        });
}

asio::awaitable<Result<Consequences>> QueryService::simulate(
    const ledger::MasterOrderReported& report, const Marks& marks) {
    return put<Consequences>(
        ports_.projector,
        [this, report, mark = mark_of(marks, report.instrument)](const auto& view) {
            return ledger::replication::simulate(view.state(), policy_, mark, report,
                                                 ports_.clock.now_ns());
        });
}

}  // namespace tools
