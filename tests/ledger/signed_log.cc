#include "tests/ledger/signed_log.h"

#include <catch2/catch.hpp>

namespace ledger::test {

proof::SignerKey key_of(std::uint8_t number) {
    return {"example.com/log", proof::SignerKey::Seed{number}};
}

SignedLog::SignedLog()
    : tree_(log::TreeJournal::open(below_, scratch_.path() + "/tree", {}).value()),
      writer_(*tree_, clock_),
      notary_(writer_.sequencer(), *tree_, key_of(1), 0, [this](const std::string& note) {
          notes_.push_back(note);
          return Result<void>{boost::outcome_v2::success()};
      }) {}

void SignedLog::grow(std::uint64_t events) {
    for (std::uint64_t i = 0; i < events; ++i) {
        const std::string code = "M" + std::to_string(tree_->last_sequence());
        REQUIRE(writer_.tells(opens(AccountRole::master, code)));
    }
}

void SignedLog::sign() {
    REQUIRE(notary_.sign());
}

std::vector<std::string> SignedLog::records() const {
    std::vector<std::string> all;
    const auto scanned = below_.scan(1, below_.last_sequence(), [&](auto, std::string_view record) {
        all.emplace_back(record);
        return true;
    });
    REQUIRE(scanned.has_value());
    return all;
}

}  // namespace ledger::test
