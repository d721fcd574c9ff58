package io.kadedb.planner.graph;

import io.kadedb.planner.physical.PathSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Pairs of a left and a right row whose vertices are connected by a path over the edges: one row for each pair and path,
 * with the columns of both, the number of edges, and aggregates over the path's edges in order.
 */
public final class LogicalPathSearch extends AbstractRelNode {
    /**
     * The search.
     *
     * @param leftKeys columns of the left rows that name a vertex; the others name it in the same order
     * @param sources columns of an edge that name the vertex where it starts
     * @param destinations columns of an edge that name the vertex where it ends
     * @param rightKeys columns of the right rows that name a vertex
     * @param edgeKeys columns of an edge that tell it from others, for modes that ask; else empty
     * @param cost column of an edge, for the cheapest paths
     * @param max {@link Integer#MAX_VALUE} for no bound
     * @param calls over the edges
     */
    public record Spec(
            List<Integer> leftKeys,
            List<Integer> sources,
            List<Integer> destinations,
            List<Integer> rightKeys,
            List<Integer> edgeKeys,
            Optional<Integer> cost,
            PathSelection selection,
            int min,
            int max,
            List<AggregateCall> calls) {
        public Spec {
            leftKeys = List.copyOf(leftKeys);
            sources = List.copyOf(sources);
            destinations = List.copyOf(destinations);
            rightKeys = List.copyOf(rightKeys);
            edgeKeys = List.copyOf(edgeKeys);
            calls = List.copyOf(calls);
        }

        /** The same with other columns of the left rows. */
        public Spec withLeftKeys(List<Integer> keys) {
            return new Spec(keys, sources, destinations, rightKeys, edgeKeys, cost, selection, min, max, calls);
        }
    }

    private List<RelNode> inputs;
    private final Spec spec;

    public LogicalPathSearch(RelNode left, RelNode edges, RelNode right, Spec spec) {
        this(left.getCluster(), left.getCluster().traitSet(), List.of(left, edges, right), spec);
    }

    private LogicalPathSearch(RelOptCluster cluster, RelTraitSet traits, List<RelNode> inputs, Spec spec) {
        super(cluster, traits);
        this.inputs = List.copyOf(inputs);
        this.spec = spec;
    }

    public RelNode left() {
        return inputs.get(0);
    }

    public RelNode edges() {
        return inputs.get(1);
    }

    public RelNode right() {
        return inputs.get(2);
    }

    public Spec spec() {
        return spec;
    }

    @Override
    public List<RelNode> getInputs() {
        return inputs;
    }

    @Override
    public void replaceInput(int ordinal, RelNode rel) {
        List<RelNode> replaced = new ArrayList<>(inputs);
        replaced.set(ordinal, rel);
        inputs = List.copyOf(replaced);
        recomputeDigest();
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        RelDataTypeFactory.Builder builder = types.builder();
        builder.addAll(left().getRowType().getFieldList());
        builder.addAll(right().getRowType().getFieldList());
        builder.add(ElementSql.LENGTH, types.createSqlType(SqlTypeName.BIGINT));
        for (int i = 0; i < spec.calls.size(); i++) {
            builder.add(
                    "$agg" + i,
                    types.createTypeWithNullability(spec.calls.get(i).getType(), true));
        }
        return builder.uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> newInputs) {
        return new LogicalPathSearch(getCluster(), traitSet, newInputs, spec);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        return writer.input("left", left())
                .input("edges", edges())
                .input("right", right())
                .item("spec", spec);
    }
}
