#include "tools/simulate_command.h"

#include "ingest/blaze_webhook.h"
#include "ingest/marks_requests.h"
#include "ledger/replication/simulate.h"
#include "tools/as_of.h"
#include "tools/config.h"
#include "tools/consequence_row.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/system_ports.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace tools {

using namespace ledger;
using Kind = text::JsonValue::Kind;

namespace {

Result<text::JsonValue> read_json_file(const std::string& path) {
    const text::JsonLimits limits;
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) return Error{Errc::unavailable, path + ": " + error.message(), {}};
    if (bytes > limits.bytes_max) return Error{Errc::invalid_input, path + " is too large", {}};
    std::ifstream file{path, std::ios::binary};
    const std::string content{std::istreambuf_iterator<char>{file}, {}};
    auto parsed = text::parse_json(content, limits);
    if (!parsed) return Error{Errc::invalid_input, path + ": " + parsed.error().detail, {}};
    return parsed;
}

// The items of an array, or the one value that stands for itself; objects all of them.
Result<std::vector<text::JsonValue>> read_objects(const std::string& path) {
    BOOST_OUTCOME_TRY(text::JsonValue value, read_json_file(path));
    std::vector<text::JsonValue> items;
    if (value.is(Kind::array)) {
        items = value.items();
    } else {
        items.push_back(std::move(value));
    }
    for (const text::JsonValue& item : items) {
        if (item.is(Kind::object)) continue;
        return Error{Errc::invalid_input, path + " holds something else than objects", {}};
    }
    return items;
}

Result<replication::Marks> read_marks(const std::string& path, std::int64_t now_ns) {
    replication::Marks marks;
    if (path.empty()) return marks;
    BOOST_OUTCOME_TRY(const text::JsonValue array, read_json_file(path));
    BOOST_OUTCOME_TRY(const auto told, ingest::read_marks(array, now_ns));
    for (const Mark& mark : told) {
        if (!marks.set(mark, now_ns)) return invalid_field("marks", "are too many");
    }
    return marks;
}

// As the webhook finds it: by the code at the broker.
Result<AccountNumber> find_master_by_code(const replication::State& state,
                                          const std::string& code) {
    for (const auto& account : state.accounts) {
        const bool named = account.identity.role == AccountRole::master && !account.closed &&
                           account.identity.broker_account == code;
        if (named) return account.number;
    }
    return Error{Errc::not_found, "no master has the code " + code + " at its broker",
                 "account_id"};
}

// Everything that a simulation stands on.
struct Ground {
    const replication::State& state;
    const replication::Policy& policy;
    const replication::Marks& marks;
    std::int64_t now_ns = 0;
};

Result<void> simulate_one(const Ground& ground, const text::JsonValue& body, RowPrinter& printer,
                          bool brief) {
    BOOST_OUTCOME_TRY(ingest::BlazeReport order, ingest::read_blaze_order(body));
    BOOST_OUTCOME_TRY(order.report.account, find_master_by_code(ground.state, order.account_code));
    BOOST_OUTCOME_TRY(const auto consequences,
                      replication::simulate(ground.state, ground.policy, ground.marks, order.report,
                                            ground.now_ns));
    for (const auto& consequence : consequences) {
        printer.print(
            consequence_row(ground.state, order.report.broker_order_id, consequence, brief));
    }
    return boost::outcome_v2::success();
}

}  // namespace

Result<ExitCode> run_simulate(const SimulateCommand& command) {
    BOOST_OUTCOME_TRY(const Config config, load_config(command.config_path));
    BOOST_OUTCOME_TRY(const auto orders, read_objects(command.order_file));
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(command.data));
    const SystemClock clock;
    BOOST_OUTCOME_TRY(const AsOf as_of, parse_as_of(*journal, command.as_of, clock.now_ns()));
    BOOST_OUTCOME_TRY(const auto marks, read_marks(command.marks_file, as_of.at_ns));
    BOOST_OUTCOME_TRY(const projections::LedgerView view,
                      load_view(*journal, DataPaths{command.data}, as_of.sequence));
    const Ground ground{view.state(), config.policy, marks, as_of.at_ns};
    const auto printer = RowPrinter::make(command.output, stdout);
    for (const text::JsonValue& order : orders) {
        BOOST_OUTCOME_TRY(
            simulate_one(ground, order, *printer, command.output == OutputFormat::table));
    }
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
