#include "tools/operator_command.h"

#include "ingest/ledger_lookup.h"
#include "ledger/log/rocksdb_journal.h"
#include "ledger/sequencer.h"
#include "ledger/text/json_writer.h"
#include "tools/config.h"
#include "tools/data_directory.h"
#include "tools/erased_keys.h"
#include "tools/open_log.h"
#include "tools/receipt_row.h"
#include "tools/server_call.h"
#include "tools/server_file.h"
#include "tools/submit_now.h"
#include "tools/system_ports.h"

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace tools {

using namespace ledger;
using ledger::log::RocksdbJournal;

namespace {

// The same request in the two forms in which it can be made.
struct Request {
    std::string target;
    std::string body;
    std::function<Result<CommandPayload>(const replication::State&)> payload;
    // What is to be done once it is durable, if anything is.
    std::function<Result<void>(const replication::State&)> afterwards{};
};

Result<void> check_why(const std::string& why) {
    if (why.empty()) return invalid_field("why", "must say why, for those who read the log");
    return boost::outcome_v2::success();
}

Result<AccountNumber> number_of(const replication::State& state, const std::string& account) {
    if (account.empty()) return AccountNumber{};
    BOOST_OUTCOME_TRY(const auto* found, ingest::find_account(state, {{}, account, "account"}));
    return found->number;
}

Result<void> check_intent(const std::string& name) {
    if (parse_event_id(name) || parse_cl_ord_id(name)) return boost::outcome_v2::success();
    return invalid_field("intent", "is an intent's id or a ClOrdID");
}

// Requires that check_intent() passes it.
Result<EventId> intent_named(const replication::State& state, const std::string& name) {
    if (const auto id = parse_event_id(name)) return id.value();
    const auto* order = state.follower_orders.find(parse_cl_ord_id(name).value());
    if (order == nullptr) return Error{Errc::not_found, "there is no order " + name, "intent"};
    return order->id;
}

// A log that is not there is not made by a word about it.
Result<std::unique_ptr<RocksdbJournal>> open_existing(const std::string& data, bool sync) {
    std::error_code ignored;
    if (!std::filesystem::exists(data + "/log", ignored)) {
        return Error{Errc::unavailable, "there is no ledger in " + data, "data"};
    }
    return open_log_to_write(data, sync);
}

void print(OutputFormat format, const projections::Row& row) {
    const auto printer = RowPrinter::make(format, stdout);
    printer->print(row);
    printer->finish();
}

Result<ExitCode> ask_server(const OperatorOptions& options, const std::string& url,
                            const Request& request) {
    const std::string otherwise =
        options.url.empty() ? DataPaths{options.data}.admin_token() : std::string{};
    BOOST_OUTCOME_TRY(std::string token, read_token(options.token_file, otherwise));
    BOOST_OUTCOME_TRY(const std::string answer,
                      post_to_server({url, std::move(token)}, request.target, request.body));
    BOOST_OUTCOME_TRY(const projections::Row row, receipt_row_of(answer));
    print(options.output, row);
    return ExitCode::done;
}

Result<ExitCode> tell_directory(const OperatorOptions& options, const Config& config,
                                std::unique_ptr<RocksdbJournal> journal, const Request& request) {
    BOOST_OUTCOME_TRY(const projections::LedgerView view,
                      load_view(*journal, DataPaths{options.data}, journal->last_sequence()));
    BOOST_OUTCOME_TRY(CommandPayload payload, request.payload(view.state()));
    const SystemClock clock;
    Sequencer sequencer{*journal, clock, view.state(), config.policy};
    Command command;
    command.actor = "cli";
    command.payload = std::move(payload);
    BOOST_OUTCOME_TRY(const Receipt receipt, submit_now(sequencer, std::move(command)));
    if (request.afterwards) {
        BOOST_OUTCOME_TRYV(request.afterwards(sequencer.state()));
    }
    print(options.output, receipt_row(receipt));
    return ExitCode::done;
}

Result<ExitCode> carry_out(const OperatorOptions& options, const Request& request) {
    if (!options.url.empty()) return ask_server(options, options.url, request);
    BOOST_OUTCOME_TRY(const Config config, load_config(options.config_path));
    auto journal = open_existing(options.data, config.sync);
    if (journal) return tell_directory(options, config, std::move(journal).value(), request);
    const auto url = server_url(options.data);
    const bool held = journal.error().code == Errc::unavailable && url.has_value();
    if (!held) return std::move(journal).error();
    return ask_server(options, *url, request);
}

// What is said of an account, or where it is empty of the whole ledger. The arguments outlive the
// request.
template <class Payload>
Result<Request> request_about(const std::string& target, const std::string& account,
                              const std::string& why) {
    BOOST_OUTCOME_TRY(check_why(why));
    Request request;
    request.target = target;
    text::JsonWriter json{request.body};
    json.begin_object();
    if (!account.empty()) json.member("account", account);
    json.member("why", why);
    json.end_object();
    request.payload = [&](const auto& state) -> Result<CommandPayload> {
        BOOST_OUTCOME_TRY(const AccountNumber number, number_of(state, account));
        return CommandPayload{Payload{number, why}};
    };
    return request;
}

}  // namespace

Result<ExitCode> run_halt(const OperatorOptions& options, const std::string& account,
                          const std::string& why) {
    BOOST_OUTCOME_TRY(const Request request, request_about<HaltTrading>("/api/halt", account, why));
    return carry_out(options, request);
}

Result<ExitCode> run_resume(const OperatorOptions& options, const std::string& account,
                            const std::string& why) {
    BOOST_OUTCOME_TRY(const Request request,
                      request_about<ResumeTrading>("/api/resume", account, why));
    return carry_out(options, request);
}

Result<ExitCode> run_erase(const OperatorOptions& options, const std::string& account,
                           const std::string& why) {
    if (account.empty()) return invalid_field("account", "must be named");
    BOOST_OUTCOME_TRY(Request request,
                      request_about<EraseSubject>("/api/subjects/erase", account, why));
    request.afterwards = [&](const replication::State& state) {
        return destroy_erased(state, vault::SubjectKeys{DataPaths{options.data}.subjects()});
    };
    return carry_out(options, request);
}

Result<ExitCode> run_resolve(const OperatorOptions& options, const Resolution& resolution) {
    BOOST_OUTCOME_TRY(check_why(resolution.why));
    BOOST_OUTCOME_TRY(check_intent(resolution.intent));
    if (resolution.found.empty() != resolution.not_placed) {
        return invalid_field("found", "BROKER_ORDER_ID or --not-placed, one of the two");
    }
    Request request;
    request.target = "/api/pending/" + resolution.intent + "/resolve";
    text::JsonWriter json{request.body};
    json.begin_object();
    resolution.not_placed ? json.member_boolean("not_placed", true)
                          : json.member("found", resolution.found);
    json.member("why", resolution.why);
    json.end_object();
    request.payload = [&](const auto& state) -> Result<CommandPayload> {
        BOOST_OUTCOME_TRY(const EventId intent, intent_named(state, resolution.intent));
        return CommandPayload{ResolveIntent{intent, resolution.found, resolution.why}};
    };
    return carry_out(options, request);
}

}  // namespace tools
