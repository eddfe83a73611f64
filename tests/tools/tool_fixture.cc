#include "tests/tools/tool_fixture.h"

#include "tools/data_directory.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <catch2/catch.hpp>
#include <zlib.h>

namespace tools::test {

namespace fs = std::filesystem;
using namespace ledger;

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (fs::temp_directory_path() / "tools_test.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string TemporaryDirectory::file(const std::string& name, std::string_view bytes) const {
    const std::string path = path_ + "/" + name;
    std::ofstream stream{path, std::ios::binary};
    stream << bytes;
    REQUIRE(stream.flush());
    return path;
}

std::string TemporaryDirectory::gzip_file(const std::string& name, std::string_view bytes) const {
    const std::string path = path_ + "/" + name;
    gzFile file = gzopen(path.c_str(), "wb");
    REQUIRE(file != nullptr);
    const int written = gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    CHECK(gzclose(file) == Z_OK);
    REQUIRE(written == static_cast<int>(bytes.size()));
    return path;
}

SampleLedger::SampleLedger(log::Journal& journal) : sequencer_(journal, clock_, {}, {}) {
    const AccountIdentity leads{AccountRole::master, "xts", "M1", "maria"};
    const AccountIdentity follows{AccountRole::follower, "xts", "F1", "fred"};
    tell(OpenAccount{leads, {}});
    tell(OpenAccount{follows, {}});
    SetLink link;
    link.master = master;
    link.follower = follower;
    tell(std::move(link));
}

Receipt SampleLedger::tell(CommandPayload payload) {
    return tell_at(std::move(payload), 0);
}

Receipt SampleLedger::tell_at(CommandPayload payload, std::int64_t occurred_at_ns) {
    constexpr std::chrono::milliseconds at_once{0};
    Command command;
    command.actor = "test";
    command.occurred_at_ns = occurred_at_ns;
    command.payload = std::move(payload);
    std::optional<Result<Receipt>> outcome;
    const bool taken =
        sequencer_.submit(std::move(command), [&](const auto& result) { outcome = result; });
    REQUIRE(taken);
    REQUIRE(sequencer_.run_once(at_once).has_value());
    REQUIRE(outcome.has_value());
    if (!*outcome) FAIL(outcome->error().detail);
    return outcome->value();
}

std::string bytes_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file);
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_bytes(const std::string& path, std::string_view bytes) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

MasterOrderReported SampleLedger::order(const std::string& broker_order_id, std::uint64_t version) {
    MasterOrderReported report;
    report.account = master;
    report.broker_order_id = broker_order_id;
    report.version = {SourceVersion::Kind::sequence, version};
    report.instrument = {Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.type = OrderType::limit;
    report.terms.quantity = Quantity{10};
    report.terms.price = Price{1'015'000};
    report.status = "OPEN";
    report.channel = "test";
    return report;
}

Receipt SampleLedger::tell_order(const std::string& broker_order_id) {
    return tell(ReportMasterOrder{order(broker_order_id, ++told_)});
}

void SampleLedger::tell_accepted(const EventId& intent, const std::string& broker_order_id) {
    const Receipt started = tell(StartAttempt{intent, intent});
    tell(RecordAccepted{started.attempt, broker_order_id});
}

projections::LedgerView view_of(const log::Journal& journal) {
    projections::LedgerView view;
    const auto folded = fold(journal, journal.last_sequence(), view);
    if (!folded) FAIL(folded.error().detail);
    return view;
}

std::optional<std::string> member(const std::string& json, std::string_view name) {
    using Kind = text::JsonValue::Kind;
    const auto parsed = text::parse_json(json);
    if (!parsed) FAIL(parsed.error().detail << ": " << json);
    const text::JsonValue* found = parsed.value().find(name);
    if (found == nullptr || !(found->is(Kind::string) || found->is(Kind::number))) return {};
    return found->text();
}

}  // namespace tools::test
