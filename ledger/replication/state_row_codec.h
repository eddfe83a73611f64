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

// Each adds one row to its table. Where the bytes end early, or are no row that could stand there
// (its key is taken, or a row that it refers to is not there), in.ok() is false afterwards.
void take_account(ByteReader& in, State& state);
void take_link(ByteReader& in, State& state);
void take_instrument(ByteReader& in, State& state);
void take_master_position(ByteReader& in, State& state);
void take_copied_position(ByteReader& in, State& state);
void take_master_order(ByteReader& in, State& state);
void take_follower_order(ByteReader& in, State& state);

// The calendar, and the limits and usage of the whole ledger.
void put_risk(ByteWriter& out, const State& state);
void take_risk(ByteReader& in, State& state);

}  // namespace ledger::replication
