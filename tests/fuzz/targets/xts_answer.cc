// What XTS answers to a login, a new order, a modify or a cancel. Nothing but a whole answer of the
// right status is a yes or a no: the rest stays unknown, and an order is never taken for another.
#include "executors/brokers/xts/xts_wire.h"
#include "tests/fuzz/target.h"
#include "tests/fuzz/targets/broker_answer.h"

#include <string_view>
#include <variant>

namespace fuzz {

namespace {

using namespace executors;
using xts::Expected;
using xts::RawAnswer;

constexpr std::string_view cl_ord_id = "c0ffee0123456789abcd";
constexpr std::string_view broker_order_id = "10026325";
constexpr std::size_t prose_bytes_max = 500;

template <class Answer>
void check_refusal(RawAnswer raw, const Answer& answer) {
    const auto* refused = std::get_if<Refused>(&answer);
    if (refused == nullptr) return;
    law(!leaves_open(raw.status), "what may have got through is not refused");
    law(!refused->code.empty(), "a refusal has a code");
    law(refused->text.size() <= prose_bytes_max, "a broker's prose is cut");
}

void check_login(RawAnswer raw) {
    const xts::LoginAnswer answer = xts::parse_login_answer(raw);
    check_refusal(raw, answer);
    if (const auto* session = std::get_if<xts::Session>(&answer)) {
        law(is_success(raw.status), "only a success logs in");
        law(!session->token.empty(), "a session has a token");
    }
}

void check_order(RawAnswer raw, const Expected& expected) {
    const xts::OrderAnswer answer = xts::parse_order_answer(raw, expected);
    check_refusal(raw, answer);
    const auto* accepted = std::get_if<Accepted>(&answer);
    if (accepted == nullptr) return;
    law(is_success(raw.status), "only a success accepts");
    law(xts::is_plain_number(accepted->broker_order_id), "an accepted order has a number");
    law(expected.broker_order_id.empty() || accepted->broker_order_id == expected.broker_order_id,
        "an answer is about the order that was asked about");
}

}  // namespace

void xts_answer(Input input) {
    const RawAnswer raw = broker_answer(input);
    check_login(raw);
    check_order(raw, {cl_ord_id, {}});
    check_order(raw, {cl_ord_id, broker_order_id});
}

}  // namespace fuzz
