package io.kadedb.planner.validate;

import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.PlainSelect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes out what a query leaves unsaid: the names of columns without an alias, of the columns of VALUES, and of
 * subqueries in FROM. Done before validation, which has names of its own for them.
 */
public final class DerivedNames extends SqlBasicVisitor<@Nullable Void> {
    /** No statement can name a subquery that has no name. */
    private static final String UNNAMED_SUBQUERY = "$subquery";

    private int unnamed;

    private DerivedNames() {}

    /** The query with names; its tree is changed. */
    public static SqlNode assign(SqlNode query) {
        SqlNode named = sorted(query);
        named.accept(new DerivedNames());
        return named;
    }

    /** The columns of a planned query with their names as the user sees them. */
    public static List<Field> ofResult(SqlNode query, List<Field> columns) {
        boolean values = query.getKind() == SqlKind.VALUES;
        List<Field> named = new ArrayList<>();
        for (Field column : columns) {
            String name = values ? ColumnNames.ofValue(named.size()) : RepeatedNames.plain(column.name());
            named.add(new Field(name, column.type(), column.nullable()));
        }
        return named;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        switch (call) {
            case SqlSelect select -> {
                items(select.getSelectList());
                if (select.getFrom() != null) {
                    select.setFrom(source(select.getFrom()));
                }
            }
            case SqlJoin join -> {
                join.setLeft(source(join.getLeft()));
                join.setRight(source(join.getRight()));
            }
            case SqlWith with -> with.body = sorted(with.body);
            case SqlWithItem item -> item.query = named(item.query);
            case SqlBasicCall set
            when SqlKind.SET_QUERY.contains(set.getKind()) -> set.setOperand(0, named(set.operand(0)));
            default -> {}
        }
        return super.visit(call);
    }

    private static void items(SqlNodeList items) {
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            boolean named = item.getKind() == SqlKind.AS || item instanceof SqlIdentifier;
            if (!named && !isStar(item)) {
                items.set(i, alias(item, ColumnNames.of(item), List.of()));
            }
        }
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlStarExclude || item instanceof SqlStarReplace;
    }

    /** Something in FROM. */
    private SqlNode source(SqlNode node) {
        return switch (node) {
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS -> {
                SqlNode inner = as.operand(0);
                Optional<SqlNode> selected = ScalarFunctionTable.of(inner, ((SqlIdentifier) as.operand(1)).getSimple());
                if (selected.isPresent()) {
                    as.setOperand(0, selected.get());
                } else if (inner.getKind() == SqlKind.VALUES) {
                    int given = as.operandCount() - 2;
                    List<String> all = ColumnNames.ofValues(width(inner));
                    if (given < all.size()) {
                        yield with(as, all.subList(given, all.size()));
                    }
                } else {
                    as.setOperand(0, named(inner));
                }
                yield as;
            }
            case SqlCall call
            when ScalarFunctionTable.name(call).isPresent() -> {
                String name = ScalarFunctionTable.name(call).get();
                yield alias(ScalarFunctionTable.of(call, name).orElse(call), name, List.of());
            }
            case SqlCall query
            when query.isA(SqlKind.QUERY) || query.getKind() == SqlKind.LATERAL -> {
                List<String> columns =
                        query.getKind() == SqlKind.VALUES ? ColumnNames.ofValues(width(query)) : List.of();
                SqlNode inner = query.getKind() == SqlKind.VALUES ? query : named(query);
                yield alias(inner, UNNAMED_SUBQUERY + unnamed++, columns);
            }
            default -> node;
        };
    }

    /** A query whose columns have names even where it is VALUES. */
    private static SqlNode named(SqlNode query) {
        if (query.getKind() == SqlKind.VALUES) {
            return selected(query);
        }
        if (query.getKind() == SqlKind.LATERAL) {
            ((SqlCall) query).setOperand(0, named(((SqlCall) query).operand(0)));
            return query;
        }
        return sorted(query);
    }

    /** VALUES are sorted by their names. */
    private static SqlNode sorted(SqlNode query) {
        return query instanceof SqlOrderBy order && order.query.getKind() == SqlKind.VALUES
                ? new SqlOrderBy(
                        order.getParserPosition(), selected(order.query), order.orderList, order.offset, order.fetch)
                : query;
    }

    private static SqlNode selected(SqlNode values) {
        SqlParserPos pos = values.getParserPosition();
        SqlNode source = alias(values, UNNAMED_SUBQUERY, ColumnNames.ofValues(width(values)));
        return PlainSelect.of(pos, SqlNodeList.of(SqlIdentifier.star(pos)), source);
    }

    private static int width(SqlNode values) {
        return ((SqlCall) ((SqlCall) values).operand(0)).operandCount();
    }

    private static SqlNode with(SqlCall as, List<String> columns) {
        List<SqlNode> operands = new ArrayList<>(as.getOperandList());
        columns.forEach(column -> operands.add(new SqlIdentifier(column, as.getParserPosition())));
        return SqlStdOperatorTable.AS.createCall(as.getParserPosition(), operands);
    }

    private static SqlNode alias(SqlNode node, String name, List<String> columns) {
        SqlParserPos pos = node.getParserPosition();
        SqlCall as = SqlStdOperatorTable.AS.createCall(pos, node, new SqlIdentifier(name, pos));
        return columns.isEmpty() ? as : with(as, columns);
    }
}
