// XTS's order book, from which an order's absence is proved: only a whole book is one.
#include "executors/brokers/xts/xts_wire.h"
#include "ledger/text/json_value.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/targets/broker_answer.h"

#include <variant>

namespace fuzz {

namespace {

using namespace executors;

void check_row(const BookRow& row) {
    law(xts::is_plain_number(row.broker_order_id), "an order has a number");
    law(!row.token.empty(), "an order is of an instrument");
    law(row.terms.quantity.value() >= 0 && row.cum_qty.value() >= 0, "no quantity is negative");
    law(row.status != ledger::OrdStatus::new_ || row.cum_qty.value() == 0,
        "what is filled in part is not new");
    law(row.updated_at_ns >= 0, "no update lies before 1970");
    law(ledger::has_limit_price(row.terms.type) || row.terms.price.value() == 0,
        "an order has a price where its type has one");
}

}  // namespace

void xts_book(Input input) {
    const xts::RawAnswer raw = broker_answer(input);
    const xts::BookAnswer answer = xts::parse_book_answer(raw);
    if (const auto* unread = std::get_if<BookUnread>(&answer)) {
        law(!unread->cause.empty(), "an unread book has a cause");
    }
    const auto* book = std::get_if<BookRead>(&answer);
    if (book == nullptr) return;
    law(!leaves_open(raw.status), "only an answer that is final proves absence");
    law(is_success(raw.status) || book->rows.empty(), "an error holds no orders");
    const auto body = ledger::text::parse_json(raw.body);
    law(body.has_value(), "only a whole answer proves absence");
    for (const BookRow& row : book->rows) check_row(row);
}

}  // namespace fuzz
