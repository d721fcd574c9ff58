package io.kadedb.planner.graph;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * The matches of a pattern: one row with the columns of all variables for each. Its inputs are {@link GraphElement}s in
 * the order of the variables; {@link MatchExpansion} replaces it by the joins and path searches it stands for.
 */
public final class GraphMatch extends AbstractRelNode {
    private List<RelNode> elements;
    private final MatchShape shape;

    public GraphMatch(RelOptCluster cluster, List<RelNode> elements, MatchShape shape) {
        this(cluster, cluster.traitSet(), elements, shape);
    }

    private GraphMatch(RelOptCluster cluster, RelTraitSet traits, List<RelNode> elements, MatchShape shape) {
        super(cluster, traits);
        this.elements = List.copyOf(elements);
        this.shape = shape;
    }

    MatchShape shape() {
        return shape;
    }

    @Override
    public List<RelNode> getInputs() {
        return elements;
    }

    @Override
    public void replaceInput(int ordinal, RelNode rel) {
        List<RelNode> replaced = new ArrayList<>(elements);
        replaced.set(ordinal, rel);
        elements = List.copyOf(replaced);
        recomputeDigest();
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder();
        elements.forEach(element -> builder.addAll(element.getRowType().getFieldList()));
        return builder.uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new GraphMatch(getCluster(), traitSet, inputs, shape);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        for (int i = 0; i < elements.size(); i++) {
            writer.input("element" + i, elements.get(i));
        }
        return writer.item("shape", shape);
    }
}
