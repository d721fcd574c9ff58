package io.kadedb.planner.system;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/** Indexes as the statements that make them. */
public final class IndexText {
    private IndexText() {}

    /** The statement, without its semicolon. */
    public static String create(TableDefinition table, IndexDefinition index) {
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Identifiers.quoted(index.name()) + " ON "
                + Identifiers.qualified(table.schema(), table.name())
                + (index.isInverted() ? " USING gin " : " USING btree ")
                + behindMethod(table, index);
    }

    private static String behindMethod(TableDefinition table, IndexDefinition index) {
        StringBuilder text = new StringBuilder(
                index.parts().stream().map(part -> part(table, part)).collect(Collectors.joining(", ", "(", ")")));
        if (!index.included().isEmpty()) {
            List<String> included = index.included().stream()
                    .map(id -> table.columns().get(table.ordinalOfId(id)).name())
                    .toList();
            text.append(" INCLUDE (").append(Identifiers.list(included)).append(')');
        }
        if (index.nullsNotDistinct()) {
            text.append(" NULLS NOT DISTINCT");
        }
        index.condition().ifPresent(condition -> text.append(" WHERE ").append(inParentheses(condition.sql())));
        return text.toString();
    }

    private static String part(TableDefinition table, IndexDefinition.Part part) {
        String value = part.expression()
                .map(computed -> isCall(computed.sql()) ? computed.sql() : inParentheses(computed.sql()))
                .orElseGet(() -> Identifiers.quoted(
                        table.columns().get(table.ordinalOfId(part.columnId())).name()));
        String terms = part.terms()
                .filter(each -> !each.isDefault())
                .map(each -> " " + each.sqlName())
                .orElse("");
        String order = part.descending() ? " DESC" : "";
        String nulls = part.nullsFirst() == part.descending() ? "" : part.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
        return value + terms + order + nulls;
    }

    private static String inParentheses(String sql) {
        return isWithin(sql, 0) ? sql : "(" + sql + ")";
    }

    /** Whether an expression is one call of a function. */
    private static boolean isCall(String sql) {
        int open = sql.indexOf('(');
        return open > 0 && sql.substring(0, open).matches("[a-z_][a-z0-9_]*") && isWithin(sql, open);
    }

    /** Whether the parenthesis at a place is closed at the end and no sooner. */
    private static boolean isWithin(String sql, int open) {
        if (sql.isEmpty() || sql.charAt(open) != '(') {
            return false;
        }
        int depth = 0;
        for (int i = open; i < sql.length(); i++) {
            if (sql.charAt(i) == '\'' || sql.charAt(i) == '"') {
                i = sql.indexOf(sql.charAt(i), i + 1);
                if (i < 0) {
                    return false;
                }
                continue;
            }
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i == sql.length() - 1;
            }
        }
        return false;
    }
}
