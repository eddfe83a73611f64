// The port to a broker. A gateway says what the broker answered and nothing more: it never retries
// an order, never throws, and never calls an unanswered request a failure.
#pragma once

#include "ledger/model/event_id.h"
#include "ledger/model/order.h"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace executors {

// A follower's account as its broker knows it. Credentials are secrets: never logged, never copied
// into an error text (I14). Their keys are the adapter's own ("appKey", "secretKey" for xts).
struct BrokerAccount {
    std::uint64_t account = 0;  // the ledger's number
    std::string code;           // the broker's client code
    std::map<std::string, std::string> credentials;
};

struct PlaceRequest {
    ledger::ClOrdId cl_ord_id;
    ledger::Instrument instrument;
    ledger::OrderTerms terms;
};

struct ModifyRequest {
    ledger::ClOrdId cl_ord_id;
    std::string broker_order_id;
    ledger::OrderTerms terms;  // absolute: what the order shall be
};

struct CancelRequest {
    ledger::ClOrdId cl_ord_id;
    std::string broker_order_id;
};

struct Accepted {
    std::string broker_order_id;

    friend bool operator==(const Accepted&, const Accepted&) = default;
};

// The broker, or the way to it, said no and nothing was placed or changed.
struct Refused {
    std::string code;  // the broker's, or NOT_SENT where no byte of the request left
    std::string text;
    bool retryable = false;  // throttled, or not sent: the same request may succeed later

    friend bool operator==(const Refused&, const Refused&) = default;
};

// Something was sent and no readable answer came: timeout, cut connection, 5xx, garbage.
struct Unknown {
    std::string cause;

    friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Outcome = std::variant<Accepted, Refused, Unknown>;

// One order as the broker's book shows it, whoever placed it.
struct BookRow {
    std::string client_reference;  // our ClOrdID where the order is ours; may be empty or foreign
    std::string broker_order_id;
    ledger::Segment segment = ledger::Segment::nse_cash;
    std::string token;
    ledger::OrderTerms terms;
    ledger::OrdStatus status = ledger::OrdStatus::unknown;  // unknown for a status not understood
    std::string status_text;                                // the broker's own word
    ledger::Quantity cum_qty;
    ledger::Price avg_px;
    std::int64_t updated_at_ns = 0;  // the broker's clock, ns since the Unix epoch; 0 if unreadable
    std::string text;                // rejection or cancellation reason

    friend bool operator==(const BookRow&, const BookRow&) = default;
};

// A book that was positively read, terminal orders included: only this proves absence.
struct BookRead {
    std::vector<BookRow> rows;
};

struct BookUnread {
    std::string cause;
};

using Book = std::variant<BookRead, BookUnread>;

class BrokerGateway {
  public:
    BrokerGateway() = default;
    BrokerGateway(const BrokerGateway&) = delete;
    BrokerGateway& operator=(const BrokerGateway&) = delete;
    virtual ~BrokerGateway() = default;

    // The arguments must outlive the returned coroutine. Calls for different accounts run side by
    // side; the caller keeps one account's orders in order.
    virtual boost::asio::awaitable<Outcome> place(const BrokerAccount& account,
                                                  const PlaceRequest& request) = 0;
    virtual boost::asio::awaitable<Outcome> modify(const BrokerAccount& account,
                                                   const ModifyRequest& request) = 0;
    virtual boost::asio::awaitable<Outcome> cancel(const BrokerAccount& account,
                                                   const CancelRequest& request) = 0;
    // All of today's orders of the account.
    virtual boost::asio::awaitable<Book> order_book(const BrokerAccount& account) = 0;
};

}  // namespace executors
