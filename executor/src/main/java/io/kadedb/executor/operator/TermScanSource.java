package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermQueries;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.parser.path.PathTerms;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.TermCondition;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The rows that an inverted index finds as morsels. */
final class TermScanSource implements Source {
    private final PhysicalPlan.TermScan scan;
    private final QueryRun run;
    private final AtomicInteger taken = new AtomicInteger();
    private List<TableScan.Split> splits = List.of();

    TermScanSource(PhysicalPlan.TermScan scan, QueryRun run) {
        this.scan = scan;
        this.run = run;
    }

    @Override
    public int start() {
        TableDefinition table = run.context().tables().apply(scan.table().id());
        IndexDefinition index = table.index(scan.index())
                .orElseThrow(() -> KadeException.internal("a plan's index is not in the catalog", null));
        splits = run.context()
                .transaction()
                .search(table, index, scan.columns(), query(scan.condition(), index))
                .splits();
        return Math.max(1, splits.size());
    }

    private TermQuery query(TermCondition condition, IndexDefinition index) {
        return switch (condition) {
            case TermCondition.Probe probe -> probe(probe, index);
            case TermCondition.All all ->
                new TermQuery.And(all.conditions().stream()
                        .map(each -> query(each, index))
                        .toList());
            case TermCondition.Any any ->
                new TermQuery.Or(any.conditions().stream()
                        .map(each -> query(each, index))
                        .toList());
        };
    }

    /** With NULL no operator is true. */
    private TermQuery probe(TermCondition.Probe probe, IndexDefinition index) {
        Expr operand = probe.operand();
        try (RowStore value = new RowStore(List.of(new Field("", operand.type(), true)), run.memory());
                RowWriter writer = new RowWriter(value, run)) {
            writer.append(List.of(operand));
            Object known = Values.get(value.column(0), 0);
            return known == null
                    ? TermQuery.none()
                    : TermQueries.of(
                            probe.part(),
                            index.parts().get(probe.part()).terms().orElseThrow(),
                            probe.operator(),
                            PathTerms.sought(probe.operator(), known),
                            operand.type());
        }
    }

    @Override
    public @Nullable BatchSource next() {
        int index = taken.getAndIncrement();
        return index < splits.size() ? splits.get(index).open() : null;
    }
}
