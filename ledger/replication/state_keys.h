// What the rows of the state are found by.
#pragma once

#include "ledger/base/block_store.h"
#include "ledger/model/account.h"
#include "ledger/model/event_id.h"
#include "ledger/model/order.h"

#include <cstddef>
#include <string>

namespace ledger::replication {

struct InstrumentKey {
    Segment segment = Segment::nse_cash;
    std::string token;

    friend bool operator==(const InstrumentKey&, const InstrumentKey&) = default;
};

struct BrokerAccountKey {
    AccountRole role = AccountRole::master;
    std::string broker;
    std::string broker_account;

    friend bool operator==(const BrokerAccountKey&, const BrokerAccountKey&) = default;
};

struct LinkKey {
    AccountNumber master;
    AccountNumber follower;

    friend bool operator==(const LinkKey&, const LinkKey&) = default;
};

struct MasterPositionKey {
    AccountNumber master;
    RowIndex instrument = 0;
    Product product = Product::intraday;

    friend bool operator==(const MasterPositionKey&, const MasterPositionKey&) = default;
};

struct CopiedPositionKey {
    RowIndex link = 0;
    RowIndex instrument = 0;
    Product product = Product::intraday;

    friend bool operator==(const CopiedPositionKey&, const CopiedPositionKey&) = default;
};

struct KeyHash {
    std::size_t operator()(const EventId& id) const { return id.prefix(); }

    std::size_t operator()(const ClOrdId& id) const;
    std::size_t operator()(const InstrumentKey& key) const;
    std::size_t operator()(const BrokerAccountKey& key) const;
    std::size_t operator()(const LinkKey& key) const;
    std::size_t operator()(const MasterPositionKey& key) const;
    std::size_t operator()(const CopiedPositionKey& key) const;
};

}  // namespace ledger::replication
