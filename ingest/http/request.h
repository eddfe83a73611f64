// A request as a handler sees it: whole, decoded and within the server's limits.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ingest::http {

using NamedValue = std::pair<std::string, std::string>;

// Equality of ASCII text without regard to case, as HTTP compares names and tokens.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

// Header fields in the order received, in one piece of memory that is kept from request to request.
class Headers {
  public:
    void add(std::string_view name, std::string_view value);
    void clear();

    // The value of the first field of that name. Valid until the next add() or clear().
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;

  private:
    struct Field {
        std::size_t begin;
        std::size_t name_bytes;
        std::size_t value_bytes;
    };

    [[nodiscard]] bool is_named(const Field& field, std::string_view name) const;

    std::string text_;
    std::vector<Field> fields_;
};

struct Request {
    // With constructors this is no aggregate: g++ 12 destroys braced aggregates in co_await twice.
    Request() = default;

    std::string method;
    std::string path;  // percent-decoded, without the query
    std::vector<std::string>
        segments;                   // of the path, each decoded by itself; no trailing empty one
    std::vector<NamedValue> query;  // decoded, '+' is a blank; in the order sent
    std::vector<NamedValue> path_params;  // what the route's {names} stand for
    std::string_view route;  // the route's pattern, empty where none matched; the router keeps it
    Headers headers;
    std::string body;
    std::string peer_address;  // of the TCP peer, without its port
    std::string request_id;

    // The first query parameter of that name, or nullptr.
    [[nodiscard]] const std::string* query_param(std::string_view name) const;
    // What the route's {name} stands for; the route must have it.
    [[nodiscard]] const std::string& path_param(std::string_view name) const;

    // Memory is kept unless the body was large.
    void clear();
};

}  // namespace ingest::http
