// Whether a number is one of its enumeration's enumerators. One switch per stored enumeration,
// without a default: a new enumerator breaks the build there until it is in schemas/events.fbs too.
#pragma once

#include "ledger/model/event.h"

namespace ledger::log {

[[nodiscard]] bool known(AccountRole role);
[[nodiscard]] bool known(CopyStrategy strategy);
[[nodiscard]] bool known(CopySides sides);
[[nodiscard]] bool known(PriceMode mode);
[[nodiscard]] bool known(JoinPolicy policy);
[[nodiscard]] bool known(LeavePolicy policy);
[[nodiscard]] bool known(RiskScope scope);
[[nodiscard]] bool known(OnLimit on_limit);
[[nodiscard]] bool known(Side side);
[[nodiscard]] bool known(OrderType type);
[[nodiscard]] bool known(Product product);
[[nodiscard]] bool known(TimeInForce validity);
[[nodiscard]] bool known(Segment segment);
[[nodiscard]] bool known(OrdStatus status);
[[nodiscard]] bool known(MasterEventType type);
[[nodiscard]] bool known(SourceVersion::Kind kind);
[[nodiscard]] bool known(IntentKind kind);
[[nodiscard]] bool known(SkipReason reason);  // `none` is not
[[nodiscard]] bool known(OrderPurpose purpose);
[[nodiscard]] bool known(SupersededBecause because);
[[nodiscard]] bool known(AnomalyKind kind);
[[nodiscard]] bool known(ExitScope scope);

}  // namespace ledger::log
