package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.KeyWrite;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.LatestWrites.Outcome;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes the row of one primary key, run without plan and portal. It answers that it does not know wherever the statement has to be run in the general way, which also says what is wrong with it.
 * Belongs to the session's thread.
 */
public final class DirectWrite {
    /** What {@link #run} gives when nothing was done. */
    public static final long UNKNOWN = -1;

    private final Modify.Operation operation;
    private final LatestWrites writes;
    private final DirectSession session;
    private final DirectValue[] keyValues;
    private final DirectValue[] values;
    private final HeapRow key;
    private final HeapRow row;
    private final LatestWrites.Change change = this::change;
    private final Function<SqlTransaction, Outcome> within = this::writeWithin;
    private @Nullable Object[] parameters = {};

    private DirectWrite(
            KeyWrite write, LatestWrites writes, DirectSession session, DirectValue[] keyValues, DirectValue[] values) {
        this.operation = write.operation();
        this.writes = writes;
        this.session = session;
        this.keyValues = keyValues;
        this.values = values;
        this.key = new HeapRow(keyValues.length);
        this.row = new HeapRow(values.length);
    }

    /** The direct way to run a statement; empty when a value has to be computed or converted in other ways. */
    static Optional<DirectWrite> of(KeyWrite write, TableDefinition table, LatestWrites writes, DirectSession session) {
        DirectValue[] keyValues = new DirectValue[write.key().size()];
        for (int i = 0; i < keyValues.length; i++) {
            DirectValue value = DirectValue.of(
                    write.key().get(i),
                    table.columns().get(table.primaryKey().get(i)).type());
            if (value == null) {
                return Optional.empty();
            }
            keyValues[i] = value;
        }
        DirectValue[] values = new DirectValue[write.values().size()];
        for (int i = 0; i < values.length; i++) {
            DirectValue value =
                    DirectValue.of(write.values().get(i), table.columns().get(i).type());
            if (value == null) {
                return Optional.empty();
            }
            values[i] = value;
        }
        return Optional.of(new DirectWrite(write, writes, session, keyValues, values));
    }

    /**
     * Writes the row.
     *
     * @param bound values of the parameters, as the client bound them
     * @param token for the statement if it has to wait; null not to wait, but to do nothing then
     * @return how many rows were written, or {@link #UNKNOWN}
     * @throws KadeException when waiting for the row failed, or the commit did
     */
    public long run(@Nullable Object[] bound, @Nullable Supplier<CancelToken> token) {
        if (!session.unchanged().getAsBoolean()) {
            return UNKNOWN;
        }
        parameters = bound;
        boolean isKnown = operation == Modify.Operation.INSERT ? compute(values, row, row) : hasKey();
        if (!isKnown) {
            return UNKNOWN;
        }
        Outcome outcome = session.alone().getAsBoolean() ? writeAlone(token) : session.within(within, Outcome.UNKNOWN);
        return switch (outcome) {
            case WRITTEN -> 1;
            case MISSING -> 0;
            case UNKNOWN -> UNKNOWN;
        };
    }

    private Outcome writeAlone(@Nullable Supplier<CancelToken> token) {
        Waiting waiting = token == null ? null : new Waiting(token);
        try {
            return switch (operation) {
                case INSERT -> writes.insert(row, waiting);
                case UPDATE -> writes.update(key, change, waiting);
                case DELETE -> writes.delete(key, waiting);
                case MERGE -> Outcome.UNKNOWN;
            };
        } finally {
            if (waiting != null) {
                waiting.end();
            }
        }
    }

    private Outcome writeWithin(SqlTransaction block) {
        return switch (operation) {
            case INSERT -> writes.insert(block, row);
            case UPDATE -> writes.update(block, key, change);
            case DELETE -> writes.delete(block, key);
            case MERGE -> Outcome.UNKNOWN;
        };
    }

    private boolean hasKey() {
        if (!compute(keyValues, row, key)) {
            return false;
        }
        for (int i = 0; i < keyValues.length; i++) {
            if (key.isNull(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean change(HeapRow old, HeapRow changed) {
        return compute(values, old, changed);
    }

    private boolean compute(DirectValue[] expressions, HeapRow old, HeapRow target) {
        for (int i = 0; i < expressions.length; i++) {
            if (!expressions[i].set(parameters, old, target, i)) {
                return false;
            }
        }
        return true;
    }

    /** What the write waits with, if it has to. */
    private final class Waiting implements Supplier<StatementControl> {
        private final Supplier<CancelToken> tokens;
        private @Nullable CancelToken token;

        Waiting(Supplier<CancelToken> tokens) {
            this.tokens = tokens;
        }

        @Override
        public StatementControl get() {
            CancelToken begun = tokens.get();
            token = begun;
            session.running().add(begun);
            return new StatementControl(begun, session.lockTimeoutMillis());
        }

        void end() {
            CancelToken begun = token;
            if (begun != null) {
                session.running().remove(begun);
            }
        }
    }
}
