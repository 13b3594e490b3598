// SPDX-License-Identifier: Apache-2.0
// When a trigger or rule fires, by session_replication_role.
#pragma once

namespace haetae::model {

/// ALTER TABLE … ENABLE, DISABLE, ENABLE REPLICA, ENABLE ALWAYS (TRIGGER | RULE).
enum class Firing { origin, disabled, replica, always };

}  // namespace haetae::model
