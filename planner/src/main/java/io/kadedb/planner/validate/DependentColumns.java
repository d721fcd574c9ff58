package io.kadedb.planner.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The columns that a query may use outside of aggregate functions because it groups by their table's primary key, which
 * determines them. Grouping by them too gives the same groups.
 */
final class DependentColumns {
    private static final Set<SqlKind> GROUPINGS =
            Set.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS, SqlKind.ROW);

    private final FromColumns from;
    private final SqlSelect select;

    DependentColumns(FromColumns from, SqlSelect select) {
        this.from = from;
        this.select = select;
    }

    /** The columns used that these groups determine. */
    List<SqlNode> of(List<SqlNode> groups) {
        List<SqlNode> dependent = new ArrayList<>();
        List<SqlNode> flat = new ArrayList<>();
        groups.forEach(group -> addFlat(group, flat));
        for (FromColumns.Source source : from.sources()) {
            SqlValidatorTable table = source.namespace().getTable();
            KadeTable stored = table == null ? null : table.unwrap(KadeTable.class);
            if (stored != null && isKeyGrouped(stored.keyColumns(), source, groups)) {
                Used used = Used.in(select);
                for (String column : source.columns()) {
                    if (used.has(source.alias(), column) && !isGrouped(column, source, flat)) {
                        dependent.add(new SqlIdentifier(
                                List.of(source.alias(), column),
                                groups.getFirst().getParserPosition()));
                    }
                }
            }
        }
        return dependent;
    }

    /** All that a query groups by, with select items in place of their positions. */
    static List<SqlNode> groups(SqlSelect select) {
        List<SqlNode> flat = new ArrayList<>();
        if (select.getGroup() != null) {
            select.getGroup().forEach(group -> addFlat(group, flat));
        }
        flat.replaceAll(group -> atPosition(group, select));
        return flat;
    }

    /** What ROLLUP and the like are of: NULL in some of their groups, whatever determines it. */
    private static void addFlat(SqlNode group, List<SqlNode> flat) {
        if (group instanceof SqlCall call && GROUPINGS.contains(call.getKind())) {
            call.getOperandList().forEach(operand -> addFlat(operand, flat));
        } else if (group instanceof SqlNodeList list) {
            list.forEach(element -> addFlat(element, flat));
        } else {
            flat.add(group);
        }
    }

    private boolean isKeyGrouped(List<String> key, FromColumns.Source source, List<SqlNode> groups) {
        return !key.isEmpty() && key.stream().allMatch(column -> isGrouped(column, source, groups));
    }

    private boolean isGrouped(String column, FromColumns.Source source, List<SqlNode> groups) {
        return groups.stream()
                .map(group -> atPosition(group, select))
                .anyMatch(group -> group instanceof SqlIdentifier id
                        && id.names.getLast().equals(column)
                        && (id.isSimple()
                                ? from.merged(column).isEmpty()
                                        && from.having(column).equals(List.of(source))
                                : id.names.size() == 2 && id.names.getFirst().equals(source.alias())));
    }

    /** The select item, if a group is given by its position. */
    private static SqlNode atPosition(SqlNode group, SqlSelect select) {
        if (group instanceof SqlNumericLiteral number && number.isInteger()) {
            int position = number.intValue(true);
            boolean star =
                    select.getSelectList().stream().anyMatch(item -> item instanceof SqlIdentifier id && id.isStar());
            if (!star && position >= 1 && position <= select.getSelectList().size()) {
                return SqlUtil.stripAs(select.getSelectList().get(position - 1));
            }
        }
        return group;
    }

    /** The names in the clauses that see groups. */
    private static final class Used extends SqlBasicVisitor<@Nullable Void> {
        /** Perhaps with the alias before them; a star's are empty. */
        private final Set<List<String>> names = new HashSet<>();

        /** Queries and windows around a name: aggregates within may be of other rows than the groups'. */
        private int queries;

        static Used in(SqlSelect select) {
            Used used = new Used();
            select.getSelectList().accept(used);
            if (select.getHaving() != null) {
                select.getHaving().accept(used);
            }
            if (select.getOrderList() != null) {
                select.getOrderList().accept(used);
            }
            return used;
        }

        boolean has(String alias, String column) {
            return names.contains(List.of(""))
                    || names.contains(List.of(alias, ""))
                    || names.contains(List.of(column))
                    || names.contains(List.of(alias, column));
        }

        /** What aggregates compute of columns needs no groups of them; what windows do does, aggregates too. */
        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                queries++;
                super.visit(call);
                queries--;
                return null;
            }
            if (call.getKind() == SqlKind.OVER) {
                queries++;
                call.operand(0).accept(this);
                queries--;
                return call.operand(1).accept(this);
            }
            return queries == 0 && AggregateCalls.isAggregate(call) ? null : super.visit(call);
        }

        @Override
        public @Nullable Void visit(SqlIdentifier id) {
            if (!id.isStar() || queries == 0) {
                names.add(id.names.subList(Math.max(0, id.names.size() - 2), id.names.size()));
            }
            return null;
        }
    }
}
