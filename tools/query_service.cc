#include "tools/query_service.h"

#include "ledger/base/assert.h"
#include "ledger/replication/simulate.h"
#include "ledger/text/json_writer.h"
#include "projections/event_row.h"
#include "projections/views.h"
#include "tools/event_query.h"

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
using ledger::Result;
using ledger::replication::Marks;
using projections::LedgerView;
using Consequences = std::vector<ledger::replication::Consequence>;

namespace {

// The rows of an answer, as one JSON array.
class JsonRows {
  public:
    void add(const projections::Row& row) {
        if (json_.size() > 1) json_ += ',';
        append_json(row, json_);
    }

    [[nodiscard]] std::string take() { return std::move(json_) + ']'; }

  private:
    std::string json_ = "[";
};

Result<Page> answer_events(const LedgerView& view, const ledger::log::Journal& journal,
                           const Query& query) {
    BOOST_OUTCOME_TRY(EventQuery wanted, parse_event_query(query.filters));
    if (!query.cursor.empty()) {
        BOOST_OUTCOME_TRY(const EventQuery resumed, parse_event_query({{"from", query.cursor}}));
        wanted.from = resumed.from;
    }
    wanted.rows_max = query.rows_max;
    JsonRows rows;
    BOOST_OUTCOME_TRY(const auto next,
                      visit_events(journal, view, wanted, [&](const ledger::Event& event) {
                          rows.add(projections::event_row(event));
                      }));
    return Page{.rows_json = rows.take(),
                .next = next ? std::to_string(*next) : "",
                .sequence = view.sequence()};
}

Result<Page> answer(const LedgerView& view, const ledger::log::Journal& journal,
                    const Query& query) {
    if (query.view == "events") return answer_events(view, journal, query);
    const projections::ViewQuery wanted{.view = query.view,
                                        .filters = query.filters,
                                        .cursor = query.cursor,
                                        .rows_max = query.rows_max};
    JsonRows rows;
    BOOST_OUTCOME_TRY(std::string next, projections::visit_view(
                                            view, wanted, [&](const auto& row) { rows.add(row); }));
    return Page{.rows_json = rows.take(), .next = std::move(next), .sequence = view.sequence()};
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

// Asks on the projector's thread and comes back with the answer on the asker's.
template <class Value, class Question>
asio::awaitable<Result<Value>> put(Projector& projector, Question question) {
    const auto initiate = [&projector](auto handler, Question asked) {
        const auto executor = asio::get_associated_executor(handler);
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto resume = [executor, shared](Result<Value> value) {
            asio::post(executor, [shared, value = std::move(value)]() mutable {
                (*shared)(std::move(value));
            });
        };
        const bool taken = projector.ask(
            [resume, asked = std::move(asked)](const LedgerView& view) { resume(asked(view)); });
        if (!taken) resume(ledger::Error{ledger::Errc::overloaded, "too many questions wait", {}});
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Value>)>(
        initiate, asio::use_awaitable, std::move(question));
}

}  // namespace

void append_json(const projections::Row& row, std::string& out) {
    ledger::text::JsonWriter writer{out};
    writer.begin_object();
    for (const projections::Cell& cell : row.cells()) {
        writer.key(cell.name);
        switch (cell.kind) {
            case projections::Cell::Kind::text:
                writer.string(cell.text);
                break;
            case projections::Cell::Kind::count:
                writer.number_text(cell.text);
                break;
            case projections::Cell::Kind::boolean:
                writer.boolean(cell.text == "true");
                break;
        }
    }
    writer.end_object();
}

asio::awaitable<Result<Page>> QueryService::run(Query query) {
    auto question = [this, query = std::move(query)](const LedgerView& view) {
        return answer(view, ports_.journal, query);
    };
    auto page = co_await put<Page>(ports_.projector, std::move(question));
    if (!page && page.error().code == ledger::Errc::corrupt) ports_.on_damage(page.error());
    co_return page;
}

asio::awaitable<Result<void>> QueryService::ask(ingest::StateQuestion question) {
    return put<void>(ports_.projector, [question = std::move(question)](const LedgerView& view) {
        question(view.state());
        return Result<void>{boost::outcome_v2::success()};
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
