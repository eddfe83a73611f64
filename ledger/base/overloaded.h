// std::visit with one lambda per alternative; no catch-all, so a new alternative breaks the build.
#pragma once

namespace ledger {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};

// For clang before 17, which lacks the deduction of aggregates.
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace ledger
