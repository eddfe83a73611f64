// Several clients that each post their share of the requests, one after the other and each until it
// is answered, however often the server dies meanwhile.
#pragma once

#include "tests/processes/http_client.h"
#include "tests/torture/run/request.h"

#include <atomic>
#include <future>
#include <vector>

namespace torture {

class Postmen {
  public:
    // They start at once, each with a copy of the client.
    Postmen(std::uint16_t port, const std::string& token, const std::vector<Request>& requests);
    // Gives up what is not delivered.
    ~Postmen();
    Postmen(const Postmen&) = delete;
    Postmen& operator=(const Postmen&) = delete;

    [[nodiscard]] bool are_done() const;
    // Until all is answered. Throws a Violation for an answer that is no 2xx, or none at all.
    [[nodiscard]] std::vector<Told> await();

  private:
    [[nodiscard]] std::vector<Told> deliver(processes::HttpClient client,
                                            const std::vector<Request>& share) const;
    [[nodiscard]] processes::Answer insist(processes::HttpClient& client,
                                           const Request& request) const;

    std::atomic<bool> given_up_ = false;
    std::vector<std::future<std::vector<Told>>> rounds_;  // of each postman
};

}  // namespace torture
