#include "tests/fuzz/snapshot_seeds.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/random.h"
#include "tests/projections/live_ledger.h"

#include <cstdint>
#include <utility>

namespace fuzz {

namespace {

using projections::LedgerView;

std::string bytes_of(const LedgerView& view) {
    ledger::ByteWriter out;
    for (const std::string_view name : LedgerView::projection_names()) {
        out.text(view.serialize(name));
    }
    return std::move(out.bytes());
}

ledger::test::Steps steps_of(std::uint64_t seed, std::size_t count) {
    ledger::SeededRandom random{seed};
    ledger::test::Steps steps(count);
    for (ledger::test::Step& step : steps) {
        for (std::uint8_t& number : step) number = static_cast<std::uint8_t>(random.next());
    }
    return steps;
}

}  // namespace

std::vector<Seed> snapshot_seeds() {
    std::vector<Seed> seeds{{"empty", bytes_of(LedgerView{})}};
    for (const auto& [name, count] : {std::pair{"opened", 0}, {"young", 8}, {"lived", 40}}) {
        projections::test::LiveLedger live;
        live.runs(steps_of(1, static_cast<std::size_t>(count)));
        seeds.push_back({name, bytes_of(live.view())});
    }
    return seeds;
}

}  // namespace fuzz
