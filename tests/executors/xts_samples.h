// What several XTS tests speak of: an account, an order, recorded bytes.
#pragma once

#include "executors/broker_gateway.h"

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace samples {

inline executors::BrokerAccount account() {
    executors::BrokerAccount account;
    account.account = 7;
    account.code = "TEST";
    account.credentials = {{"appKey", "app-key-1"}, {"secretKey", "secret-key-1"}};
    return account;
}

inline ledger::ClOrdId cl_ord_id(std::string_view text = "c0ffee0123456789abcd") {
    return ledger::parse_cl_ord_id(text).value();
}

// The order whose recorded bytes the specification shows.
inline executors::PlaceRequest place() {
    executors::PlaceRequest request;
    request.cl_ord_id = cl_ord_id();
    request.instrument.segment = ledger::Segment::nse_cash;
    request.instrument.token = "2885";
    request.terms.type = ledger::OrderType::limit;
    request.terms.quantity = ledger::Quantity{10};
    request.terms.price = ledger::Price{14'050'500};
    return request;
}

inline executors::ModifyRequest modify() {
    executors::ModifyRequest request;
    request.cl_ord_id = cl_ord_id();
    request.broker_order_id = "10026325";
    request.terms = place().terms;
    request.terms.quantity = ledger::Quantity{8};
    request.terms.price = ledger::Price{14'060'000};
    return request;
}

inline executors::CancelRequest cancel() {
    executors::CancelRequest request;
    request.cl_ord_id = cl_ord_id();
    request.broker_order_id = "10026325";
    return request;
}

// Without the line end that text files have and answers do not.
inline std::string recorded(const std::string& name) {
    std::ifstream file{COPYLEDGER_SOURCE_DIR "/tests/executors/data/" + name};
    std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    while (bytes.ends_with('\n')) bytes.pop_back();
    return bytes;
}

}  // namespace samples
