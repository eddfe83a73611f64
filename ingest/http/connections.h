// The open sessions of a server, and the coarse time their deadlines are kept in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>

namespace ingest::http {

class Session;

// Time is counted in sweeps, so that a deadline costs neither a timer nor a look at the clock.
class Connections {
  public:
    using Ticks = std::uint64_t;

    struct Entry {
        Session* session;
        bool waits;  // which of the two lists it is in
    };

    using Place = std::list<Entry>::iterator;

    explicit Connections(std::chrono::milliseconds sweep_period);

    // The tick at which the timeout has passed for certain.
    [[nodiscard]] Ticks deadline_after(std::chrono::milliseconds timeout) const;

    [[nodiscard]] Ticks now() const { return now_; }

    // Sessions add and remove themselves, unless they were displaced.
    [[nodiscard]] Place add(Session& session);
    void remove(Place place);
    // Puts the session behind all others that wait for their client.
    void waits_for_client(Place place);
    void serves(Place place);

    [[nodiscard]] std::size_t size() const { return waiting_.size() + serving_.size(); }

    // Counts a tick and ends the waits whose deadline has come; how many these were.
    [[nodiscard]] std::size_t sweep();
    // Ends the session that has waited for its client for longest; false when none waits.
    [[nodiscard]] bool displace_longest_waiting();
    void close_idle();
    void close_all();

  private:
    [[nodiscard]] std::list<Entry>& list_of(Place place);

    std::chrono::milliseconds sweep_period_;
    Ticks now_ = 0;
    std::list<Entry> waiting_;  // the longest waiting first
    std::list<Entry> serving_;
};

}  // namespace ingest::http
