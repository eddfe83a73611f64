// XTS Interactive's requests and answers, byte for byte as its own clients exchange them
// (spec/brokers.md, section 1). Pure: no I/O, no clock.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/brokers/xts/xts_answer.h"
#include "ledger/base/result.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace executors::xts {

// {"secretKey":...,"appKey":...,"source":"WEBAPI"}. not_allowed without both in the credentials.
[[nodiscard]] ledger::Result<std::string> login_body(const BrokerAccount& account);

// What a login gave. The token is a secret.
struct Session {
    std::string token;
    std::string user_id;
    bool is_investor = false;  // false: a dealer, who names the client in every request
    std::vector<std::string> client_codes;
};

// Refused is the broker's word on the credentials; Unknown is all the rest.
using LoginAnswer = std::variant<Session, Refused, Unknown>;

[[nodiscard]] LoginAnswer parse_login_answer(RawAnswer answer);

// These refuse (invalid_input) what XTS has no number for: a token or order id that is not one.
[[nodiscard]] ledger::Result<std::string> place_body(const BrokerAccount& account,
                                                     const PlaceRequest& request);
[[nodiscard]] ledger::Result<std::string> modify_body(const BrokerAccount& account,
                                                      const ModifyRequest& request);
// "/orders?appOrderID=...&orderUniqueIdentifier=...&clientID=..."
[[nodiscard]] ledger::Result<std::string> cancel_target(const BrokerAccount& account,
                                                        const CancelRequest& request);
// "/orders", naming the client where the session is a dealer's.
[[nodiscard]] std::string book_target(const BrokerAccount& account, const Session& session);

// The order that an answer must be about.
struct Expected {
    std::string_view cl_ord_id;
    std::string_view broker_order_id;  // empty while there is none: a new order's
};

using OrderAnswer = std::variant<Accepted, Refused, Unknown, SessionInvalid>;

// Of place, modify and cancel. Unknown where a success names another order, or a new order's none.
[[nodiscard]] OrderAnswer parse_order_answer(RawAnswer answer, const Expected& expected);

using BookAnswer = std::variant<BookRead, BookUnread, SessionInvalid>;

// HTTP 400 "e-orders-0005" is how XTS says that the book is empty; any other error is an unread
// book. So is a book with a row that cannot be understood and may be one of ours.
[[nodiscard]] BookAnswer parse_book_answer(RawAnswer answer);

}  // namespace executors::xts
