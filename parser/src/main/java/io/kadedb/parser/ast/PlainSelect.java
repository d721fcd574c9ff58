package io.kadedb.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries that we write: SELECT .. FROM .. WHERE, and nothing behind it. */
public final class PlainSelect {
    private PlainSelect() {}

    public static SqlSelect of(SqlParserPos pos, SqlNodeList items, @Nullable SqlNode from) {
        return of(pos, items, from, null);
    }

    public static SqlSelect of(
            SqlParserPos pos, SqlNodeList items, @Nullable SqlNode from, @Nullable SqlNode condition) {
        return new SqlSelect(pos, null, items, from, condition, null, null, null, null, null, null, null, null);
    }
}
