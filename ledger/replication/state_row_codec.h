// The canonical bytes of each kind of row: a pair of functions per row, for state_codec.cc.
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/replication/state.h"

namespace ledger::replication {

void put_row(ByteWriter& out, const Account& row);
void put_row(ByteWriter& out, const Link& row);
void put_row(ByteWriter& out, const KnownInstrument& row);
void put_row(ByteWriter& out, const MasterPosition& row);
void put_row(ByteWriter& out, const CopiedPosition& row);
void put_row(ByteWriter& out, const MasterOrder& row);
// Much is as it was in the row before it; of the first one, in none.
void put_row(ByteWriter& out, const FollowerOrder& row, const FollowerOrder& before);

// How many rows there are of each kind that others refer to.
struct RowCounts {
    RowIndex accounts = 0;
    RowIndex links = 0;
    RowIndex instruments = 0;
    RowIndex master_positions = 0;
    RowIndex copied_positions = 0;
    RowIndex master_orders = 0;
    RowIndex follower_orders = 0;
};

[[nodiscard]] RowCounts counts_of(const State& state);

// Each takes one row. Where the bytes end early, or are no row that could stand there (a row that
// it refers to is not there), in.ok() is false afterwards.
void take_row(ByteReader& in, const RowCounts& known, Account& row);
void take_row(ByteReader& in, const RowCounts& known, Link& row);
void take_row(ByteReader& in, const RowCounts& known, KnownInstrument& row);
void take_row(ByteReader& in, const RowCounts& known, MasterPosition& row);
void take_row(ByteReader& in, const RowCounts& known, CopiedPosition& row);
void take_row(ByteReader& in, const RowCounts& known, MasterOrder& row);
void take_row(ByteReader& in, const RowCounts& known, const FollowerOrder& before,
              FollowerOrder& row);

// The calendar, and the limits and usage of the whole ledger.
void put_risk(ByteWriter& out, const State& state);
void take_risk(ByteReader& in, State& state);

}  // namespace ledger::replication
