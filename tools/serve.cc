// The composition root: the one place that knows every part by its concrete name.
#include "tools/serve.h"

#include "executors/asio_scheduler.h"
#include "executors/dispatcher.h"
#include "ingest/api.h"
#include "ingest/http/server.h"
#include "ledger/base/kill_point.h"
#include "ledger/log/rocksdb_journal.h"
#include "ledger/sequencer.h"
#include "tools/account_directory.h"
#include "tools/checkpoint_keys.h"
#include "tools/data_directory.h"
#include "tools/erased_keys.h"
#include "tools/gateways.h"
#include "tools/halt.h"
#include "tools/historian.h"
#include "tools/instruments/define_instruments.h"
#include "tools/kill_setting.h"
#include "tools/log_watch.h"
#include "tools/logging.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/projector.h"
#include "tools/query_service.h"
#include "tools/server_file.h"
#include "tools/settings/listen_address.h"
#include "tools/signed_log.h"
#include "tools/snapshot_upkeep.h"
#include "tools/submit_now.h"
#include "tools/system_ports.h"
#include "tools/writer_thread.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

namespace tools {

namespace asio = boost::asio;
using ledger::KillPoint;
using ledger::Result;
using ledger::log::RocksdbJournal;
using projections::LedgerView;

namespace {

std::map<std::string, std::string> adapters_of(const Config& config) {
    std::map<std::string, std::string> adapters;
    for (const auto& [name, broker] : config.brokers) adapters.emplace(name, broker.adapter);
    return adapters;
}

std::vector<ingest::Broker> api_brokers(const Config& config) {
    std::vector<ingest::Broker> brokers;
    for (const auto& [name, broker] : config.brokers) brokers.push_back({name, broker.adapter});
    return brokers;
}

// The shortest of the brokers' intervals serves them all.
std::int64_t poll_interval_ns(const Config& config) {
    std::int64_t shortest_ms = BrokerConfig{}.poll_interval_ms;
    for (const auto& [name, broker] : config.brokers) {
        shortest_ms = std::min(shortest_ms, broker.poll_interval_ms);
    }
    return shortest_ms * 1'000'000;
}

// By what days and sessions are counted; nothing is recorded where that is known.
Result<void> set_calendar(const Config& config, ledger::Sequencer& sequencer) {
    ledger::Command command;
    command.actor = "configuration";
    command.payload = ledger::SetCalendar{config.calendar};
    BOOST_OUTCOME_TRY(submit_now(sequencer, std::move(command)));
    return boost::outcome_v2::success();
}

Result<void> announce_admin_token(ingest::TokenStore& tokens) {
    BOOST_OUTCOME_TRY(const auto path, tokens.ensure_admin_token());
    if (path) log_info("an ADMIN token was written to {}", *path);
    return boost::outcome_v2::success();
}

// Everything that runs on the io_context, and the order in which it stops.
class Running {
  public:
    Running(asio::io_context& context, ingest::http::Server& server,
            executors::Dispatcher& dispatcher)
        : context_(context), server_(server), dispatcher_(dispatcher) {}

    // Takes no more requests, lets the brokers answer those under way, then ends the context's run.
    void stop() {
        if (std::exchange(stopping_, true)) return;
        server_.stop();
        asio::co_spawn(context_, dispatcher_.stop(), [this](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
            context_.stop();
        });
    }

  private:
    asio::io_context& context_;
    ingest::http::Server& server_;
    executors::Dispatcher& dispatcher_;
    bool stopping_ = false;
};

// What stands before anything runs: the log, folded, and the secrets.
struct Foundations {
    std::unique_ptr<RocksdbJournal> journal;
    std::unique_ptr<SignedLog> log;
    std::vector<ledger::proof::VerifierKey> keys;
    LedgerView view;
    ledger::vault::CredentialVault vault;
    ledger::vault::SubjectKeys subjects;
};

Result<Foundations> lay_foundations(const Config& config) {
    const DataPaths paths{config.data};
    BOOST_OUTCOME_TRY(auto journal, open_log_to_write(config.data, config.sync));
    if (!config.sync) {
        log_warning("ledger.sync is false: a power cut loses what was acknowledged");
    }
    ledger::reached(KillPoint::recovery_opened);
    BOOST_OUTCOME_TRY(auto log, SignedLog::open(*journal, paths, config.witness));
    BOOST_OUTCOME_TRYV(check_signed_snapshot(paths, log->signed_states()));
    ProgressBar bar{"folding the log"};
    BOOST_OUTCOME_TRY(LedgerView view,
                      load_and_mend(*journal, paths, config.snapshot_every_events,
                                    [&](auto done, auto total) { bar.update(done, total); }));
    BOOST_OUTCOME_TRY(auto vault,
                      ledger::vault::CredentialVault::open_or_create(paths.vault_key()));
    ledger::vault::SubjectKeys subjects{paths.subjects()};
    BOOST_OUTCOME_TRYV(destroy_erased(view.state(), subjects));
    BOOST_OUTCOME_TRY(auto keys, read_verifiers(paths.checkpoint_keys()));
    return Foundations{std::move(journal), std::move(log),   std::move(keys),
                       std::move(view),    std::move(vault), std::move(subjects)};
}

Result<std::unique_ptr<ingest::http::Server>> listen(asio::io_context& context,
                                                     const Config& config,
                                                     ingest::ApiContext& api) {
    const ledger::Clock& clock = api.clock;
    BOOST_OUTCOME_TRY(const auto address, settings::parse_listen(config.http.listen));
    ingest::http::ServerOptions options;
    options.address = address.host;
    options.port = address.port;
    options.connections_max = config.http.connections_max;
    options.body_bytes_max = config.http.body_bytes_max;
    options.request_id_prefix = fmt::format("{:x}", clock.now_ns());
    return ingest::http::Server::listen(context.get_executor(), options, ingest::make_api(api));
}

// Connections and RocksDB's files share the descriptors; the usual soft limit of 1,024 is too few.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) log_warning("the descriptor limit stays");
}

std::string url_of(const ingest::http::Endpoint& endpoint) {
    const bool v6 = endpoint.address.find(':') != std::string::npos;
    const std::string host = v6 ? "[" + endpoint.address + "]" : endpoint.address;
    return fmt::format("http://{}:{}", host, endpoint.port);
}

void announce(const std::string& url) {
    fmt::print("listening on {}\n", url);
    std::fflush(stdout);
}

}  // namespace

