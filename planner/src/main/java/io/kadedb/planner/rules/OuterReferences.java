package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.ImmutableBitSet;

/** Finds what expressions and relations read of an outer row, and puts something else in its place. */
final class OuterReferences extends RexShuttle {
    private final Set<CorrelationId> ids;
    private final IntFunction<RexNode> replacement;

    private OuterReferences(Set<CorrelationId> ids, IntFunction<RexNode> replacement) {
        this.ids = ids;
        this.replacement = replacement;
    }

    /** The relation with another expression for each column of the outer row, also within its subqueries. */
    static RelNode replace(RelNode rel, Set<CorrelationId> ids, IntFunction<RexNode> replacement) {
        return ids.isEmpty() ? rel : new OuterReferences(ids, replacement).inner(rel);
    }

    static RexNode replace(RexNode node, Set<CorrelationId> ids, IntFunction<RexNode> replacement) {
        return ids.isEmpty() ? node : node.accept(new OuterReferences(ids, replacement));
    }

    /** The columns of the outer row that a relation reads. */
    static ImmutableBitSet columns(RelNode rel, Set<CorrelationId> ids) {
        ImmutableBitSet.Builder found = ImmutableBitSet.builder();
        new Finder(ids, found).visit(rel);
        return found.build();
    }

    static ImmutableBitSet columns(RexNode node, Set<CorrelationId> ids) {
        ImmutableBitSet.Builder found = ImmutableBitSet.builder();
        node.accept(new Finder(ids, found));
        return found.build();
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && ids.contains(variable.id)
                ? replacement.apply(access.getField().getIndex())
                : super.visitFieldAccess(access);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // whether anything was replaced
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        RelNode inner = inner(visited.rel);
        return inner == visited.rel ? visited : visited.clone(inner);
    }

    @SuppressWarnings("ReferenceEquality") // whether anything was replaced
    private RelNode inner(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode replaced = inner(input);
            changed |= replaced != input;
            inputs.add(replaced);
        }
        return (changed ? rel.copy(rel.getTraitSet(), inputs) : rel).accept(this);
    }

    private static final class Finder extends RexShuttle {
        private final Set<CorrelationId> ids;
        private final ImmutableBitSet.Builder found;

        Finder(Set<CorrelationId> ids, ImmutableBitSet.Builder found) {
            this.ids = ids;
            this.found = found;
        }

        void visit(RelNode rel) {
            rel.accept(this);
            rel.getInputs().forEach(this::visit);
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable && ids.contains(variable.id)) {
                found.set(access.getField().getIndex());
            }
            return access;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            query.getOperands().forEach(operand -> operand.accept(this));
            visit(query.rel);
            return query;
        }
    }
}
