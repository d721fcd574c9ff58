package io.kadedb.planner.graph;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The candidates of a variable, with the columns that expressions of the match can see. */
public final class GraphElement extends AbstractRelNode {
    private List<RelNode> queries;

    /**
     * An element.
     *
     * @param queries see {@link PatternVariable}
     */
    public GraphElement(RelOptCluster cluster, List<RelNode> queries, RelDataType rowType) {
        this(cluster, cluster.traitSet(), queries, rowType);
    }

    private GraphElement(RelOptCluster cluster, RelTraitSet traits, List<RelNode> queries, RelDataType rowType) {
        super(cluster, traits);
        this.queries = List.copyOf(queries);
        this.rowType = rowType;
    }

    @Override
    public List<RelNode> getInputs() {
        return queries;
    }

    @Override
    public void replaceInput(int ordinal, RelNode rel) {
        List<RelNode> replaced = new ArrayList<>(queries);
        replaced.set(ordinal, rel);
        queries = List.copyOf(replaced);
        recomputeDigest();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new GraphElement(getCluster(), traitSet, inputs, getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        for (int i = 0; i < queries.size(); i++) {
            writer.input("query" + i, queries.get(i));
        }
        return writer.item("columns", getRowType().getFieldNames());
    }
}