Result<ExitCode> run_serve(const Config& config) {
    start_logging();
    BOOST_OUTCOME_TRY(heed_kill_setting());
    raise_descriptor_limit();
    BOOST_OUTCOME_TRY(Foundations base, lay_foundations(config));
    ledger::reached(KillPoint::recovery_folded);
    const SystemClock clock;
    ledger::Sequencer sequencer{base.log->journal(), clock, base.view.state(), config.policy};
    BOOST_OUTCOME_TRY(set_calendar(config, sequencer));
    BOOST_OUTCOME_TRY(define_instruments(config.instrument_files, sequencer));
    BOOST_OUTCOME_TRYV(base.log->begin_signing(sequencer));
    BOOST_OUTCOME_TRY(fold(*base.journal, base.journal->last_sequence(), base.view));

    asio::io_context context{1};
    Halt halt{context};
    BOOST_OUTCOME_TRY(const Gateways gateways, make_gateways(context, config));
    LiveAccountDirectory directory{
        {base.vault, base.subjects}, adapters_of(config), sequencer.state()};
    directory.tell_of_lost_credentials(sequencer.state());
    executors::AsioScheduler scheduler;
    SystemRandom random;
    executors::DispatcherSettings settings;
    settings.books.poll.interval_ns = poll_interval_ns(config);
    executors::Dispatcher dispatcher{context.get_executor(),
                                     {sequencer, directory, scheduler, random, clock},
                                     gateways.brokers,
                                     settings};
    Projector projector{std::move(base.view),
                        {.snapshot_directory = DataPaths{config.data}.snapshots(),
                         .snapshot_every_events = config.snapshot_every_events,
                         .on_digests = [&](auto sequence, const auto& digests) {
                             base.log->notary().keep(as_states(sequence, digests));
                         }}};
    Historian historian{base.log->journal(), config.data};
    QueryService queries{{projector, historian, base.log->journal(), base.log->journal(), clock,
                          std::ref(halt), base.subjects},
                         config.policy};

    BOOST_OUTCOME_TRY(ingest::TokenStore tokens, ingest::TokenStore::open(config.data, clock));
    BOOST_OUTCOME_TRY(announce_admin_token(tokens));
    ingest::Metrics metrics;
    ingest::ApiContext api{
        .sequencer = sequencer,
        .queries = queries,
        .vault = base.vault,
        .subjects = base.subjects,
        .tokens = tokens,
        .metrics = metrics,
        .clock = clock,
        .brokers = api_brokers(config),
        .default_broker = config.brokers.size() == 1 ? config.brokers.begin()->first : "",
        .version = COPYLEDGER_VERSION,
        .find_master = [&](auto adapter,
                           auto code) { return directory.find_master(adapter, code); },
        .http_counters = {}};
    BOOST_OUTCOME_TRY(const auto server, listen(context, config, api));
    api.http_counters = [&] { return server->counters(); };

    // Observers run on the writer's thread, before any caller is answered.
    sequencer.observe([&](const auto& batch) {
        projector.on_committed(batch);
        metrics.count_events(*batch);
        asio::post(context, [&, batch] {
            directory.apply(*batch);
            dispatcher.on_committed(batch);
        });
    });
    dispatcher.start(sequencer.state());

    Running running{context, *server, dispatcher};
    WriterThread writer{sequencer, *base.journal, std::ref(halt), &base.log->notary()};
    const LogWatch watch{*base.journal, base.log->journal().source(), std::move(base.keys),
                         std::ref(halt)};
    asio::signal_set signals{context, SIGTERM, SIGINT};
    signals.async_wait([&](const auto& error, int) {
        if (!error) running.stop();
    });
    ledger::reached(KillPoint::recovery_dispatched);
    const std::string url = url_of(server->local_endpoint());
    const ServerFile server_file{config.data, url};
    announce(url);
    context.run();
    ledger::reached(KillPoint::stopping);
    writer.stop();
    if (const auto failure = halt.failure()) return *failure;
    base.log->notary().keep(as_states(base.journal->last_sequence(), projector.digests()));
    BOOST_OUTCOME_TRYV(base.log->notary().sign());
    return ExitCode::done;
}

}  // namespace tools
