package io.kadedb.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;

/** The locks of a query within another statement; its call has the query as its only operand. */
public final class SqlRowLocks extends SqlSpecialOperator {
    private final List<RowLocking> locks;

    private SqlRowLocks(List<RowLocking> locks) {
        super("$row_locks", SqlKind.OTHER);
        this.locks = List.copyOf(locks);
    }

    /** The query with its locks. */
    public static SqlNode around(SqlNode query, List<RowLocking> locks) {
        return new SqlRowLocks(locks).createCall(query.getParserPosition(), query);
    }

    /** The locks, if the node is a query that has some. */
    public static Optional<List<RowLocking>> of(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator() instanceof SqlRowLocks operator
                ? Optional.of(operator.locks)
                : Optional.empty();
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        call.operand(0).unparse(writer, leftPrec, rightPrec);
        locks.forEach(lock -> writer.keyword(lock.strength().sql()));
    }
}
