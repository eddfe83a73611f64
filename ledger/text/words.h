// Enumerations and the words that stand for them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

template <class Value>
struct Word {
    std::string_view text;
    Value value;
};

[[nodiscard]] constexpr char upper_case(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

[[nodiscard]] inline std::string upper_case(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = upper_case(c);
    return out;
}

[[nodiscard]] inline bool same_in_any_case(std::string_view a, std::string_view b) {
    constexpr auto upper = [](char c) { return upper_case(c); };
    return std::ranges::equal(a, b, {}, upper, upper);
}

// In any case of letters.
template <class Value, std::size_t size>
[[nodiscard]] std::optional<Value> find_word(const std::array<Word<Value>, size>& words,
                                             std::string_view text) {
    const std::string wanted = upper_case(text);
    const auto found = std::ranges::find_if(
        words, [&](const Word<Value>& word) { return upper_case(word.text) == wanted; });
    return found == words.end() ? std::nullopt : std::optional{found->value};
}

// The first word of a value; "?" for one that has none.
template <class Value, std::size_t size>
[[nodiscard]] constexpr std::string_view word_of(const std::array<Word<Value>, size>& words,
                                                 Value value) {
    const auto found = std::ranges::find(words, value, &Word<Value>::value);
    return found == words.end() ? "?" : found->text;
}

}  // namespace ledger
