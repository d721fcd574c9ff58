package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running plan. A portal of a block may be set apart: what it has left is copied, so that the block can go
 * on. Belongs to the session's thread.
 */
final class QueryPortal implements Portal {
    private final List<Field> columns;
    private final PortalOwner owner;
    private final QueryResult result;
    private final Lock gate;
    private final Queue<Batch> detached = new ArrayDeque<>();
    private State state = State.RUNNING;
    /** Rows nobody has read went with the transaction. */
    private boolean rolledBack;

    private @Nullable Batch first;
    private long rows;

    private enum State {
        RUNNING,
        /** The plan has ended; copied rows may be left. */
        ENDED,
        ABANDONED
    }

    /** Told about the end of the plan and about its failures. */
    interface PortalOwner {
        /** The plan has given all its rows or is no longer wanted. */
        void ended(QueryPortal portal);

        /** What to throw instead of a failure, after the transaction was told. */
        RuntimeException failed(QueryPortal portal, Throwable failure);
    }

    /** @param gate held while the portal is used: the session's */
    QueryPortal(List<Field> columns, QueryResult result, PortalOwner owner, Lock gate) {
        this.gate = gate;
        this.columns = columns;
        this.result = result;
        this.owner = owner;
    }

    /** A portal of a run's transaction that has its first rows. */
    static Portal started(List<Field> columns, QueryResult result, StatementRun run) {
        QueryPortal portal = new QueryPortal(columns, result, run.owner(), run.gate());
        run.transaction().opened(portal);
        boolean started = false;
        try {
            portal.start();
            started = true;
        } finally {
            if (!started) {
                run.transaction().closed(portal);
            }
        }
        return portal;
    }

    @Override
    public boolean hasRows() {
        return true;
    }

    @Override
    public List<Field> columns() {
        return columns;
    }

    /**
     * Waits for the first rows, so that a statement that fails at once fails when it is executed. The owner is not told of
     * such a failure: the caller is.
     */
    void start() {
        boolean started = false;
        try {
            first = fetch();
            started = true;
        } finally {
            if (!started) {
                end(State.ABANDONED);
            }
        }
    }

    @Override
    public @Nullable Batch next() {
        gate.lock();
        try {
            return take();
        } finally {
            gate.unlock();
        }
    }

    private @Nullable Batch take() {
        Batch batch = first != null ? first : detached.poll();
        first = null;
        if (batch == null && rolledBack) {
            throw KadeException.of(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "the rows that are left ended with their transaction's rollback");
        }
        if (batch == null && state == State.RUNNING) {
            batch = pull();
        }
        if (batch != null) {
            rows += batch.length();
        }
        return batch;
    }

    private @Nullable Batch fetch() {
        Batch batch = result.next();
        while (batch != null && batch.length() == 0) {
            batch = result.next();
        }
        if (batch == null) {
            end(State.ENDED);
        }
        return batch;
    }

    private @Nullable Batch pull() {
        try {
            return fetch();
        } catch (RuntimeException | Error e) {
            end(State.ABANDONED);
            throw owner.failed(this, e);
        }
    }

    private void end(State how) {
        if (state == State.RUNNING) {
            state = how;
            result.close();
            if (how == State.ENDED) {
                owner.ended(this);
            }
        }
    }

    /** Copies the rows that are left. */
    void detach() {
        if (first != null) {
            detached.add(BatchCopy.of(first));
            first = null;
        }
        for (Batch batch = state == State.RUNNING ? pull() : null; batch != null; batch = pull()) {
            detached.add(BatchCopy.of(batch));
        }
    }

    /** Stops the plan without telling the owner, who knows. */
    void abandon() {
        rolledBack = state == State.RUNNING || first != null || !detached.isEmpty();
        end(State.ABANDONED);
        first = null;
        detached.clear();
    }

    QueryProfile profile() {
        return result.profile();
    }

    @Override
    public long updateCount() {
        return NO_COUNT;
    }

    @Override
    public String commandTag() {
        return "SELECT " + rows;
    }

    @Override
    public void close() {
        gate.lock();
        try {
            first = null;
            detached.clear();
            rolledBack = false;
            end(State.ENDED);
        } finally {
            gate.unlock();
        }
    }
}
