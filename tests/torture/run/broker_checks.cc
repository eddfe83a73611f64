#include "tests/torture/run/broker_checks.h"

#include "tests/torture/run/request.h"

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

namespace torture {

using ledger::text::JsonValue;
using processes::member_of;
using processes::Stage;

namespace {

bool is_over(std::string_view status) {
    constexpr std::array<std::string_view, 6> ends{"FILLED",  "CANCELED",   "REJECTED",
                                                   "EXPIRED", "NOT_PLACED", "WITHDRAWN"};
    return std::ranges::find(ends, status) != ends.end();
}

std::string last_words(const Stage& stage) {
    constexpr std::size_t shown = 2'000;
    const auto witness = stage.cli({"witness", stage.broker_journal_path()});
    const auto pending = stage.cli({"pending"});
    return witness.output.substr(0, shown) + witness.error + pending.output.substr(0, shown);
}

}  // namespace

void await_agreement(const Stage& stage, std::chrono::seconds limit) {
    const auto agree = [&] {
        return stage.cli({"witness", stage.broker_journal_path()}).exit.code == 0;
    };
    try {
        stage.await_quiescence(limit);
        processes::await("agreement of the broker's journal and the ledger", agree, limit);
    } catch (const std::exception& error) {
        throw Violation{std::string{error.what()} + "\n" + last_words(stage)};
    }
}

std::size_t check_no_double(const Stage& stage) {
    std::set<std::string> accepted;
    for (const JsonValue& line : stage.broker_journal("accepted")) {
        const std::string reference = member_of(line, "orderUniqueIdentifier");
        if (!accepted.insert(reference).second) {
            throw Violation{"double: the broker accepted reference " + reference + " twice"};
        }
    }
    return accepted.size();
}

void check_copies(const Stage& stage, const std::set<std::string>& canceled) {
    std::set<std::string> at_work;
    for (const JsonValue& row : stage.rows({"mappings"})) {
        if (member_of(row, "purpose") != "COPY" || is_over(member_of(row, "status"))) continue;
        const std::string master_order = member_of(row, "master_broker_order_id");
        const std::string copy = "the copy of " + master_order + " for " +
                                 member_of(row, "follower") + " (" + member_of(row, "cl_ord_id") +
                                 ")";
        if (canceled.contains(master_order)) {
            throw Violation{"a cancel did not reach " + copy + ": " + member_of(row, "status")};
        }
        const std::string slice =
            master_order + "/" + member_of(row, "follower") + "/" + member_of(row, "slice");
        if (!at_work.insert(slice).second) throw Violation{"double: " + copy + " is the second"};
    }
}

}  // namespace torture
