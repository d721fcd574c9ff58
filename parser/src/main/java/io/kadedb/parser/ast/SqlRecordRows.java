package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Rows of typed columns made of the members of documents, as a query over a document or its elements. */
public final class SqlRecordRows {
    private static final String ROWS = "$record";
    private static final String VALUE = "v";

    private SqlRecordRows() {}

    /**
     * A column of the rows.
     *
     * @param document whether its values are documents themselves
     */
    public record Column(String name, SqlDataTypeSpec type, boolean document) {}

    /**
     * The query.
     *
     * @param type json or jsonb
     * @param elements whether the document is an array with a row in each element
     */
    public static SqlSelect of(
            SqlType type, SqlNode document, boolean elements, List<Column> columns, SqlParserPos pos) {
        SqlNode argument = SqlStdOperatorTable.CAST.createCall(pos, document, KadeTypeNameSpec.spec(type, pos));
        SqlNode source;
        if (elements) {
            SqlNode each = new SqlUnresolvedFunction(
                            new SqlIdentifier(type + "_array_elements", pos),
                            null,
                            null,
                            null,
                            null,
                            SqlFunctionCategory.USER_DEFINED_FUNCTION)
                    .createCall(pos, argument);
            source = SqlStdOperatorTable.LATERAL.createCall(
                    pos, SqlStdOperatorTable.COLLECTION_TABLE.createCall(pos, each));
        } else {
            source = SqlStdOperatorTable.VALUES.createCall(pos, SqlStdOperatorTable.ROW.createCall(pos, argument));
        }
        SqlNodeList items = new SqlNodeList(pos);
        columns.forEach(column -> items.add(item(column, pos)));
        SqlNode from = SqlStdOperatorTable.AS.createCall(
                pos, source, new SqlIdentifier(ROWS, pos), new SqlIdentifier(VALUE, pos));
        return PlainSelect.of(pos, items, from);
    }

    private static SqlNode item(Column column, SqlParserPos pos) {
        SqlNode value = member("->>", column.name(), pos);
        if (column.document()) {
            // The null of a document is NULL for a column of documents too.
            SqlNode missing = SqlStdOperatorTable.IS_NULL.createCall(pos, value);
            value = new SqlCase(
                    pos,
                    null,
                    SqlNodeList.of(missing),
                    SqlNodeList.of(SqlLiteral.createNull(pos)),
                    member("->", column.name(), pos));
        }
        return SqlStdOperatorTable.AS.createCall(
                pos,
                SqlStdOperatorTable.CAST.createCall(pos, value, column.type()),
                new SqlIdentifier(column.name(), pos));
    }

    private static SqlNode member(String operator, String name, SqlParserPos pos) {
        return Objects.requireNonNull(JsonOperators.of(operator))
                .createCall(pos, new SqlIdentifier(List.of(ROWS, VALUE), pos), SqlLiteral.createCharString(name, pos));
    }
}
