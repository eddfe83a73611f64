#include "tests/ledger/any_event.h"

#include "tests/ledger/model_drawer.h"

#include <algorithm>
#include <utility>

namespace ledger::log {
namespace {

class EventDrawer : public ModelDrawer {
  public:
    void draw(AccountOpened& e) {
        auto& [account, identity, profile] = e;
        all(account, identity, profile);
    }

    void draw(AccountChanged& e) { draw_two(e); }

    void draw(AccountClosed& e) {
        auto& [account] = e;
        all(account);
    }

    void draw(LinkSet& e) {
        auto& [master, follower, terms] = e;
        all(master, follower, terms);
    }

    void draw(LinkRemoved& e) { draw_two(e); }

    void draw(InstrumentDefined& e) { draw_two(e); }

    void draw(MasterOrderReported& e) {
        auto& [account, id, type, version, instrument, terms, cum, avg, qty, value, status,
               channel] = e;
        all(account, id, type, version, instrument, terms, cum, avg, qty, value, status, channel);
    }

    void draw(ConflictRecorded& e) {
        auto& [existing, content_digest, what] = e;
        all(existing, content_digest, what);
    }

    void draw(FollowerOrderIntended& e) {
        auto& [master_order, master, follower, slice, terms, figures, purpose, instrument] = e;
        all(master_order, master, follower, slice, terms, figures, purpose, instrument);
    }

    void draw(FollowerOrderSkipped& e) {
        auto& [master_order, master, follower, action, reason, figures] = e;
        all(master_order, master, follower, action, reason, figures);
    }

    void draw(FollowerModifyIntended& e) { draw_new_terms(e); }

    void draw(UnsentOrderAmended& e) { draw_new_terms(e); }

    void draw(FollowerCancelIntended& e) { draw_end(e); }

    void draw(UnsentOrderWithdrawn& e) { draw_end(e); }

    void draw(IntentSuperseded& e) {
        auto& [order, follower, intent, because] = e;
        all(order, follower, intent, because);
        same_or_other(intent, order);
    }

    void draw(AttemptStarted& e) { draw_two(e); }

    void draw(AttemptAccepted& e) {
        auto& [ref, broker_order_id, recovered] = e;
        all(ref, broker_order_id, recovered);
    }

    void draw(AttemptRejected& e) {
        auto& [ref, code, text, retryable] = e;
        all(ref, code, text, retryable);
    }

    void draw(AttemptUnknown& e) { draw_two(e); }

    void draw(AttemptNotPlaced& e) {
        auto& [ref, book_reads, window_ms] = e;
        all(ref, book_reads, window_ms);
    }

    void draw(IntentExpired& e) {
        auto& [order, follower, intent, age_ms] = e;
        all(order, follower, intent, age_ms);
        same_or_other(intent, order);
    }

    void draw(IntentParked& e) { draw_two(e); }

    void draw(IntentResolved& e) {
        auto& [ref, broker_order_id, why] = e;
        all(ref, broker_order_id, why);
    }

    void draw(FollowerOrderReported& e) {
        auto& [order, follower, id, status, qty, price, trigger, cum, avg, last, value, at, text] =
            e;
        all(order, follower, id, status, qty, price, trigger, cum, avg, last, value, at, text);
    }

    void draw(AnomalyRecorded& e) {
        auto& [kind, account, order, broker_order_id, text] = e;
        all(kind, account, order, broker_order_id, text);
    }

    void draw(RiskLimitsSet& e) { draw_two(e); }

    void draw(ConsentRecorded& e) {
        auto& [account, accepted, text_version, address, user_agent] = e;
        all(account, accepted, text_version, address, user_agent);
    }

    void draw(FundsReported& e) {
        auto& [account, equity, capital] = e;
        all(account, equity, capital);
    }

    void draw(TradingHalted& e) { draw_two(e); }

    void draw(TradingResumed& e) { draw_two(e); }

    void draw(ExitRequested& e) {
        auto& [master, master_order, scope] = e;
        all(master, master_order, scope);
    }

    void draw(CalendarSet& e) {
        auto& [calendar] = e;
        all(calendar);
    }

    void draw(RequestAnswered& e) {
        auto& [account] = e;
        all(account);
    }

    void draw(CheckpointSigned& e) {
        auto& [note] = e;
        all(note);
    }

    void draw(SubjectErased& e) { draw_two(e); }

    void draw(RecordsArchived& e) {
        auto& [through, records, root] = e;
        all(through, records, root);
        records = std::max<std::uint64_t>(records, 1);
        through = std::clamp<std::uint64_t>(through, 1, records);
    }

  private:
    template <class Kind>
    void draw_end(Kind& e) {
        auto& [order, follower, because] = e;
        all(order, follower, because);
        same_or_other(because, SkipReason::none);
    }

    template <class Kind>
    void draw_new_terms(Kind& e) {
        auto& [order, follower, terms, figures] = e;
        all(order, follower, terms, figures);
    }
};

template <std::size_t... I>
void draw_payload(EventDrawer& drawer, std::size_t kind, Payload& payload,
                  std::index_sequence<I...>) {
    ((kind == I ? drawer.draw(payload.emplace<I>()) : void()), ...);
}

Event draw_event(std::size_t kind) {
    EventDrawer drawer;
    Event event;
    auto& [sequence, id, recorded, occurred, causation, correlation, actor, key, digest, payload] =
        event;
    drawer.all(sequence, id, recorded, occurred, causation, correlation, actor, key, digest);
    drawer.same_or_other(occurred, recorded);
    drawer.same_or_other(correlation, causation);
    drawer.same_or_other(correlation, id);
    if (sequence == 0) sequence = 1;
    if (id.is_zero()) id.bytes.back() = 1;
    draw_payload(drawer, kind, payload, std::make_index_sequence<kind_count>{});
    return event;
}

}  // namespace

rc::Gen<Event> any_event(std::size_t kind) {
    return rc::gen::exec([kind] { return draw_event(kind); });
}

}  // namespace ledger::log
