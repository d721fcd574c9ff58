package io.kadedb.server.session;

import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.api.KeyRead;
import io.kadedb.planner.physical.Expr;
import io.kadedb.storage.api.LatestRows;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.api.SqlTransaction;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement that reads the row of one primary key, run without plan and portal: outside a block it sees what the newest
 * commit left, as its own transaction would, and nothing is left of it that a commit would have to check. It
 * answers that it does not know wherever the statement has to be run in the general way, and fails in no other. Belongs to
 * the session's thread.
 */
public final class DirectRead {
    private static final int CONSTANT = -1;

    private final List<Field> columns;
    private final ZoneId zone;
    private final DirectSession session;
    private final LatestRows rows;
    private final HeapRow key;
    private final HeapRow row;
    private final int[] parameters;
    private final TypeId[] types;

    private DirectRead(List<Field> columns, ZoneId zone, DirectSession session, LatestRows rows, KeyRead read) {
        this.columns = columns;
        this.zone = zone;
        this.session = session;
        this.rows = rows;
        this.key = new HeapRow(read.key().size());
        this.row = new HeapRow(columns.size());
        this.parameters = new int[read.key().size()];
        this.types = new TypeId[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Expr part = read.key().get(i);
            parameters[i] = part instanceof Expr.Parameter parameter ? parameter.index() : CONSTANT;
            types[i] = part.type().id();
        }
    }

    /**
     * The direct way to run a statement.
     *
     * @param keyTypes of the columns of the primary key
     * @return empty when the key has types that are converted, or a constant is NULL
     */
    static Optional<DirectRead> of(
            List<Field> columns,
            ZoneId zone,
            DirectSession session,
            LatestRows rows,
            KeyRead read,
            List<SqlType> keyTypes) {
        DirectRead direct = new DirectRead(columns, zone, session, rows, read);
        for (int i = 0; i < direct.parameters.length; i++) {
            Expr part = read.key().get(i);
            boolean isSame = part.type().equals(keyTypes.get(i));
            boolean isKnown = !(part instanceof Expr.Literal literal) || direct.bind(i, literal.value());
            if (!isSame || !isKnown) {
                return Optional.empty();
            }
        }
        return Optional.of(direct);
    }

    /** Of the result. */
    public List<Field> columns() {
        return columns;
    }

    /** The session's when the statement was planned, which is still the same whenever a row is found. */
    public ZoneId zone() {
        return zone;
    }

    /**
     * Reads the row.
     *
     * @param values of the parameters, as the client bound them
     */
    public Answer read(@Nullable Object[] values) {
        if (!session.unchanged().getAsBoolean()) {
            return Answer.UNKNOWN;
        }
        for (int i = 0; i < parameters.length; i++) {
            int parameter = parameters[i];
            if (parameter != CONSTANT && !bind(i, values[parameter])) {
                return Answer.UNKNOWN;
            }
        }
        return session.alone().getAsBoolean() ? readAlone() : session.within(this::readWithin, Answer.UNKNOWN);
    }

    private Answer readAlone() {
        try {
            return rows.read(key, row);
        } catch (RuntimeException e) {
            // The general way fails in the same place, and reports it.
            return Answer.UNKNOWN;
        }
    }

    private Answer readWithin(SqlTransaction block) {
        try {
            return rows.read(block, key, row);
        } catch (RuntimeException e) {
            // As above; the statement has changed nothing.
            return Answer.UNKNOWN;
        }
    }

    /** The row that was found last, valid until the next is read. */
    public HeapRow row() {
        return row;
    }

    /** Takes a value of the key; false for what has to be converted first. */
    private boolean bind(int index, @Nullable Object value) {
        return value != null && PlainValue.set(value, types[index], key, index);
    }
}
