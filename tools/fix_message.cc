#include "tools/fix_message.h"

#include "ledger/text/rfc3339.h"
#include "projections/cell_text.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace tools {

using namespace ledger;

namespace {

// Neither end of the export is a trading party.
constexpr std::string_view sender = "COPYLEDGER";
constexpr std::string_view target = "AUDIT";

char side_of(Side side) {
    return side == Side::buy ? '1' : '2';
}

char type_of(OrderType type) {
    switch (type) {
        case OrderType::market:
            return '1';
        case OrderType::limit:
            return '2';
        case OrderType::stop:
            return '3';
        case OrderType::stop_limit:
            return '4';
    }
    return '1';
}

// A broker's words may hold anything; a field ends at the delimiter and a message at the line.
std::string printable(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return text;
}

class Fields {
  public:
    Fields& add(int tag, std::string_view value) {
        out_ += std::to_string(tag) + "=" + printable(std::string{value}) + fix_delimiter;
        return *this;
    }

    Fields& add(int tag, char value) { return add(tag, std::string_view{&value, 1}); }

    // Nothing where there is no value.
    Fields& add_if_any(int tag, std::string_view value) {
        return value.empty() ? *this : add(tag, value);
    }

    [[nodiscard]] const std::string& bytes() const { return out_; }

  private:
    std::string out_;
};

void add_header(Fields& fields, const projections::ExecutionReport& report, std::uint64_t number) {
    fields.add(35, '8')
        .add(49, sender)
        .add(56, target)
        .add(34, std::to_string(number))
        .add(52, fix_timestamp(report.recorded_at_ns));
}

void add_order(Fields& fields, const projections::ExecutionReport& report) {
    const OrderTerms& terms = report.terms;
    fields.add(37, report.order_id)
        .add_if_any(11, report.cl_ord_id)
        .add_if_any(41, report.orig_cl_ord_id)
        .add(17, report.exec_id)
        .add(150, report.exec_type)
        .add(39, report.ord_status)
        .add(1, report.account)
        .add(55, report.instrument.symbol.empty() ? "[N/A]" : report.instrument.symbol)
        .add_if_any(48, report.instrument.token);
    if (!report.instrument.token.empty()) fields.add(22, '8');
    fields.add(207, to_text(report.instrument.segment))
        .add(54, side_of(terms.side))
        .add(38, std::to_string(terms.quantity.value()))
        .add(40, type_of(terms.type));
    if (has_limit_price(terms.type)) fields.add(44, projections::decimal(terms.price));
    if (has_trigger(terms.type)) fields.add(99, projections::decimal(terms.trigger));
    fields.add(59, terms.time_in_force == TimeInForce::ioc ? '3' : '0');
}

void add_fills(Fields& fields, const projections::ExecutionReport& report) {
    if (report.last_qty.value() > 0) {
        fields.add(32, std::to_string(report.last_qty.value()))
            .add(31, projections::decimal(report.last_px));
    }
    fields.add(151, std::to_string(report.leaves_qty.value()))
        .add(14, std::to_string(report.cum_qty.value()))
        .add(6, projections::decimal(report.avg_px))
        .add(60, fix_timestamp(report.transact_time_ns))
        .add_if_any(58, report.text);
}

}  // namespace

std::string fix_timestamp(std::int64_t unix_ns) {
    const std::string text = ledger::text::format_rfc3339(unix_ns);
    return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + "-" + text.substr(11, 12);
}

std::string fix_message(const projections::ExecutionReport& report, std::uint64_t number) {
    Fields body;
    add_header(body, report, number);
    add_order(body, report);
    add_fills(body, report);
    std::string message = fmt::format("8=FIX.4.4{1}9={0}{1}", body.bytes().size(), fix_delimiter);
    message += body.bytes();
    unsigned sum = 0;
    for (const char c : message) sum += static_cast<unsigned char>(c);
    return message + fmt::format("10={:03}{}", sum % 256, fix_delimiter);
}

}  // namespace tools
