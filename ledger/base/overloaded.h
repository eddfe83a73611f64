// std::visit with one lambda per alternative; no catch-all, so a new alternative breaks the build.
#pragma once

namespace ledger {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};

}  // namespace ledger
