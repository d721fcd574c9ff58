package io.kadedb.server.session;

import io.kadedb.common.control.CancelToken;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement.
 *
 * @param parameters values of {@code $1}, {@code $2} ..
 * @param owner told about the end of the portal that a query leaves
 * @param gate held while that portal is used: the session's
 * @param input what the client sends
 */
record StatementRun(
        ActiveTransaction transaction,
        List<? extends @Nullable Object> parameters,
        CancelToken token,
        QueryPortal.PortalOwner owner,
        Lock gate,
        Optional<CopyInput> input) {
    /** A run that reads nothing of what the client sends. */
    StatementRun(
            ActiveTransaction transaction,
            List<? extends @Nullable Object> parameters,
            CancelToken token,
            QueryPortal.PortalOwner owner,
            Lock gate) {
        this(transaction, parameters, token, owner, gate, Optional.empty());
    }

    StatementRun with(List<? extends @Nullable Object> arguments) {
        return new StatementRun(transaction, arguments, token, owner, gate, input);
    }
}
