package io.kadedb.planner.rel;

import io.kadedb.planner.graph.MatchExpansion;
import io.kadedb.planner.validate.KadeValidator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** Turns a validated query into relational algebra with its subqueries in place. */
public final class RelTranslator {
    private static final SqlToRelConverter.Config CONFIG = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withDecorrelationEnabled(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRemoveSortInSubQuery(true)
            .withRelBuilderConfigTransform(config ->
                    config.withSimplify(false).withPruneInputOfAggregate(false).withAggregateUnique(true));

    /** Projections that Calcite does not merge: an expression is computed as often as it is written. */
    private static final SqlToRelConverter.Config UNMERGED =
            CONFIG.addRelBuilderConfigTransform(config -> config.withBloat(-1));

    /** Our views expand themselves. */
    private static final RelOptTable.ViewExpander NO_VIEWS = (rowType, queryString, schemaPath, viewPath) -> {
        throw new UnsupportedOperationException("views");
    };

    private RelTranslator() {}

    /** Whether a validated query gives the same whenever its expressions are computed. */
    public static boolean isDeterministic(SqlNode query) {
        boolean[] deterministic = {true};
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                deterministic[0] &= call.getOperator().isDeterministic();
                return deterministic[0] ? super.visit(call) : null;
            }
        });
        return deterministic[0];
    }

    /** The algebra of a query; validates it first. */
    public static RelRoot translate(SqlNode query, KadeValidator validator, RelOptCluster cluster) {
        SqlNode validated = validator.validate(query);
        KadeSqlToRel converter = new KadeSqlToRel(
                NO_VIEWS,
                validator,
                validator.reader(),
                cluster,
                KadeConvertlets.INSTANCE,
                isDeterministic(validated) && !validator.readsUnstable() ? CONFIG : UNMERGED);
        RelRoot root = converter.convertQuery(validated, false, true);
        return converter.hasMatches() ? root.withRel(MatchExpansion.expand(root.rel)) : root;
    }

    /** The algebra of a query that another one names in FROM: the order of its rows is lost. */
    public static RelNode translateInner(SqlNode query, KadeValidator validator, RelOptCluster cluster) {
        RelRoot root = translate(query, validator, cluster);
        boolean ordered = root.rel instanceof Sort sort && sort.fetch == null && sort.offset == null;
        return (ordered ? root.withRel(root.rel.getInput(0)) : root).project();
    }
}
