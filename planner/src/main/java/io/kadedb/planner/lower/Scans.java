package io.kadedb.planner.lower;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.FileScan;
import io.kadedb.planner.physical.PhysicalPlan.KeyLookup;
import io.kadedb.planner.physical.PhysicalPlan.KeyRangeScan;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import io.kadedb.planner.physical.PhysicalPlan.TableScan;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Reads of tables and files: by key where the whole key is given, with the filter in the scan otherwise. */
final class Scans {
    private Scans() {}

    static TableRef reference(TableDefinition table) {
        return new TableRef(table.id(), table.schema(), table.name(), table.schemaVersion());
    }

    /**
     * The read of the columns needed; the condition is made over the columns as the read gives them.
     *
     * @param needed columns that are needed for the condition or above it
     * @param wanted columns that are needed above it
     * @param order of the columns that is wanted, if one is; the read may have it or not
     */
    static Lowered read(
            KadeTable table,
            ImmutableBitSet needed,
            ImmutableBitSet wanted,
            Function<IntFunction<Expr>, Optional<Expr>> condition,
            double rows,
            KeyReads.@Nullable Statistics statistics,
            @Nullable KeyOrder order) {
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
            case KadeTable.Stored stored ->
                stored(stored, columns, filter, output, places(wanted, at), rows, statistics, order);
            case KadeTable.InFile file -> file(file, columns, filter, output, rows);
            case KadeTable.Given given -> given(given.plan(columns), filter, rows);
            case KadeTable.SystemTable system -> given(system.plan(columns), filter, rows);
            case KadeTable.Expanded view -> throw KadeException.internal("a view is read as a table", null);
            case KadeTable.Part part -> throw KadeException.internal("a part of given rows is read alone", null);
        };
        if (!(table instanceof KadeTable.Stored stored)) {
            return new Lowered(plan, at);
        }
        return switch (plan) {
            case KeyLookup lookup
            when lookup.index().isPresent() -> trimmed(stored.definition(), lookup, lookup.filter(), at, wanted);
            case KeyRangeScan range -> trimmed(stored.definition(), range, range.filter(), at, wanted);
            case TableScan scan -> ShreddedReads.filtered(scan, at, places(wanted, at));
            default -> new Lowered(plan, at);
        };
    }

    private static Set<Integer> places(ImmutableBitSet fields, int[] at) {
        Set<Integer> places = new TreeSet<>();
        fields.forEach(field -> places.add(at[field]));
        return places;
    }

    /** The read by key without columns that only its keys needed, so that an index may hold all that are left. */
    private static Lowered trimmed(
            TableDefinition table, PhysicalPlan read, Optional<Expr> filter, int[] at, ImmutableBitSet wanted) {
        ImmutableBitSet.Builder kept = ImmutableBitSet.builder();
        wanted.forEach(field -> kept.set(at[field]));
        filter.ifPresent(condition -> Canonical.of(condition, index -> {
            kept.set(index);
            return index;
        }));
        List<Integer> places = kept.build().asList();
        if (places.isEmpty() || places.size() == read.output().size()) {
            return new Lowered(read, at);
        }
        int[] moved = new int[at.length];
        for (int field = 0; field < at.length; field++) {
            moved[field] = at[field] < 0 ? -1 : places.indexOf(at[field]);
        }
        return new Lowered(narrowed(table, read, places), moved);
    }

    private static PhysicalPlan narrowed(TableDefinition table, PhysicalPlan read, List<Integer> places) {
        List<Field> output = places.stream().map(read.output()::get).toList();
        UnaryOperator<Expr> over = filter -> Canonical.moved(filter, places::indexOf);
        if (read instanceof KeyLookup lookup) {
            List<Integer> columns = places.stream().map(lookup.columns()::get).toList();
            return new KeyLookup(
                    lookup.table(),
                    columns,
                    lookup.index(),
                    lookup.keys(),
                    lookup.filter().map(over),
                    output,
                    lookup.rows(),
                    covers(table, lookup.index(), columns));
        }
        KeyRangeScan range = (KeyRangeScan) read;
        List<Integer> columns = places.stream().map(range.columns()::get).toList();
        return new KeyRangeScan(
                range.table(),
                columns,
                range.index(),
                range.key(),
                range.prefixes(),
                range.lower(),
                range.upper(),
                range.nulls(),
                range.descending(),
                range.ordered(),
                range.filter().map(over),
                output,
                range.rows(),
                covers(table, range.index(), columns));
    }

    private static boolean covers(TableDefinition table, Optional<String> index, List<Integer> columns) {
        return index.isPresent() && table.covers(table.index(index.get()).orElseThrow(), columns);
    }

    private static PhysicalPlan file(
            KadeTable.InFile file, List<Integer> columns, Optional<Expr> filter, List<Field> output, double rows) {
        FileScan scan = new FileScan(
                file.path(), file.format(), Map.of(), file.fields(), columns, List.of(), output, file.rows());
        return filter.<PhysicalPlan>map(condition -> new PhysicalPlan.Filter(scan, condition, rows))
                .orElse(scan);
    }

    private static PhysicalPlan given(PhysicalPlan plan, Optional<Expr> filter, double rows) {
        return filter.<PhysicalPlan>map(condition -> new PhysicalPlan.Filter(plan, condition, rows))
                .orElse(plan);
    }

    private static PhysicalPlan stored(
            KadeTable.Stored stored,
            List<Integer> columns,
            Optional<Expr> filter,
            List<Field> output,
            Set<Integer> wanted,
            double rows,
            KeyReads.@Nullable Statistics statistics,
            @Nullable KeyOrder order) {
        TableDefinition table = stored.definition();
        TableRef reference = reference(table);
        if (statistics != null
                && (filter.isPresent() || order != null)
                && (table.hasPrimaryKey() || !table.indexes().isEmpty())) {
            KeyOrder byOrdinals =
                    order == null ? null : order.beneath(stored::ordinal).orElse(null);
            Optional<PhysicalPlan> byKey =
                    new KeyReads(table, reference, columns, output, wanted, statistics).plan(filter, rows, byOrdinals);
            if (byKey.isPresent()) {
                return byKey.get();
            }
        }
        return new TableScan(reference, columns, filter, output, rows);
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
