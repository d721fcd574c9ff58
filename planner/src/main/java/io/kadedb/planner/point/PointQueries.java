package io.kadedb.planner.point;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.PlanningSession.Planned;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Plans {@code SELECT columns FROM table WHERE key = constant} straight from the tree: nothing in it is to be validated,
 * rewritten or estimated. Whatever goes beyond that, and whatever is wrong, is left to the general way.
 */
public final class PointQueries {
    private final PlanningSession session;

    public PointQueries(PlanningSession session) {
        this.session = session;
    }

    /** The plan, or empty if the query is not of that form. */
    public Optional<Planned> plan(SqlNode query) {
        if (!(query instanceof SqlSelect select) || !isPlain(select)) {
            return Optional.empty();
        }
        Source source = source(select.getFrom());
        if (source == null) {
            return Optional.empty();
        }
        TableDefinition table = source.table;
        List<Field> output = new ArrayList<>();
        List<Integer> columns = source.columns(select.getSelectList(), output);
        List<Expr> key = columns == null ? null : source.key(select.getWhere());
        if (columns == null || key == null) {
            return Optional.empty();
        }
        checkAccess(table, columns);
        key.forEach(this::declare);
        PhysicalPlan.TableRef reference =
                new PhysicalPlan.TableRef(table.id(), table.schema(), table.name(), table.schemaVersion());
        List<Field> fields = columns.stream()
                .map(table.columns()::get)
                .map(PointQueries::field)
                .toList();
        PhysicalPlan plan = new PhysicalPlan.KeyLookup(
                reference, columns, Optional.empty(), List.of(key), Optional.empty(), fields, 1);
        return Optional.of(new Planned(plan, output));
    }

    /** Whether there is nothing but a list, FROM and WHERE. */
    private static boolean isPlain(SqlSelect select) {
        return select.getClass() == SqlSelect.class
                && !select.isDistinct()
                && !select.hasHints()
                && select.getFrom() != null
                && select.getWhere() != null
                && select.getGroup() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && select.getWindowList().isEmpty()
                && select.getOrderList() == null
                && select.getOffset() == null
                && select.getFetch() == null;
    }

    /** The one table, if it can be no other relation of its name. */
    private @Nullable Source source(@Nullable SqlNode from) {
        SqlNode named = from;
        String alias = null;
        if (from instanceof SqlBasicCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2) {
            named = as.operand(0);
            alias = ((SqlIdentifier) as.operand(1)).getSimple();
        }
        List<String> path = session.context().searchPath();
        if (!(named instanceof SqlIdentifier name) || name.names.size() > 2 || path.isEmpty()) {
            return null;
        }
        TableDefinition table =
                table(name.names.size() == 2 ? List.of(name.names.getFirst()) : path, name.names.getLast());
        return table == null || !table.hasPrimaryKey() ? null : new Source(table, alias == null ? table.name() : alias);
    }

    /** The first relation of the name along the path, if it is a table. */
    private @Nullable TableDefinition table(List<String> path, String name) {
        for (String schema : path) {
            SchemaDefinition known = session.context().catalog().schemas().get(schema);
            TableDefinition table = known == null ? null : known.tables().get(name);
            if (table != null || (known != null && known.views().containsKey(name))) {
                return table;
            }
        }
        return null;
    }

    private void checkAccess(TableDefinition table, List<Integer> columns) {
        TreeSet<Integer> read = new TreeSet<>(columns);
        read.addAll(table.primaryKey());
        List<String> names = read.stream()
                .map(ordinal -> table.columns().get(ordinal).name())
                .toList();
        ObjectName object = new ObjectName(ObjectName.Kind.TABLE, table.schema(), table.name());
        session.context().access().check(session.context().principal(), Privilege.SELECT, object, names);
    }

    private void declare(Expr value) {
        if (value instanceof Expr.Parameter parameter) {
            session.parameter(parameter.index(), parameter.type());
        }
    }

    private static Field field(ColumnDefinition column) {
        return new Field(column.name(), column.type(), column.nullable());
    }

