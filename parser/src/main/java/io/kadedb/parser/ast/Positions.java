package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Converts between Calcite's positions (line, column, end line, end column; ends included) and ours. */
public final class Positions {
    private Positions() {}

    /** The place of a node; a node that spans lines is marked at its first character only. */
    public static SourcePosition of(SqlParserPos pos) {
        int length = pos.getEndLineNum() == pos.getLineNum() ? pos.getEndColumnNum() - pos.getColumnNum() + 1 : 1;
        return new SourcePosition(Math.max(1, pos.getLineNum()), Math.max(1, pos.getColumnNum()), Math.max(1, length));
    }

    public static SqlParserPos parserPos(SourcePosition place) {
        return new SqlParserPos(place.line(), place.column(), place.line(), place.column() + place.length() - 1);
    }
}
