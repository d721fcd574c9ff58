package io.kadedb.jdbc.common;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * What Avatica's classes ask of a database: the catalog methods, transactions and the life of statements. Executing is not
 * among it: the statements of our drivers have their own ways, so that values keep their types, and errors and time-outs
 * stay what they are.
 */
public abstract class DriverMeta extends MetaImpl {
    /** For a connection. */
    protected DriverMeta(AvaticaConnection connection) {
        super(connection);
    }

    /** Refuses what statements do without Avatica. */
    protected static UnsupportedOperationException ownWay() {
        return new UnsupportedOperationException("statements of this driver have their own ways");
    }

    @Override
    public Iterable<Object> createIterable(
            StatementHandle h, QueryState state, Signature signature, List<TypedValue> parameters, Frame firstFrame) {
        return firstFrame.rows;
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
        throw ownWay();
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback) {
        throw ownWay();
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sqlCommands) {
        throw ownWay();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> parameterValues) {
        throw ownWay();
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount) {
        throw ownWay();
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, long maxRowCount) {
        throw ownWay();
    }

    @Override
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
        throw ownWay();
    }

    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) {
        throw ownWay();
    }
}
