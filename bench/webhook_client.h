// One connection that posts webhooks, and the request that it patches.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

class WebhookClient {
  public:
    [[nodiscard]] static ledger::Result<WebhookClient> connect(std::uint16_t port,
                                                               std::string_view token,
                                                               std::string_view account_id);

    WebhookClient(ledger::UniqueFd socket, std::string request);

    [[nodiscard]] int socket() const { return socket_.get(); }

    // A new LIMIT order of this number. Waits only where the kernel's buffer is full.
    [[nodiscard]] ledger::Result<void> send(std::uint64_t order);

    [[nodiscard]] std::int64_t sent_ns() const { return sent_ns_; }

    // Reads what is there. True once the answer is whole; an error where it is no 200.
    [[nodiscard]] ledger::Result<bool> receive();

  private:
    [[nodiscard]] std::size_t answer_bytes() const;

    ledger::UniqueFd socket_;
    std::string request_;
    std::size_t order_at_;  // where the order's number stands in it
    std::int64_t sent_ns_ = 0;
    std::array<char, 4096> answer_{};
    std::size_t received_ = 0;
};

struct HttpPost {
    std::uint16_t port = 0;
    std::string token;
    std::string path;
    std::string body;
};

// One request on a connection of its own; fails where the answer is no 2xx.
[[nodiscard]] ledger::Result<void> post(const HttpPost& request);

}  // namespace bench
