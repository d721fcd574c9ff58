package io.kadedb.storage.lock;

import io.kadedb.common.lock.LockMode;
import io.kadedb.storage.api.RowLockMode;
import org.jspecify.annotations.Nullable;

/**
 * A lock that an owner got.
 *
 * @param before the mode it held before, which it falls back to when this is given back alone
 */
record Held(
        LockOwner owner,
        LockSpan span,
        LockMode mode,
        @Nullable RowLockMode before) {}
