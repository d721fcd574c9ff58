package io.kadedb.planner.rel;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lets filters tell of all variables by which their subqueries know the row: of a HAVING with several subqueries Calcite
 * tells of those of the first only.
 */
final class KadeRelBuilder extends RelBuilder {
    private final RelBuilder.Config settings;

    private KadeRelBuilder(RelBuilder.Config settings, RelOptCluster cluster, @Nullable RelOptSchema schema) {
        super(Contexts.of(settings), cluster, schema);
        this.settings = settings;
    }

    static RelBuilder create(RelOptCluster cluster, @Nullable RelOptSchema schema) {
        return new KadeRelBuilder(RelBuilder.Config.DEFAULT, cluster, schema);
    }

    @Override
    public RelBuilder transform(UnaryOperator<RelBuilder.Config> transform) {
        return new KadeRelBuilder(transform.apply(settings), getCluster(), getRelOptSchema());
    }

    @Override
    public RelBuilder filter(Iterable<CorrelationId> variables, Iterable<? extends RexNode> predicates) {
        Set<CorrelationId> all = new LinkedHashSet<>();
        variables.forEach(all::add);
        RelDataType row = peek().getRowType();
        predicates.forEach(predicate -> predicate.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                visit(query.rel);
                return super.visitSubQuery(query);
            }

            private void visit(RelNode rel) {
                rel.accept(this);
                rel.getInputs().forEach(this::visit);
            }

            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                if (variable.getType().equals(row)) {
                    all.add(variable.id);
                }
                return variable;
            }
        }));
        return super.filter(all, predicates);
    }
}
