// A row of a view as named cells, before anyone chose JSON, CSV or a table for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace projections {

struct Cell {
    enum class Kind {
        text,     // also 64-bit integers and decimals, which JSON gives as strings
        count,    // a small number
        boolean,  // "true" or "false"
    };

    std::string_view name;  // a literal
    std::string text;
    Kind kind = Kind::text;

    friend bool operator==(const Cell&, const Cell&) = default;
};

class Row {
  public:
    Row& text(std::string_view name, std::string_view value) {
        return add(name, std::string{value}, Cell::Kind::text);
    }

    Row& integer(std::string_view name, std::int64_t value) {
        return add(name, std::to_string(value), Cell::Kind::text);
    }

    Row& count(std::string_view name, std::uint64_t value) {
        return add(name, std::to_string(value), Cell::Kind::count);
    }

    Row& boolean(std::string_view name, bool value) {
        return add(name, value ? "true" : "false", Cell::Kind::boolean);
    }

    Row& add(Cell cell) {
        cells_.push_back(std::move(cell));
        return *this;
    }

    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }

  private:
    Row& add(std::string_view name, std::string value, Cell::Kind kind) {
        cells_.push_back({name, std::move(value), kind});
        return *this;
    }

    std::vector<Cell> cells_;
};

}  // namespace projections
