// A simulator on a thread and a port of its own, and a client that speaks to it in raw bytes.
#pragma once

#include "ledger/text/json_value.h"
#include "tools/brokersim/brokersim.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include <boost/asio/io_context.hpp>

namespace tools::brokersim {

class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    [[nodiscard]] std::string file(std::string_view name) const;

  private:
    std::filesystem::path path_;
};

// Tests end with std::abort instead of waiting for ever when the simulator falls silent.
inline constexpr int client_timeout_s = 60;

struct Answer {
    int status = 0;  // 0: the connection closed before a status line
    std::string body;
    bool whole = false;  // as many bytes of body as the head promised

    [[nodiscard]] ledger::text::JsonValue json() const;
};

// One keep-alive connection.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient();

    void send(std::string_view bytes) const;
    [[nodiscard]] Answer receive() const;

  private:
    int descriptor_;
};

struct Call {
    std::string method;
    std::string target;
    std::string body;
    std::string token;
};

[[nodiscard]] std::string request_text(const Call& call);
// The number after the last colon.
[[nodiscard]] std::uint16_t port_of(const std::string& url);
// A connection for one request.
[[nodiscard]] Answer exchange(std::uint16_t port, const Call& call);
[[nodiscard]] std::string log_in(std::uint16_t port, const std::string& app_key);

// The body recorded from the broker's Node client, with another reference.
[[nodiscard]] std::string recorded_place(std::string_view reference);

class RunningSim {
  public:
    explicit RunningSim(const SimConfig& config);
    RunningSim(const RunningSim&) = delete;
    RunningSim& operator=(const RunningSim&) = delete;
    ~RunningSim();

    [[nodiscard]] std::uint16_t port() const { return port_; }

    [[nodiscard]] const std::string& token() const { return token_; }

    // With the token of the client TEST.
    [[nodiscard]] Answer call(std::string_view method, std::string_view target,
                              std::string body = {}) const;
    [[nodiscard]] Answer place(std::string_view reference) const;
    // What GET /sim/accepted tells of the order with that reference; null where there is none.
    [[nodiscard]] ledger::text::JsonValue accepted(std::string_view reference) const;

  private:
    boost::asio::io_context context_{1};
    std::unique_ptr<Brokersim> sim_;
    std::uint16_t port_ = 0;
    std::thread thread_;
    std::string token_;
};

// Without a journal, on any port.
[[nodiscard]] SimConfig quiet_config();

// The member `name`, which must be there.
[[nodiscard]] const std::string& text_at(const ledger::text::JsonValue& value,
                                         std::string_view name);

// The AppOrderID of an order that was taken.
[[nodiscard]] std::string id_of(const Answer& placed);

void check_error(const Answer& answer, int status, const std::string& code);

}  // namespace tools::brokersim
