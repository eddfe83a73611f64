// The thread that answers what takes long: instants of the past, and reports that read the log. The
// live view goes on meanwhile.
#pragma once

#include "ledger/bounded_queue.h"
#include "tools/history.h"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace tools {

class Historian {
  public:
    using Question = std::function<void(History&)>;

    // The journal must outlive this.
    Historian(const ledger::log::Journal& journal, std::string directory);
    ~Historian();  // answers the question under way; the others are dropped
    Historian(const Historian&) = delete;
    Historian& operator=(const Historian&) = delete;

    // From any thread; `question` is called on the historian's. False when too many wait.
    [[nodiscard]] bool ask(Question question);

  private:
    void run();

    History history_;
    std::atomic<bool> stopping_ = false;
    ledger::BoundedQueue<Question> queue_;
    std::thread thread_;
};

}  // namespace tools
