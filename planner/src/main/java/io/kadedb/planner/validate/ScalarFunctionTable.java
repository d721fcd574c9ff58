package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A function in FROM that gives one value: a table of one row and one column. */
final class ScalarFunctionTable {
    private ScalarFunctionTable() {}

    /** The name of the function, if the item of FROM is such a call. */
    static Optional<String> name(SqlNode item) {
        SqlNode call = item.getKind() == SqlKind.LATERAL ? ((SqlCall) item).operand(0) : item;
        if (call.getKind() != SqlKind.COLLECTION_TABLE || !(((SqlCall) call).operand(0) instanceof SqlCall function)) {
            return Optional.empty();
        }
        String name = function.getOperator().getName();
        Optional<SqlOperator> operator = KadeOperatorTable.INSTANCE.function(name);
        if (operator.isEmpty() || operator.get() instanceof SqlTableFunction) {
            return Optional.empty();
        }
        if (operator.get().isAggregator()) {
            throw KadeException.of(ErrorCode.GROUPING_ERROR, "aggregate functions are not allowed in functions in FROM")
                    .at(Positions.of(function.getParserPosition()));
        }
        return Optional.of(ColumnNames.of(function));
    }

    /** The query that stands for it. */
    static Optional<SqlNode> of(SqlNode item, String column) {
        return name(item).map(name -> {
            SqlCall table = (SqlCall) (item.getKind() == SqlKind.LATERAL ? ((SqlCall) item).operand(0) : item);
            SqlParserPos pos = item.getParserPosition();
            SqlNode value = SqlStdOperatorTable.AS.createCall(pos, table.operand(0), new SqlIdentifier(column, pos));
            SqlSelect select = PlainSelect.of(pos, SqlNodeList.of(value), null);
            return SqlStdOperatorTable.LATERAL.createCall(pos, select);
        });
    }
}
