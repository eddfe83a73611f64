#include "ingest/http/connections.h"

#include "ingest/http/session.h"
#include "ledger/base/assert.h"

namespace ingest::http {

Connections::Connections(std::chrono::milliseconds sweep_period) : sweep_period_(sweep_period) {
    LEDGER_ASSERT(sweep_period_.count() > 0);
}

Connections::Ticks Connections::deadline_after(std::chrono::milliseconds timeout) const {
    // One more than the whole periods in it, because the present one has partly passed already.
    const auto periods = (timeout + sweep_period_ - std::chrono::milliseconds(1)) / sweep_period_;
    return now_ + static_cast<Ticks>(periods) + 1;
}

Connections::Place Connections::add(Session& session) {
    return serving_.insert(serving_.end(), Entry{&session, false});
}

std::list<Connections::Entry>& Connections::list_of(Place place) {
    return place->waits ? waiting_ : serving_;
}

void Connections::remove(Place place) {
    list_of(place).erase(place);
}

void Connections::waits_for_client(Place place) {
    waiting_.splice(waiting_.end(), list_of(place), place);
    place->waits = true;
}

void Connections::serves(Place place) {
    serving_.splice(serving_.end(), list_of(place), place);
    place->waits = false;
}

std::size_t Connections::sweep() {
    ++now_;
    std::size_t expired = 0;
    for (const auto* entries : {&waiting_, &serving_}) {
        for (const Entry& entry : *entries) {
            if (!entry.session->is_due(now_)) continue;
            entry.session->expire();
            ++expired;
        }
    }
    return expired;
}

bool Connections::displace_longest_waiting() {
    if (waiting_.empty()) return false;
    waiting_.front().session->displace();
    waiting_.pop_front();
    return true;
}

void Connections::close_idle() {
    for (const Entry& entry : waiting_) {
        if (entry.session->is_idle()) entry.session->close();
    }
}

void Connections::close_all() {
    for (const Entry& entry : waiting_) entry.session->close();
    for (const Entry& entry : serving_) entry.session->close();
}

}  // namespace ingest::http