    /** A table under the name by which the query calls it. */
    private record Source(TableDefinition table, String alias) {
        /** The ordinal of a column, or -1. */
        private int ordinal(SqlNode node) {
            if (!(node instanceof SqlIdentifier name) || name.isStar()) {
                return -1;
            }
            boolean qualified = name.names.size() == 2 && name.names.getFirst().equals(alias);
            return qualified || name.isSimple()
                    ? table.ordinalOf(name.names.getLast()).orElse(-1)
                    : -1;
        }

        /** The ordinals of the columns asked for, which are added as fields with their names; or null. */
        @Nullable
        List<Integer> columns(SqlNodeList items, List<Field> output) {
            List<Integer> columns = new ArrayList<>();
            for (SqlNode item : items) {
                if (item instanceof SqlIdentifier star && star.isStar() && star.names.size() == 1) {
                    for (int i = 0; i < table.columns().size(); i++) {
                        columns.add(i);
                        output.add(field(table.columns().get(i)));
                    }
                    continue;
                }
                boolean renamed = item.getKind() == SqlKind.AS;
                int ordinal = ordinal(renamed ? ((SqlCall) item).operand(0) : item);
                if (ordinal < 0) {
                    return null;
                }
                ColumnDefinition column = table.columns().get(ordinal);
                String name = renamed ? ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple() : column.name();
                columns.add(ordinal);
                output.add(new Field(name, column.type(), column.nullable()));
            }
            return columns;
        }

        /** The constants that the condition gives the key's columns, in key order; or null if it says anything else. */
        @Nullable
        List<Expr> key(@Nullable SqlNode condition) {
            Map<Integer, Expr> values = new HashMap<>();
            if (condition == null
                    || !collect(condition, values)
                    || values.size() != table.primaryKey().size()) {
                return null;
            }
            List<Expr> key = new ArrayList<>();
            for (int ordinal : table.primaryKey()) {
                Expr value = values.get(ordinal);
                if (value == null) {
                    return null;
                }
                key.add(value);
            }
            return key;
        }

        private boolean collect(SqlNode condition, Map<Integer, Expr> values) {
            if (!(condition instanceof SqlCall call)) {
                return false;
            }
            if (call.getKind() == SqlKind.AND) {
                for (SqlNode operand : call.getOperandList()) {
                    if (!collect(operand, values)) {
                        return false;
                    }
                }
                return true;
            }
            if (call.getKind() != SqlKind.EQUALS) {
                return false;
            }
            int left = ordinal(call.operand(0));
            int ordinal = left >= 0 ? left : ordinal(call.operand(1));
            if (ordinal < 0) {
                return false;
            }
            Expr value = constant(
                    call.operand(left >= 0 ? 1 : 0),
                    table.columns().get(ordinal).type());
            return value != null && !isRepeated(value, values) && values.put(ordinal, value) == null;
        }

        /** Whether a parameter is compared with two columns, which may be of different types. */
        private static boolean isRepeated(Expr value, Map<Integer, Expr> values) {
            return value instanceof Expr.Parameter parameter
                    && values.values().stream()
                            .anyMatch(other ->
                                    other instanceof Expr.Parameter known && known.index() == parameter.index());
        }

        /** A parameter or an integer in the type of an integer column. */
        private static @Nullable Expr constant(SqlNode node, SqlType type) {
            if (!type.isInteger()) {
                return null;
            }
            if (node instanceof SqlDynamicParam parameter) {
                return new Expr.Parameter(parameter.getIndex(), type);
            }
            if (!(node instanceof SqlNumericLiteral literal) || literal.getTypeName() != SqlTypeName.DECIMAL) {
                return null;
            }
            BigDecimal number = literal.getValueAs(BigDecimal.class);
            if (number.scale() != 0
                    || number.unscaledValue().bitLength() > 8 * type.layout().width() - 1) {
                return null;
            }
            return new Expr.Literal(number.longValueExact(), type);
        }
    }
}
