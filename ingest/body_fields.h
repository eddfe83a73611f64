// Typed fields of a JSON body. Every error names the field and never repeats what was in it, which
// may be a secret. A null is an absent field; fields that nobody asks for are ignored.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/money.h"
#include "ledger/text/json_value.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ingest {

inline constexpr std::size_t code_bytes_max = 64;   // order ids, account codes, symbols
inline constexpr std::size_t name_bytes_max = 128;  // names and addresses of people
inline constexpr std::uint32_t bps_max = 10'000;

class BodyFields {
  public:
    template <class T>
    using Field = ledger::Result<std::optional<T>>;

    // Requires that `body` is an object, which must outlive this.
    explicit BodyFields(const ledger::text::JsonValue& body);

    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

    // That JSON's null stands there, where that has a meaning of its own.
    [[nodiscard]] bool is_null(std::string_view name) const;
    // Of several names for one field the one that was used, the first where none was. invalid_input
    // naming the second of two.
    [[nodiscard]] ledger::Result<std::string_view> one_of(
        std::initializer_list<std::string_view> names) const;

    // Not empty, at most `bytes_max` long, without control characters.
    [[nodiscard]] Field<std::string> text(std::string_view name,
                                          std::size_t bytes_max = name_bytes_max) const;
    // A text, or an integer as the text it is: some sources write codes as numbers.
    [[nodiscard]] Field<std::string> code(std::string_view name) const;
    // Numbers and prices may be written as JSON numbers or as strings that hold one; exact.
    [[nodiscard]] Field<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] Field<ledger::Price> price(std::string_view name) const;
    // Neither is negative; whether it may be zero is the caller's to say.
    [[nodiscard]] Field<ledger::Money> money(std::string_view name) const;
    [[nodiscard]] Field<std::uint32_t> count(std::string_view name) const;
    // Positive.
    [[nodiscard]] Field<ledger::Quantity> quantity(std::string_view name) const;
    // A percentage with at most two decimals, in 1/10,000; at most 100 %.
    [[nodiscard]] Field<std::uint32_t> percent_as_bps(std::string_view name) const;
    // Rounded to the scale of prices: a quotient may have any number of decimals.
    [[nodiscard]] Field<ledger::Price> average_price(std::string_view name) const;
    // Positive.
    [[nodiscard]] Field<ledger::Ratio> ratio(std::string_view name) const;
    [[nodiscard]] Field<bool> boolean(std::string_view name) const;
    // The object's members; nothing where there is none.
    [[nodiscard]] Field<const ledger::text::JsonValue*> object(std::string_view name) const;
    // The array's items, at most `items_max`; nothing where there is none.
    [[nodiscard]] Field<const ledger::text::JsonValue*> array(std::string_view name,
                                                              std::size_t items_max) const;
    // That it is a number, for fields whose value plays no part.
    [[nodiscard]] ledger::Result<void> check_number(std::string_view name) const;

    // A word that `parse` knows; `choices` is for the person who sent another one.
    template <class T>
    [[nodiscard]] Field<T> word(std::string_view name, std::optional<T> (*parse)(std::string_view),
                                std::string_view choices) const {
        BOOST_OUTCOME_TRY(const auto given, text(name, code_bytes_max));
        if (!given) return std::optional<T>{};
        std::optional<T> value = parse(*given);
        if (!value) return not_a_choice(name, choices);
        return value;
    }

  private:
    // Null where the member is absent or JSON's null.
    [[nodiscard]] const ledger::text::JsonValue* find(std::string_view name) const;
    [[nodiscard]] Field<std::string> number_text(std::string_view name) const;
    static ledger::Error not_a_choice(std::string_view name, std::string_view choices);

    const ledger::text::JsonValue& body_;
};

template <class T>
[[nodiscard]] ledger::Result<T> required(std::string_view name, BodyFields::Field<T> field) {
    BOOST_OUTCOME_TRY(std::optional<T> value, std::move(field));
    if (!value) return ledger::invalid_field(std::string{name}, "is required");
    return std::move(*value);
}

// invalid_input naming a member that is not among `known`: for bodies of which nothing may be
// ignored. Requires that `body` is an object.
[[nodiscard]] ledger::Result<void> refuse_unknown(const ledger::text::JsonValue& body,
                                                  std::span<const std::string_view> known);

// Without control characters (C0, DEL and C1, which steer a terminal).
[[nodiscard]] bool is_printable(std::string_view utf8);

}  // namespace ingest
