package io.kadedb.planner.rules;

import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.api.RuleSet.Rule;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.rel.RelPlanner;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rewrites in order: subqueries to joins, conditions down, joins in the order that is cheapest. */
public final class RelRewriter {
    private static final Logger LOG = LoggerFactory.getLogger(RelRewriter.class);
    private static final HepProgram SUBQUERIES = HepProgram.builder()
            .addRuleInstance(asWritten(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE))
            .addRuleInstance(asWritten(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE))
            .addRuleInstance(asWritten(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE))
            .build();

    /** What may be true of NULL. */
    private static final Set<SqlKind> LENIENT =
            EnumSet.of(SqlKind.IS_NULL, SqlKind.IS_NOT_TRUE, SqlKind.IS_NOT_FALSE, SqlKind.IS_UNKNOWN);

    private final Cardinality cardinality;
    private final RuleSet rules;

    public RelRewriter(Cardinality cardinality, RuleSet rules) {
        this.cardinality = cardinality;
        this.rules = rules;
    }

    /** The relation in the form in which it is lowered. */
    public RelNode rewrite(RelNode rel) {
        RelNode result = rel;
        if (Correlations.hasSubQuery(result)) {
            result = new UnnestSubqueries(rules.has(Rule.UNNEST_SUBQUERIES)).rewrite(result);
        }
        if (Correlations.hasSubQuery(result)) {
            result = withoutSubqueries(result);
        }
        // Decorrelated, both sides would compute what gives the outer values, and something else if it is volatile.
        if (rules.has(Rule.DECORRELATE)
                && Correlations.hasCorrelate(result)
                && !hasCorrelatedWindow(result)
                && !hasCorrelatedCount(result)
                && !testsOuterNulls(result)
                && Correlations.isDeterministic(result)) {
            result = decorrelated(ConstantGroups.rewrite(SemiJoinInputs.rewrite(UniqueCorrelations.rewrite(result))));
        }
        result = KnownBranches.rewrite(result);
        for (Rule rule : rules.rules()) {
            result = rewrite(result, rule);
        }
        return result;
    }

    /** What may be done in any order. */
    private RelNode rewrite(RelNode rel, Rule rule) {
        return switch (rule) {
            case PUSH_PREDICATES -> PushPredicates.rewrite(rel);
            case BIND_PATH_ENDS -> PathSearchEnds.rewrite(rel);
            case ORDER_JOINS -> new JoinOrder(cardinality).rewrite(rel);
            case POINT_QUERIES, UNNEST_SUBQUERIES, DECORRELATE, READ_KEYS -> rel;
        };
    }

    /** The rule, which does not simplify expressions: Calcite's simplification does not know our types. */
    private static RelOptRule asWritten(SubQueryRemoveRule rule) {
        return rule.config
                .withRelBuilderFactory(RelBuilder.proto(Contexts.of(RelBuilder.Config.DEFAULT.withSimplify(false))))
                .toRule();
    }

    private static RelNode withoutSubqueries(RelNode rel) {
        HepPlanner planner = new HepPlanner(SUBQUERIES, Contexts.of(RelPlanner.NO_FOLDING));
        planner.setExecutor(RelPlanner.NO_FOLDING);
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    private static RelNode decorrelated(RelNode rel) {
        RelBuilder builder = RelFactories.LOGICAL_BUILDER
                .create(rel.getCluster(), null)
                .transform(config -> config.withSimplify(false));
        try {
            RelNode result = RelDecorrelator.decorrelateQuery(rel, builder);
            // It numbers rows to limit them for each outer row; running the query row by row needs no window.
            return windows(result) > windows(rel) ? rel : NullOuterValues.rewrite(result);
        } catch (AssertionError | RuntimeException e) {
            // Calcite checks its result and says so when it lost outer rows (a lateral aggregate without a match), and
            // fails on some trees in other ways: the query is run row by row instead.
            LOG.debug("a correlated query is not decorrelated", e);
            return rel;
        }
    }

    /** Projections with window functions. */
    private static int windows(RelNode rel) {
        int own = rel instanceof Project project && project.containsOver() ? 1 : 0;
        return own + rel.getInputs().stream().mapToInt(RelRewriter::windows).sum();
    }

    /** Whether rows are limited for each outer row to a number known at run time only, which Calcite takes for a literal. */
    private static boolean hasCorrelatedCount(RelNode rel) {
        return (rel instanceof Correlate correlate && hasCount(correlate.getRight()))
                || rel.getInputs().stream().anyMatch(RelRewriter::hasCorrelatedCount);
    }

    private static boolean hasCount(RelNode rel) {
        return (rel instanceof Sort sort
                        && (sort.fetch instanceof RexDynamicParam || sort.offset instanceof RexDynamicParam))
                || rel.getInputs().stream().anyMatch(RelRewriter::hasCount);
    }

    /** Whether a NULL of the outer row lets rows through: decorrelated, it would find none, being joined by equality. */
    private static boolean testsOuterNulls(RelNode rel) {
        return (rel instanceof Correlate correlate && lenient(correlate.getRight()))
                || rel.getInputs().stream().anyMatch(RelRewriter::testsOuterNulls);
    }

    private static boolean lenient(RelNode rel) {
        boolean[] found = {false};
        if (rel instanceof Filter filter) {
            filter.getCondition().accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    found[0] |= LENIENT.contains(call.getKind()) && RexUtil.containsCorrelation(call);
                    return super.visitCall(call);
                }
            });
        }
        return found[0] || rel.getInputs().stream().anyMatch(RelRewriter::lenient);
    }

    /** Whether a window is over rows of one outer row only: decorrelated, it would see those of all. */
    private static boolean hasCorrelatedWindow(RelNode rel) {
        return (rel instanceof Correlate correlate && windows(correlate.getRight()) > 0)
                || rel.getInputs().stream().anyMatch(RelRewriter::hasCorrelatedWindow);
    }
}
