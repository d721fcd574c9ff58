package io.kadedb.planner.graph;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Gives nodes of generated text the place of the clause they were generated for, so that errors point there. */
public final class Relocation extends SqlShuttle {
    private final SqlParserPos place;

    public Relocation(SqlParserPos place) {
        this.place = place;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
        return new SqlIdentifier(id.names, id.getCollation(), place, null);
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return literal.clone(place);
    }

    @Override
    public SqlNode visit(SqlDynamicParam param) {
        return new SqlDynamicParam(param.getIndex(), place);
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
        call.getOperator().acceptCall(this, call, false, handler);
        return handler.result();
    }
}
