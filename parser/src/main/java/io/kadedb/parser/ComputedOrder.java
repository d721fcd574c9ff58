package io.kadedb.parser;

import io.kadedb.parser.ast.PlainSelect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A query within another, which sees its sort keys as columns that the user does not see: window functions can be over keys
 * that are window functions themselves only where these have been computed.
 */
final class ComputedOrder {
    private final SqlSelect inner;
    private final List<SqlNode> items;
    private final List<SqlNode> hidden = new ArrayList<>();
    private final SqlParserPos pos;

    ComputedOrder(SqlSelect inner) {
        this.inner = inner;
        this.items = new ArrayList<>(inner.getSelectList().getList());
        this.pos = inner.getParserPosition();
    }

    /** The keys as columns, with their directions. */
    SqlNodeList columns(SqlNodeList keys) {
        List<SqlNode> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(column(key)));
        return new SqlNodeList(columns, keys.getParserPosition());
    }

    private SqlNode column(SqlNode key) {
        if (TopRows.isDirection(key)) {
            SqlCall call = (SqlCall) key;
            return call.getOperator().createCall(key.getParserPosition(), column(call.operand(0)));
        }
        SqlIdentifier name = new SqlIdentifier("$key" + hidden.size(), key.getParserPosition());
        hidden.add(name);
        items.add(SqlStdOperatorTable.AS.createCall(key.getParserPosition(), key, name));
        return name;
    }

    /** The query around, of all columns but those of the keys. */
    SqlSelect around() {
        inner.setSelectList(new SqlNodeList(items, inner.getSelectList().getParserPosition()));
        SqlNode all = new SqlStarExclude(pos, SqlIdentifier.star(pos), new SqlNodeList(hidden, pos));
        return PlainSelect.of(pos, new SqlNodeList(List.of(all), pos), inner);
    }

    /** A query of all columns of another. */
    static SqlSelect all(SqlNode inner) {
        SqlParserPos pos = inner.getParserPosition();
        return PlainSelect.of(pos, new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos), inner);
    }
}
