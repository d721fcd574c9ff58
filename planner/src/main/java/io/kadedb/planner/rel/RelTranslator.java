package io.kadedb.planner.rel;

import io.kadedb.planner.gapfill.GapFillExpansion;
import io.kadedb.planner.graph.MatchExpansion;
import io.kadedb.planner.validate.KadeValidator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Turns a validated query into relational algebra with its subqueries in place. */
public final class RelTranslator {
    private static final SqlToRelConverter.Config CONFIG = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withDecorrelationEnabled(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRemoveSortInSubQuery(true)
            .withRelBuilderFactory(KadeRelBuilder::create)
            // Projections that it merges lose which row their subqueries refer to; ours are merged later.
            .withRelBuilderConfigTransform(config -> config.withSimplify(false)
                    .withPruneInputOfAggregate(false)
                    .withAggregateUnique(true)
                    .withBloat(-1));

    /** Our views expand themselves. */
    private static final RelOptTable.ViewExpander NO_VIEWS = (rowType, queryString, schemaPath, viewPath) -> {
        throw new UnsupportedOperationException("views");
    };

    private RelTranslator() {}

    /** The algebra of a query; validates it first. */
    public static RelRoot translate(SqlNode query, KadeValidator validator, RelOptCluster cluster) {
        SqlNode validated = validator.validate(query);
        KadeSqlToRel converter =
                new KadeSqlToRel(NO_VIEWS, validator, validator.reader(), cluster, KadeConvertlets.INSTANCE, CONFIG);
        RelRoot root = converter.convertQuery(validated, false, true);
        RelNode rel = converter.hasMatches() ? MatchExpansion.expand(root.rel) : root.rel;
        return root.withRel(validator.fillsGaps() ? GapFillExpansion.expand(rel) : rel);
    }

    /** The algebra of a query that another one names in FROM: the order of its rows is lost. */
    public static RelNode translateInner(SqlNode query, KadeValidator validator, RelOptCluster cluster) {
        RelRoot root = translate(query, validator, cluster);
        boolean ordered = root.rel instanceof Sort sort && sort.fetch == null && sort.offset == null;
        return (ordered ? root.withRel(root.rel.getInput(0)) : root).project();
    }
}
