package io.kadedb.sqltests.slt;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/** Runs single statements and reads their results to the end, within their time. Thread-safe. */
final class Statements {
    private final Deadlines.Watch deadlines;
    private final Dialect dialect;
    private final CellFormat format;

    Statements(Deadlines.Watch deadlines, Dialect dialect) {
        this.deadlines = deadlines;
        this.dialect = dialect;
        this.format = CellFormat.of(dialect);
    }

    /** What is read of a statement that was executed. */
    private interface Reading {
        SltResult of(Statement statement, boolean hasRows) throws SQLException;
    }

    SltResult execute(Connection connection, String sql) {
        return run(connection, sql, (statement, hasRows) -> {
            if (!hasRows) {
                return new SltResult.Done(count(statement));
            }
            // Read to the end: an error may come with the last row.
            try (ResultSet rows = statement.getResultSet()) {
                long count = 0;
                while (rows.next()) {
                    count++;
                }
                return new SltResult.Done(count);
            }
        });
    }

    SltResult query(Connection connection, String sql, SltRecord.Query query) {
        return run(connection, sql, (statement, hasRows) -> {
            if (!hasRows) {
                return withoutRows(count(statement));
            }
            try (ResultSet rows = statement.getResultSet()) {
                return new SltResult.Rows(
                        ResultValues.read(rows, query.types(), format).sorted(query.sort()));
            }
        });
    }

    /** DuckDB answers a change with one row: how many rows it changed. */
    private SltResult withoutRows(long count) {
        return dialect == Dialect.DUCKDB && count >= 0
                ? new SltResult.Rows(new ResultValues(1, List.of(Long.toString(count)), List.of(Types.BIGINT)))
                : new SltResult.Unfit("it has no rows");
    }

    private SltResult run(Connection connection, String sql, Reading reading) {
        try (Statement statement = connection.createStatement();
                Deadlines.Guard guard = deadlines.guard(statement)) {
            try {
                return reading.of(statement, statement.execute(sql));
            } catch (ResultValues.UnfitResult e) {
                return new SltResult.Unfit(String.valueOf(e.getMessage()));
            } catch (SQLException e) {
                return guard.hasFired() ? late() : new SltResult.Failed(e);
            } catch (RuntimeException e) {
                // A driver's own bug: no answer of the database, so it is never the expected error.
                return guard.hasFired() ? late() : new SltResult.Unfit("its driver throws " + e);
            }
        } catch (SQLException e) {
            return new SltResult.Failed(e);
        }
    }

    private SltResult late() {
        return new SltResult.Unfit("no answer within " + deadlines.limit().toSeconds() + " s");
    }

    private static long count(Statement statement) throws SQLException {
        try {
            return statement.getLargeUpdateCount();
        } catch (UnsupportedOperationException e) {
            // Drivers of before JDBC 4.2 have the int alone.
            return statement.getUpdateCount();
        }
    }
}
