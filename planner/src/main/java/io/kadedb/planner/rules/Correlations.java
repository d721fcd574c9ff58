package io.kadedb.planner.rules;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Finds references to outer rows, and subqueries, anywhere in a relation or expression. */
public final class Correlations {
    private Correlations() {}

    /** Whether the expression refers to the row of this id, also from within subqueries. */
    static boolean uses(RexNode node, CorrelationId id) {
        Finder finder = new Finder(id);
        node.accept(finder);
        return finder.found;
    }

    static boolean uses(RelNode rel, CorrelationId id) {
        Finder finder = new Finder(id);
        finder.visit(rel);
        return finder.found;
    }

    static boolean hasSubQuery(RexNode node) {
        Finder finder = new Finder(null);
        node.accept(finder);
        return finder.subQuery;
    }

    public static boolean hasSubQuery(RelNode rel) {
        Finder finder = new Finder(null);
        finder.visit(rel);
        return finder.subQuery;
    }

    /** Whether expressions of this node itself have subqueries. */
    static boolean hasOwnSubQuery(RelNode rel) {
        Finder finder = new Finder(null);
        rel.accept(finder);
        return finder.subQuery;
    }

    /** Whether a subquery of the relation has subqueries. */
    static boolean nestsSubQueries(RelNode rel) {
        Finder finder = new Finder(null);
        finder.visit(rel);
        return finder.deepest > 1;
    }

    static boolean hasCorrelate(RelNode rel) {
        return rel instanceof Correlate || rel.getInputs().stream().anyMatch(Correlations::hasCorrelate);
    }

    /** Whether the relation gives the same whenever it is computed. */
    static boolean isDeterministic(RelNode rel) {
        boolean[] deterministic = {true};
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                deterministic[0] &= call.getOperator().isDeterministic();
                return super.visitCall(call);
            }
        });
        return deterministic[0] && rel.getInputs().stream().allMatch(Correlations::isDeterministic);
    }

    private static final class Finder extends RexShuttle {
        private final @Nullable CorrelationId id;
        private boolean found;
        private boolean subQuery;
        private int depth;
        private int deepest;

        Finder(@Nullable CorrelationId id) {
            this.id = id;
        }

        void visit(RelNode rel) {
            rel.accept(this);
            rel.getInputs().forEach(this::visit);
        }

        @Override
        public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            found |= variable.id.equals(id);
            return variable;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            subQuery = true;
            query.getOperands().forEach(operand -> operand.accept(this));
            depth++;
            deepest = Math.max(deepest, depth);
            visit(query.rel);
            depth--;
            return query;
        }
    }
}
