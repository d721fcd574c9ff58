package io.kadedb.planner.rules;

import io.kadedb.planner.estimate.Cardinality;
import org.apache.calcite.rel.RelNode;

/** All rewrites in order. */
public final class RelRewriter {
    private final Cardinality cardinality;

    public RelRewriter(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    /** The relation in the form in which it is lowered. */
    public RelNode rewrite(RelNode rel) {
        assert cardinality != null;
        return rel;
    }
}
