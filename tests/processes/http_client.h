// A blocking HTTP client on a raw socket. It outlives the server: a refused or cut connection is an
// answer of status 0, and the next call connects again.
#pragma once

#include "ledger/text/json_value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace processes {

// One TCP connection to this machine; not open where nobody listens.
class Connection {
  public:
    Connection() = default;
    explicit Connection(std::uint16_t port);
    ~Connection();
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool is_open() const { return socket_ >= 0; }

    // Whether all of it was taken.
    [[nodiscard]] bool send(std::string_view bytes) const;
    // Appends what has come; false at the end of the connection.
    [[nodiscard]] bool receive_more(std::string& bytes) const;

  private:
    int socket_ = -1;
};

struct Answer {
    int status = 0;  // 0: there was none
    std::string head;
    std::string body;

    // Null where the body is not JSON.
    [[nodiscard]] ledger::text::JsonValue json() const;
    // That member of the body as text, numbers and booleans as they stand; "" where there is none.
    [[nodiscard]] std::string member(std::string_view name) const;
};

class HttpClient {
  public:
    // Without a token where it is empty.
    HttpClient(std::uint16_t port, std::string token) : port_(port), token_(std::move(token)) {}

    Answer get(std::string_view target) { return call("GET", target); }

    Answer post(std::string_view target, std::string_view body) {
        return call("POST", target, body);
    }

    // Under an Idempotency-Key where there is one.
    Answer call(std::string_view method, std::string_view target, std::string_view body = {},
                std::string_view key = {});
    // Again and again until there is an answer, as a broker's webhooks are. Throws when patience
    // is over.
    Answer post_until_answered(std::string_view target, std::string_view body);

  private:
    [[nodiscard]] Answer receive();

    std::uint16_t port_;
    std::string token_;
    Connection connection_;
};

// A member of an object as text; "" where there is none.
[[nodiscard]] std::string member_of(const ledger::text::JsonValue& object, std::string_view name);

}  // namespace processes
