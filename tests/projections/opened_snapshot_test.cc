#include "ledger/base/fail_stop.h"
#include "ledger/log/checksum.h"
#include "ledger/replication/order_blocks.h"
#include "projections/snapshot.h"
#include "projections/snapshot_layout.h"
#include "projections/snapshot_writer.h"
#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <sys/wait.h>
#include <unistd.h>

namespace opened_snapshot_test {

using namespace projections;
using namespace projections::test;
using ledger::block_rows;
using ledger::Errc;
using ledger::Event;
using ledger::RowIndex;
using ledger::log::test::ScratchDirectory;

namespace {

// Several blocks of orders: random steps, the same ones each time.
const std::vector<Event>& many_events() {
    static const std::vector<Event> events = [] {
        ledger::test::Steps steps;
        std::uint64_t bits = 1;
        for (int n = 0; n < 900; ++n) {
            bits = bits * 6364136223846793005U + 1442695040888963407U;
            const auto byte = [&](unsigned at) {
                return static_cast<std::uint8_t>(bits >> (32U + 8U * at));
            };
            const bool new_order = n % 2 == 0;
            steps.push_back({new_order ? std::uint8_t{} : byte(0), byte(1), byte(2), byte(3)});
        }
        LiveLedger live;
        live.runs(steps);
        return live.events();
    }();
    return events;
}

// As folded(), from a view that is kept: folding thousands of events takes long.
LedgerView eager_at(std::uint64_t last) {
    constexpr std::uint64_t step = 256;
    static std::vector<LedgerView> kept(1);
    while (kept.size() <= last / step) {
        LedgerView next = kept.back();
        fold(many_events(), kept.size() * step, next);
        kept.push_back(std::move(next));
    }
    LedgerView view = kept[last / step];
    fold(many_events(), last, view);
    return view;
}

std::string snapshot_bytes(const LedgerView& view) {
    std::string bytes;
    const auto put = put_snapshot(view, [&](std::string_view part) -> ledger::Result<void> {
        bytes += part;
        return boost::outcome_v2::success();
    });
    REQUIRE(put.has_value());
    return bytes;
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << bytes;
    REQUIRE(file.flush());
}

LedgerView opened(const std::string& path) {
    return open_snapshot(path, SnapshotCheck::used).value();
}

// What someone may look at before anything else is done with a view.
void look_around(const LedgerView& eager, const LedgerView& lazy) {
    const auto& known = eager.state();
    for (std::size_t looks = any_below(4); looks > 0; --looks) {
        if (known.follower_orders.size() == 0) return;
        const auto row = static_cast<RowIndex>(any_below(known.follower_orders.size()));
        const auto& order = known.follower_orders[row];
        const auto* found = lazy.state().follower_order(order.id);
        RC_ASSERT(found != nullptr);
        RC_ASSERT(found->cum_qty == order.cum_qty);
        RC_ASSERT(found->origin == order.origin);
        const auto& master_order = lazy.state().master_orders[order.master_order];
        RC_ASSERT(master_order.id == known.master_order_of(order).id);
        RC_ASSERT(master_order.copies == known.master_order_of(order).copies);
        auto other = order.id;
        other.bytes.back() ^= std::uint8_t{1};
        RC_ASSERT(lazy.state().follower_order(other) == nullptr);
    }
}

// The orders that something may still come of, at least.
std::vector<ledger::EventId> unsettled_in(const LedgerView& view, std::int64_t since_ns) {
    using ledger::replication::FollowerOrder;
    std::vector<ledger::EventId> found;
    ledger::replication::visit_unsettled(view.state(), since_ns, [&](const FollowerOrder& order) {
        if (ledger::replication::rest_of(order) > since_ns) found.push_back(order.id);
    });
    return found;
}

std::vector<ledger::EventId> unsettled_by_row(const LedgerView& view, std::int64_t since_ns) {
    std::vector<ledger::EventId> found;
    for (const auto& order : view.state().follower_orders) {
        if (ledger::replication::rest_of(order) > since_ns) found.push_back(order.id);
    }
    return found;
}

// How a process of its own ends that does this.
int status_of(const std::function<void()>& task) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        static_cast<void>(::close(STDERR_FILENO));
        task();
        std::_Exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

struct Written {
    Written() : eager(folded(many_events(), many_events().size())), bytes(snapshot_bytes(eager)) {}

