#include "ledger/replication/order_status.h"

#include <array>
#include <initializer_list>
#include <utility>

namespace ledger::replication {

namespace {

using enum OrdStatus;

constexpr std::size_t status_count = 12;  // values are 1..11
using Row = std::array<bool, status_count>;
using Matrix = std::array<Row, status_count>;

constexpr void allow(Matrix& matrix, OrdStatus from, std::initializer_list<OrdStatus> targets) {
    for (const OrdStatus to : targets) {
        matrix[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)] = true;
    }
}

constexpr Matrix make_matrix() {
    Matrix m{};
    allow(m, intended, {pending_new, withdrawn, expired, not_placed});
    // Back to `intended` after a refusal that may be repeated: nothing was placed.
    allow(m, pending_new,
          {new_, partially_filled, filled, rejected, canceled, expired, unknown, intended});
    // Back to `intended` when proved absent and still wanted.
    allow(m, unknown,
          {new_, partially_filled, filled, rejected, canceled, expired, not_placed, intended});
    allow(m, new_, {new_, partially_filled, filled, canceled, expired, rejected});
    allow(m, partially_filled, {partially_filled, filled, canceled, expired});
    // A late trade moves CumQty, and may complete an order that was cancelled or had expired.
    allow(m, canceled, {canceled, filled});
    allow(m, expired, {expired, canceled, filled});
    allow(m, filled, {filled});
    return m;
}

constexpr Matrix matrix = make_matrix();

}  // namespace

bool is_legal(OrdStatus from, OrdStatus to) {
    return matrix[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

}  // namespace ledger::replication
