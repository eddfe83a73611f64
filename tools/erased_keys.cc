#include "tools/erased_keys.h"

#include <variant>

namespace tools {

using ledger::Result;
using ledger::vault::Subject;

Result<void> destroy_erased(const ledger::replication::State& state,
                            const ledger::vault::SubjectKeys& keys) {
    for (const auto& account : state.accounts) {
        const Subject present{ledger::account_id(account.identity), account.erasures};
        BOOST_OUTCOME_TRYV(keys.destroy_former(present));
    }
    return boost::outcome_v2::success();
}

void SubjectsInUse::apply(const ledger::Event& event) {
    if (const auto* opened = std::get_if<ledger::AccountOpened>(&event.payload)) {
        subjects_[opened->account].account = ledger::account_id(opened->identity);
    } else if (const auto* erased = std::get_if<ledger::SubjectErased>(&event.payload)) {
        ++subjects_[erased->account].erasures;
    }
}

std::vector<std::string> SubjectsInUse::names() const {
    std::vector<std::string> names;
    for (const auto& [account, subject] : subjects_) names.push_back(to_text(subject));
    return names;
}

}  // namespace tools