    LedgerView eager;
    std::string bytes;
    ScratchDirectory scratch;
    std::string path = scratch.path() + "/written.snapshot";
};

}  // namespace

TEST_CASE("the ledger behind these tests has several blocks of either kind of order",
          "[projections]") {
    const LedgerView view = folded(many_events(), many_events().size());
    CHECK(view.state().follower_orders.blocks() > 2);
    CHECK(view.state().master_orders.blocks() > 1);
}

TEST_CASE("a view that was opened is the one that was written, and goes on as it does",
          "[projections]") {
    const ScratchDirectory scratch;
    const auto& events = many_events();
    rc::prop("from any instant to any later one", [&] {
        const std::uint64_t cut = any_below(events.size() + 1);
        constexpr std::uint64_t further_max = 100;
        const std::uint64_t later =
            std::min<std::uint64_t>(events.size(), cut + any_below(further_max));
        LedgerView eager = eager_at(cut);
        const auto written = write_snapshot(eager, scratch.path());
        RC_ASSERT(written.has_value());
        LedgerView lazy = opened(written.value().path);
        RC_ASSERT(lazy.sequence() == cut);
        for (const std::int64_t ago : {std::int64_t{}, std::int64_t{100'000'000'000}}) {
            const std::int64_t since = eager.state().recorded_at_ns - ago;
            RC_ASSERT(unsettled_in(lazy, since) == unsettled_by_row(eager, since));
        }
        lazy = opened(written.value().path);
        const LedgerView copy = lazy;
        look_around(eager, lazy);
        // Untouched blocks are copied, the others are made again.
        const std::string bytes = bytes_of(eager);
        RC_ASSERT(bytes_of(lazy) == bytes);
        RC_ASSERT(snapshot_bytes(lazy) == snapshot_bytes(eager));

        fold(events, later, lazy);
        RC_ASSERT(bytes_of(copy) == bytes);
        fold(events, later, eager);
        look_around(eager, lazy);
        RC_ASSERT(snapshot_bytes(lazy) == snapshot_bytes(eager));
        if (any_below(16) == 0) RC_ASSERT(shown_by(lazy) == shown_by(eager));
        std::filesystem::remove(written.value().path);
    });
}

TEST_CASE("a view of a view of a snapshot is as good as the first", "[projections]") {
    const ScratchDirectory scratch;
    const auto& events = many_events();
    const std::size_t step = events.size() / 7;
    LedgerView lazy;
    for (std::size_t last = step; last <= events.size(); last += step) {
        fold(events, last, lazy);
        const LedgerView eager = folded(events, last);
        lazy = opened(write_snapshot(lazy, scratch.path()).value().path);
        CHECK(snapshot_bytes(lazy) == snapshot_bytes(eager));
        CHECK(shown_by(lazy) == shown_by(eager));
    }
}

TEST_CASE("the orders of a snapshot stay on disk until they are asked for", "[projections]") {
    const Written written;
    write_file(written.path, written.bytes);
    const LedgerView view = opened(written.path);
    const auto& orders = view.state().follower_orders;
    CHECK(orders.untouched(0));
    CHECK(view.state().master_orders.untouched(0));
    CHECK(view.digests() == written.eager.digests());
    CHECK(orders.untouched(1));
    CHECK(view.state().follower_order(written.eager.state().follower_orders[block_rows].id) ==
          &orders[block_rows]);
    CHECK(orders.untouched(0));
    CHECK_FALSE(orders.untouched(1));
}

TEST_CASE("a snapshot may be removed while a view of it is used", "[projections]") {
    const Written written;
    write_file(written.path, written.bytes);
    const LedgerView view = opened(written.path);
    std::filesystem::remove(written.path);
    CHECK(shown_by(view) == shown_by(written.eager));
}

TEST_CASE("damage anywhere in a snapshot is found before it is used", "[projections]") {
    const Written written;
    REQUIRE(written.bytes.size() > 20'000);
    const std::size_t step = written.bytes.size() / 500;
    for (std::size_t at = 0; at < written.bytes.size(); at += at < 64 ? 1 : step) {
        std::string changed = written.bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
        write_file(written.path, changed);
        const auto view = open_snapshot(written.path, SnapshotCheck::whole);
        REQUIRE_FALSE(view.has_value());
        CHECK(view.error().code == Errc::corrupt);
        CHECK(view.error().detail.find(written.path) != std::string::npos);
    }
}

TEST_CASE("damage that is not looked for changes no answer: it ends the process or does no harm",
          "[projections]") {
    const Written written;
    const auto shown = shown_by(written.eager);
    int ended = 0;
    const std::size_t step = written.bytes.size() / 60;
    for (std::size_t at = 0; at < written.bytes.size(); at += step) {
        std::string changed = written.bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
        write_file(written.path, changed);
        constexpr int refused = 1;
        constexpr int wrong = 2;
        const int status = status_of([&] {
            const auto view = open_snapshot(written.path, SnapshotCheck::used);
            if (!view) std::_Exit(refused);
            if (shown_by(view.value()) != shown) std::_Exit(wrong);
        });
        INFO("byte " << at << " of " << written.bytes.size());
        CHECK((status == 0 || status == refused || status == ledger::corrupt_status));
        if (status == ledger::corrupt_status) ++ended;
    }
    CHECK(ended > 0);
}

TEST_CASE("a file that was cut off while it is used ends the process", "[projections]") {
    const Written written;
    write_file(written.path, written.bytes);
    const LedgerView view = opened(written.path);
    std::filesystem::resize_file(written.path, 100);
    CHECK(status_of([&] { static_cast<void>(shown_by(view)); }) == ledger::corrupt_status);
}

TEST_CASE("what lies beside the canonical bytes must follow from them", "[projections]") {
    const Written written;
    // Someone writes a file as ours, of a view whose orders are not where they should be.
    auto bytes = written.bytes;
    const auto trailer =
        decode_trailer(std::string_view{bytes}.substr(bytes.size() - snapshot_trailer_size));
    const std::size_t contents_at = bytes.size() - snapshot_trailer_size - trailer.contents_size;
    auto contents =
        decode_contents(std::string_view{bytes}.substr(contents_at, trailer.contents_size)).value();
    const auto section = std::ranges::find(contents.sections, "orders", &SnapshotSection::name);
    SnapshotPart& keys = section->blocks->keys;
    // The first two places change their rows.
    std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(keys.offset + 4),
                     bytes.begin() + static_cast<std::ptrdiff_t>(keys.offset + 8),
                     bytes.begin() + static_cast<std::ptrdiff_t>(keys.offset + 12));
    keys.checksum =
        ledger::log::checksum_of(std::string_view{bytes}.substr(keys.offset, keys.size));
    bytes.resize(contents_at);
    const std::string summed = encode(contents);
    bytes += summed + encode(SnapshotTrailer{summed.size(), ledger::log::checksum_of(summed)});
    write_file(written.path, bytes);
    CHECK(open_snapshot(written.path, SnapshotCheck::whole).has_value());
    const auto read = read_snapshot(written.path);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == Errc::corrupt);
}

}  // namespace opened_snapshot_test
