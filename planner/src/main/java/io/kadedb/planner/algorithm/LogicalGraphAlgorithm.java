package io.kadedb.planner.algorithm;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A row for each vertex, with what an algorithm finds in the graph of the left rows, its vertices, and the right, its edges. */
public final class LogicalGraphAlgorithm extends BiRel {
    private final AlgorithmSpec spec;

    public LogicalGraphAlgorithm(RelNode vertices, RelNode edges, AlgorithmSpec spec) {
        this(vertices.getCluster(), vertices.getCluster().traitSet(), vertices, edges, spec);
    }

    private LogicalGraphAlgorithm(
            RelOptCluster cluster, RelTraitSet traits, RelNode vertices, RelNode edges, AlgorithmSpec spec) {
        super(cluster, traits, vertices, edges);
        this.spec = spec;
    }

    public AlgorithmSpec spec() {
        return spec;
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlGraphAlgorithm.rowType(
                spec, getLeft().getRowType(), getCluster().getTypeFactory());
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new LogicalGraphAlgorithm(getCluster(), traitSet, inputs.get(0), inputs.get(1), spec);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("spec", spec);
    }
}
