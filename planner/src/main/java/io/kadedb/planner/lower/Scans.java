package io.kadedb.planner.lower;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.FileScan;
import io.kadedb.planner.physical.PhysicalPlan.KeyLookup;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import io.kadedb.planner.physical.PhysicalPlan.TableScan;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.calcite.util.ImmutableBitSet;

/** Reads of tables and files: by key where the whole key is given, with the filter in the scan otherwise. */
final class Scans {
    private Scans() {}

    static TableRef reference(TableDefinition table) {
        return new TableRef(table.id(), table.schema(), table.name(), table.schemaVersion());
    }

    /** The read of the columns needed; the condition is made over the columns as the read gives them. */
    static Lowered read(
            KadeTable table,
            ImmutableBitSet needed,
            Function<IntFunction<Expr>, Optional<Expr>> condition,
            double rows) {
        List<Field> fields = table.fields();
        int[] at = new int[fields.size()];
        Arrays.fill(at, -1);
        List<Integer> columns = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int field : needed) {
            at[field] = columns.size();
            columns.add(table instanceof KadeTable.Stored stored ? stored.ordinal(field) : field);
            output.add(fields.get(field));
        }
        Optional<Expr> filter = condition.apply(index -> {
            Field field = fields.get(index);
            return new Expr.Column(at[index], field.type(), field.nullable());
        });
        PhysicalPlan plan = switch (table) {
            case KadeTable.Stored stored -> stored(stored, columns, filter, output, rows);
            case KadeTable.InFile file -> file(file, columns, filter, output, rows);
            case KadeTable.Given given -> given(given.plan(columns), filter, rows);
            case KadeTable.Part part -> throw KadeException.internal("a part of given rows is read alone", null);
        };
        return new Lowered(plan, at);
    }

    private static PhysicalPlan file(
            KadeTable.InFile file, List<Integer> columns, Optional<Expr> filter, List<Field> output, double rows) {
        FileScan scan = new FileScan(file.path(), file.format(), Map.of(), file.fields(), columns, output, file.rows());
        return filter.<PhysicalPlan>map(condition -> new PhysicalPlan.Filter(scan, condition, rows))
                .orElse(scan);
    }

    private static PhysicalPlan given(PhysicalPlan plan, Optional<Expr> filter, double rows) {
        return filter.<PhysicalPlan>map(condition -> new PhysicalPlan.Filter(plan, condition, rows))
                .orElse(plan);
    }

    private static PhysicalPlan stored(
            KadeTable.Stored stored, List<Integer> columns, Optional<Expr> filter, List<Field> output, double rows) {
        TableDefinition table = stored.definition();
        TableRef reference = reference(table);
        if (filter.isPresent() && table.hasPrimaryKey()) {
            Optional<PhysicalPlan> lookup = lookup(table, reference, columns, filter.get(), output);
            if (lookup.isPresent()) {
                return lookup.get();
            }
        }
        return new TableScan(reference, columns, filter, output, rows);
    }

    /** The read by key, if the filter gives a constant for every key column. */
    private static Optional<PhysicalPlan> lookup(
            TableDefinition table, TableRef reference, List<Integer> columns, Expr filter, List<Field> output) {
        Map<Integer, List<Expr>> constants = new HashMap<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr conjunct : conjuncts(filter)) {
            Optional<Map.Entry<Integer, List<Expr>>> key = keyConstants(conjunct, columns, table);
            if (key.isPresent() && !constants.containsKey(key.get().getKey())) {
                constants.put(key.get().getKey(), key.get().getValue());
            } else {
                rest.add(conjunct);
            }
        }
        if (!constants.keySet().containsAll(table.primaryKey())) {
            return Optional.empty();
        }
        List<List<Expr>> keys = List.of(List.of());
        for (int column : table.primaryKey()) {
            keys = combined(keys, constants.getOrDefault(column, List.of()));
        }
        if (keys.size() > 1000) {
            return Optional.empty();
        }
        return Optional.of(new KeyLookup(reference, columns, keys, conjunction(rest), output, keys.size()));
    }

    private static List<List<Expr>> combined(List<List<Expr>> prefixes, List<Expr> values) {
        List<List<Expr>> combined = new ArrayList<>();
        for (List<Expr> prefix : prefixes) {
            for (Expr value : values) {
                List<Expr> key = new ArrayList<>(prefix);
                key.add(value);
                combined.add(List.copyOf(key));
            }
        }
        return combined;
    }

    /** The key column a conjunct fixes, with the values it may have. */
    private static Optional<Map.Entry<Integer, List<Expr>>> keyConstants(
            Expr conjunct, List<Integer> columns, TableDefinition table) {
        if (conjunct instanceof Call call
                && call.function() == ScalarFunction.EQ
                && call.args().get(0) instanceof Expr.Column column
                && isConstant(call.args().get(1))
                && call.args().get(1).type().layout() == column.type().layout()) {
            int ordinal = columns.get(column.index());
            return table.primaryKey().contains(ordinal)
                    ? Optional.of(Map.entry(ordinal, List.of(call.args().get(1))))
                    : Optional.empty();
        }
        if (conjunct instanceof Expr.InList in && in.input() instanceof Expr.Column column) {
            int ordinal = columns.get(column.index());
            return table.primaryKey().contains(ordinal)
                    ? Optional.of(Map.entry(ordinal, List.copyOf(in.values())))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isConstant(Expr expression) {
        return switch (expression) {
            case Expr.Literal literal -> literal.value() != null;
            case Expr.Parameter parameter -> true;
            case Expr.SessionValue value -> true;
            case Expr.OuterColumn column -> true;
            case Expr.Cast cast -> isConstant(cast.input());
            default -> false;
        };
    }

    static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Call call && call.function() == ScalarFunction.AND
                ? call.args()
                : List.of(condition);
    }

    static Optional<Expr> conjunction(List<Expr> conjuncts) {
        if (conjuncts.isEmpty()) {
            return Optional.empty();
        }
        boolean nullable = conjuncts.stream().anyMatch(Expr::nullable);
        return Optional.of(
                conjuncts.size() == 1
                        ? conjuncts.getFirst()
                        : new Call(
                                ScalarFunction.AND,
                                conjuncts,
                                conjuncts.getFirst().type(),
                                nullable));
    }

    static KadeTable table(org.apache.calcite.rel.core.TableScan scan) {
        KadeTable table = scan.getTable().unwrap(KadeTable.class);
        if (table == null) {
            throw KadeException.internal("not one of our tables: " + scan.getTable(), null);
        }
        return table;
    }
}
