package io.kadedb.planner.validate;

import io.kadedb.common.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** The names of a query's columns as PostgreSQL gives them, read before validation changes the tree. */
public final class QueryNames {
    /** A name for each select item, null for a star. */
    private final List<String> items;

    private final long stars;

    private QueryNames(List<String> items) {
        this.items = items;
        this.stars = items.stream().filter(String::isEmpty).count();
    }

    public static QueryNames of(SqlNode query) {
        return switch (query) {
            case SqlOrderBy order -> of(order.query);
            case SqlWith with -> of(with.body);
            case SqlSelect select ->
                new QueryNames(
                        select.getSelectList().stream().map(QueryNames::item).toList());
            case SqlBasicCall call when SqlKind.SET_QUERY.contains(call.getKind()) -> of(call.operand(0));
            case SqlBasicCall call
            when call.getKind() == SqlKind.VALUES -> {
                int width = ((SqlBasicCall) call.operand(0)).operandCount();
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    names.add("column" + i);
                }
                yield new QueryNames(names);
            }
            default -> new QueryNames(List.of());
        };
    }

    private static String item(SqlNode item) {
        return item instanceof SqlIdentifier identifier && identifier.isStar() ? "" : ColumnNames.of(item);
    }

    /** The columns with these names; where there are several stars only names Calcite made up are replaced. */
    public List<Field> applied(List<Field> columns) {
        int width = columns.size() - (items.size() - 1);
        boolean known = stars == 0 ? items.size() == columns.size() : stars == 1 && width >= 0;
        List<Field> named = new ArrayList<>();
        if (!known) {
            for (Field column : columns) {
                boolean made = column.name().startsWith("EXPR$");
                named.add(new Field(made ? ColumnNames.UNNAMED : column.name(), column.type(), column.nullable()));
            }
            return named;
        }
        for (String item : items) {
            if (item.isEmpty()) {
                named.addAll(columns.subList(named.size(), named.size() + width));
            } else {
                Field column = columns.get(named.size());
                named.add(new Field(item, column.type(), column.nullable()));
            }
        }
        return named;
    }
}
