package io.kadedb.planner.rel;

import java.lang.reflect.Proxy;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.hep.HepRelVertex;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What Calcite's own rewrites ask about relations, answered by compiled code: its stock answers generate classes with
 * Janino, which costs a second at the first statement. Estimates for our own decisions are in {@code Cardinality}.
 */
public final class KadeMetadata extends RelMetadataQuery {
    private static final MetadataHandlerProvider NOTHING_KNOWN = new MetadataHandlerProvider() {
        @Override
        public <MH extends MetadataHandler<?>> MH handler(Class<MH> handlerClass) {
            Object handler = Proxy.newProxyInstance(
                    KadeMetadata.class.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, args) -> null);
            return handlerClass.cast(handler);
        }
    };

    private static final KadeMetadata INSTANCE = new KadeMetadata();

    private KadeMetadata() {
        super(NOTHING_KNOWN);
    }

    /** Stateless, so that one serves all. */
    public static KadeMetadata instance() {
        return INSTANCE;
    }

    private static RelNode actual(RelNode rel) {
        return rel instanceof HepRelVertex vertex ? vertex.getCurrentRel() : rel;
    }

    @Override
    public Double getRowCount(RelNode rel) {
        return 1000.0;
    }

    @Override
    public @Nullable Double getMaxRowCount(RelNode rel) {
        return switch (actual(rel)) {
            case Aggregate aggregate
            when aggregate.getGroupCount() == 0 && aggregate.getGroupType() == Aggregate.Group.SIMPLE -> 1.0;
            case Values values -> (double) values.getTuples().size();
            case Project project -> getMaxRowCount(project.getInput());
            case Filter filter -> getMaxRowCount(filter.getInput());
            case Sort sort -> getMaxRowCount(sort.getInput());
            default -> Double.POSITIVE_INFINITY;
        };
    }

    @Override
    public @Nullable Double getMinRowCount(RelNode rel) {
        return switch (actual(rel)) {
            case Aggregate aggregate
            when aggregate.getGroupCount() == 0 && aggregate.getGroupType() == Aggregate.Group.SIMPLE -> 1.0;
            case Values values -> (double) values.getTuples().size();
            case Project project -> getMinRowCount(project.getInput());
            default -> 0.0;
        };
    }

    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        return RelOptPredicateList.EMPTY;
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns) {
        return areColumnsUnique(rel, columns, false);
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
        return switch (actual(rel)) {
            case Aggregate aggregate ->
                aggregate.getGroupType() == Aggregate.Group.SIMPLE
                        && columns.contains(ImmutableBitSet.range(aggregate.getGroupCount()));
            case Filter filter -> areColumnsUnique(filter.getInput(), columns, ignoreNulls);
            case Sort sort -> areColumnsUnique(sort.getInput(), columns, ignoreNulls);
            case Values values -> values.getTuples().size() <= 1;
            case Project project -> areProjectedUnique(project, columns, ignoreNulls);
            case TableScan scan -> scan.getTable().isKey(columns);
            default -> false;
        };
    }

    private @Nullable Boolean areProjectedUnique(Project project, ImmutableBitSet columns, boolean ignoreNulls) {
        ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
        for (int column : columns) {
            RexNode expression = project.getProjects().get(column);
            if (expression instanceof RexInputRef ref) {
                inputs.set(ref.getIndex());
            }
        }
        return areColumnsUnique(project.getInput(), inputs.build(), ignoreNulls);
    }
}
