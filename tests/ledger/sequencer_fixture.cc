#include "tests/ledger/sequencer_fixture.h"

#include "ledger/log/memory_journal.h"
#include "ledger/log/record_codec.h"
#include "ledger/replication/evolve.h"
#include "ledger/replication/state_codec.h"

#include <chrono>
#include <utility>

#include <catch2/catch.hpp>

namespace ledger::test {

// ---- storage

Storage::Storage(Kind kind) {
    if (kind == Kind::memory) {
        journal_ = std::make_unique<log::MemoryJournal>();
    } else {
        journal_ = log::test::writer_of(directory_.emplace().data());
    }
}

void Storage::reopen() {
    if (!directory_) return;
    journal_.reset();
    journal_ = log::test::writer_of(directory_->data());
}

void with_each_storage(const std::function<void(Storage&)>& test) {
    SECTION("in memory") {
        Storage storage{Storage::Kind::memory};
        test(storage);
    }
    SECTION("on RocksDB") {
        Storage storage{Storage::Kind::rocksdb};
        test(storage);
    }
}

Result<void> WatchedJournal::append(std::span<const log::JournalEntry> batch) {
    appends_.push_back(batch.size());
    BOOST_OUTCOME_TRYV(below_.append(batch));
    if (lose_next_answer_) return Error{Errc::storage_failed, "Input/output error", {}};
    return boost::outcome_v2::success();
}

log::SequenceNumber WatchedJournal::last_sequence() const {
    return below_.last_sequence();
}

Result<std::optional<log::SequenceNumber>> WatchedJournal::find(const EventId& id) const {
    return below_.find(id);
}

Result<std::string> WatchedJournal::read(log::SequenceNumber sequence) const {
    return below_.read(sequence);
}

Result<void> WatchedJournal::scan(log::SequenceNumber first, log::SequenceNumber last,
                                  const Visit& visit) const {
    return below_.scan(first, last, visit);
}

Result<std::vector<log::SequenceNumber>> WatchedJournal::entity_sequences(
    log::EntityKey entity, log::SequenceNumber first, std::size_t count_max) const {
    return below_.entity_sequences(entity, first, count_max);
}

std::vector<Event> events_of(const log::Journal& journal) {
    std::vector<Event> events;
    const auto scanned =
        journal.scan(1, journal.last_sequence(), [&](log::SequenceNumber, std::string_view record) {
            auto event = log::decode_record(record);
            if (!event) FAIL(event.error().detail);
            events.push_back(std::move(event).value());
            return true;
        });
    if (!scanned) FAIL(scanned.error().detail);
    return events;
}

replication::State folded(const log::Journal& journal) {
    replication::State state;
    for (const Event& event : events_of(journal)) replication::evolve(state, event);
    return state;
}

std::string bytes_of(const replication::State& state) {
    ByteWriter out;
    out.integer(state.sequence);
    out.integer(state.recorded_at_ns);
    for (const auto section : replication::sections) replication::serialize(state, section, out);
    return std::move(out.bytes());
}

// ---- the writer

Writer::Writer(log::Journal& journal, const Clock& clock, SequencerLimits limits)
    : sequencer_(journal, clock, folded(journal), {}, limits) {
    sequencer_.observe([this](const Sequencer::EventBatch& batch) {
        observed_.push_back(batch);
        answered_before_.push_back(answered_);
    });
}

std::size_t Writer::asks(Command command) {
    const std::size_t number = answers_.size();
    answers_.emplace_back();
    const bool taken =
        sequencer_.submit(std::move(command), [this, number](const Result<Receipt>& answer) {
            CHECK_FALSE(answers_[number].has_value());
            answers_[number] = answer;
            ++answered_;
        });
    REQUIRE(taken);
    return number;
}

Result<bool> Writer::turn() {
    return sequencer_.run_once(std::chrono::milliseconds{0});
}

Result<Receipt> Writer::tells(Command command) {
    const std::size_t number = asks(std::move(command));
    const auto turned = turn();
    if (!turned) return turned.error();
    REQUIRE(answer(number).has_value());
    return *answer(number);
}

// ---- commands

Command command_of(CommandPayload payload) {
    Command command;
    command.actor = "test";
    command.payload = std::move(payload);
    return command;
}

Command opens(AccountRole role, const std::string& code) {
    AccountIdentity identity{role, "blaze", code, code};
    return command_of(OpenAccount{std::move(identity), {}});
}

Command reports(const MasterSays& says) {
    MasterOrderReported report;
    report.account = AccountNumber{1};
    report.broker_order_id = says.order;
    report.type = says.type;
    if (says.version != 0) report.version = {SourceVersion::Kind::time, says.version};
    report.instrument = {Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.quantity = Quantity{says.quantity};
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.average};
    report.channel = "webhook/blaze";
    Command command = command_of(ReportMasterOrder{std::move(report)});
    command.request_digest = says.digest;
    return command;
}

void opens_fleet(Writer& writer, std::uint32_t followers) {
    const AccountNumber master{1};
    REQUIRE(writer.tells(opens(AccountRole::master, "MASTER")));
    for (std::uint32_t number = 2; number < 2 + followers; ++number) {
        REQUIRE(writer.tells(opens(AccountRole::follower, "F-" + std::to_string(number))));
        SetLink link;
        link.master = master;
        link.follower = AccountNumber{number};
        REQUIRE(writer.tells(command_of(link)));
    }
}

}  // namespace ledger::test
