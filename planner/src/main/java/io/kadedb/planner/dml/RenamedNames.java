package io.kadedb.planner.dml;

import io.kadedb.parser.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Stored expressions under the new name of a column or table; all else stays as the user wrote it. */
final class RenamedNames {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private RenamedNames() {}

    /** An expression with a column under its new name. */
    static String column(String sql, String oldName, String newName) {
        return replaced(sql, 1, oldName, newName);
    }

    /** An expression with the table before its columns under its new name. */
    static String table(String sql, String oldName, String newName) {
        return replaced(sql, 2, oldName, newName);
    }

    /** @param fromEnd which part of a name is meant, 1 the last one */
    private static String replaced(String sql, int fromEnd, String oldName, String newName) {
        List<SqlParserPos> places = new ArrayList<>();
        new SqlParser().parseExpression(sql).node().accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // visitors without a result return null
            public Void visit(SqlIdentifier name) {
                int part = name.names.size() - fromEnd;
                if (part >= 0 && name.names.get(part).equals(oldName)) {
                    places.add(name.getComponentParserPosition(part));
                }
                return null;
            }
        });
        places.sort((a, b) -> Integer.compare(offset(sql, b), offset(sql, a)));
        StringBuilder text = new StringBuilder(sql);
        for (SqlParserPos place : places) {
            int from = offset(sql, place);
            text.replace(from, from + place.getEndColumnNum() - place.getColumnNum() + 1, quoted(newName));
        }
        return text.toString();
    }

    static int offset(String sql, SqlParserPos place) {
        int offset = 0;
        for (int i = 1; i < place.getLineNum(); i++) {
            offset = sql.indexOf('\n', offset) + 1;
        }
        return offset + place.getColumnNum() - 1;
    }

    /** A name as SQL text, in quotes where it would else be another. */
    static String quoted(String name) {
        return PLAIN.matcher(name).matches() && !SqlParser.isKeyword(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }
}
