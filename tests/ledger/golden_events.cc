#include "tests/ledger/golden_events.h"

#include "tests/ledger/golden_parts.h"

#include <cstddef>
#include <utility>

namespace ledger::log {
namespace {

using golden::id_from;
using golden::instrument;
using golden::terms;

constexpr std::size_t kinds_of_v1 = 25;

const AccountProfile profile{.name = "Asha Rao",
                             .email = "asha@example.com",
                             .sealed_credentials = std::string("\x01\x00\xff sealed", 10),
                             .credential_hint = "9f3c",
                             .scaling_factor = {29, 100},
                             .enabled = false};

const AttemptRef ref{
    .order = id_from(0x20), .intent = id_from(0x40), .follower = AccountNumber{12}, .attempt = 3};

SizingFigures figures_v1() {
    SizingFigures figures;
    figures.ratio = {3, 2};
    figures.master_quantity = Quantity{1000};
    figures.raw_quantity = Quantity{1501};
    figures.lot_size = Quantity{75};
    return figures;
}

LinkTerms link_terms_v1() {
    LinkTerms link;
    link.ratio = {3, 2};
    link.active = false;
    link.round_up_to_min_lot = true;
    return link;
}

const SizingFigures figures = figures_v1();

std::vector<Payload> account_payloads() {
    return {
        AccountOpened{.account = AccountNumber{12},
                      .identity = {.role = AccountRole::follower,
                                   .broker = "blaze",
                                   .broker_account = "AR1234",
                                   .username = "asha"},
                      .profile = profile},
        AccountChanged{.account = AccountNumber{12}, .profile = profile},
        AccountClosed{.account = AccountNumber{12}},
        LinkSet{
            .master = AccountNumber{1}, .follower = AccountNumber{12}, .terms = link_terms_v1()},
        LinkRemoved{.master = AccountNumber{1}, .follower = AccountNumber{12}},
        InstrumentDefined{.instrument = instrument,
                          .rules = {.lot_size = Quantity{75},
                                    .tick_size = Price{500},
                                    .freeze_quantity = Quantity{1800}}},
    };
}

std::vector<Payload> master_payloads() {
    return {
        MasterOrderReported{.account = AccountNumber{1},
                            .broker_order_id = "1100021045778",
                            .type = MasterEventType::fill,
                            .version = {SourceVersion::Kind::time, 1'700'000'000'000'000'000},
                            .instrument = instrument,
                            .terms = terms,
                            .cum_qty = Quantity{750},
                            .avg_px = Price{245'512'345},
                            .last_qty = Quantity{75},
                            .last_value = Money{18'413'425'875},
                            .status = "PartiallyFilled",
                            .channel = "webhook/blaze"},
        ConflictRecorded{.existing = id_from(0x60),
                         .content_digest = 0x0123'4567'89ab'cdef,
                         .what = "quantity 1500, before 750"},
    };
}

std::vector<Payload> decision_payloads() {
    return {
        FollowerOrderIntended{.master_order = id_from(0x80),
                              .master = AccountNumber{1},
                              .follower = AccountNumber{12},
                              .slice = 2,
                              .terms = terms,
                              .figures = figures},
        FollowerOrderSkipped{.master_order = id_from(0x80),
                             .master = AccountNumber{1},
                             .follower = AccountNumber{12},
                             .action = IntentKind::modify,
                             .reason = SkipReason::order_done,
                             .figures = figures},
        FollowerModifyIntended{.order = id_from(0x20),
                               .follower = AccountNumber{12},
                               .terms = terms,
                               .figures = figures},
        FollowerCancelIntended{.order = id_from(0x20), .follower = AccountNumber{12}},
        UnsentOrderAmended{.order = id_from(0x20),
                           .follower = AccountNumber{12},
                           .terms = terms,
                           .figures = figures},
        UnsentOrderWithdrawn{.order = id_from(0x20), .follower = AccountNumber{12}},
        IntentSuperseded{.order = id_from(0x20),
                         .follower = AccountNumber{12},
                         .intent = id_from(0x40),
                         .because = SupersededBecause::merged_unsent},
    };
}

std::vector<Payload> outcome_payloads() {
    return {
        AttemptStarted{.ref = ref, .kind = IntentKind::cancel},
        AttemptAccepted{.ref = ref, .broker_order_id = "1100021045779", .recovered = true},
        AttemptRejected{.ref = ref,
                        .code = "e-orders-0006",
                        .text = "RMS: margin exceeds \xe2\x82\xb9 1,00,000",
                        .retryable = true},
        AttemptUnknown{.ref = ref, .cause = "no answer within 5000 ms"},
        AttemptNotPlaced{.ref = ref, .book_reads = 4, .window_ms = 180'000},
        IntentExpired{.order = id_from(0x20),
                      .follower = AccountNumber{12},
                      .intent = id_from(0x40),
                      .age_ms = 30'001},
        IntentParked{.ref = ref, .why = "the broker's book cannot be read"},
        IntentResolved{
            .ref = ref, .broker_order_id = "1100021045779", .why = "seen in the terminal"},
        FollowerOrderReported{.order = id_from(0x20),
                              .follower = AccountNumber{12},
                              .broker_order_id = "1100021045779",
                              .status = OrdStatus::partially_filled,
                              .order_qty = Quantity{1500},
                              .price = Price{245'500'000},
                              .trigger = Price{245'000'025},
                              .cum_qty = Quantity{150},
                              .avg_px = Price{245'510'000},
                              .last_qty = Quantity{75},
                              .last_value = Money{18'413'250'000},
                              .updated_at_ns = 1'700'000'000'987'654'321,
                              .text = "partly traded"},
        AnomalyRecorded{.kind = AnomalyKind::foreign_order,
                        .account = AccountNumber{12},
                        .order = id_from(0x20),
                        .broker_order_id = "1100021045780",
                        .text = "our reference on an order we did not make"},
    };
}

template <std::size_t... I>
std::vector<Payload> default_payloads(std::index_sequence<I...>) {
    return {Payload{std::in_place_index<I>}...};
}

}  // namespace

std::vector<Event> golden_events_v1() {
    std::vector<Event> events;
    for (const auto& group :
         {account_payloads(), master_payloads(), decision_payloads(), outcome_payloads()}) {
        for (const Payload& payload : group) {
            events.push_back(golden::full_event(payload));
        }
    }
    return events;
}

std::vector<Event> sparse_golden_events_v1() {
    std::vector<Event> events;
    for (const Payload& payload : default_payloads(std::make_index_sequence<kinds_of_v1>{})) {
        events.push_back(golden::sparse_event(payload));
    }
    return events;
}

std::vector<Event> golden_events() {
    std::vector<Event> events = golden_events_v1();
    for (const Event& event : golden_events_v2()) events.push_back(event);
    for (const Event& event : golden_events_v3()) events.push_back(event);
    return events;
}

}  // namespace ledger::log
