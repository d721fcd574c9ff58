package io.kadedb.planner.rules;

import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.api.RuleSet.Rule;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.lower.ConstantArguments;
import io.kadedb.planner.lower.ExprBuilder;
import org.apache.calcite.rel.RelNode;

/** All rewrites in order: subqueries to joins, conditions down, joins in the order that is cheapest. */
public final class RelRewriter {
    private final Cardinality cardinality;
    private final ExprBuilder expressions;
    private final RuleSet rules;

    public RelRewriter(Cardinality cardinality, ExprBuilder expressions, RuleSet rules) {
        this.cardinality = cardinality;
        this.expressions = expressions;
        this.rules = rules;
    }

    /** The relation in the form in which it is lowered. */
    public RelNode rewrite(RelNode rel) {
        RelNode result = Correlations.hasSubQuery(rel) ? SubqueryApplies.rewrite(rel) : rel;
        if (Correlations.hasCorrelate(result)) {
            result = new Decorrelation(rules.has(Rule.UNNEST_SUBQUERIES), rules.has(Rule.DECORRELATE)).rewrite(result);
        }
        result = KnownBranches.rewrite(result, expressions);
        for (Rule rule : rules.rules()) {
            result = rewrite(result, rule);
        }
        return result;
    }

    /** What may be done in any order. */
    private RelNode rewrite(RelNode rel, Rule rule) {
        return switch (rule) {
            case PUSH_PREDICATES ->
                BucketComparisons.rewrite(PushPredicates.rewrite(rel), new ConstantArguments(expressions));
            case BIND_PATH_ENDS -> PathSearchEnds.rewrite(rel);
            case ORDER_JOINS -> new JoinOrder(cardinality).rewrite(rel);
            case POINT_QUERIES, UNNEST_SUBQUERIES, DECORRELATE, READ_KEYS, SHARE_SUBPLANS -> rel;
        };
    }
}
