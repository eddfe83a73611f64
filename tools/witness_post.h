// A witness that is a URL: each checkpoint is posted there, on a thread of its own.
#pragma once

#include "ledger/bounded_queue.h"

#include <deque>
#include <string>
#include <thread>

namespace tools {

class WitnessPost {
  public:
    // Requires a URL that parse_base_url() takes.
    explicit WitnessPost(std::string url);
    ~WitnessPost();  // tries once more to post what waits
    WitnessPost(const WitnessPost&) = delete;
    WitnessPost& operator=(const WitnessPost&) = delete;

    // Never waits. A note that the witness does not take (any answer but 2xx) is posted again every
    // second, before those after it; of more than some thousands the oldest are given up: each
    // later checkpoint is consistent with them. Failures are told of in the program's log, once
    // until one succeeds.
    void tell(std::string note);

  private:
    void run();
    void post_waiting();

    const std::string url_;
    ledger::BoundedQueue<std::string> queue_;
    std::deque<std::string> waiting_;
    bool fails_ = false;
    std::thread thread_;
};

}  // namespace tools
