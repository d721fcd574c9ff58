package io.kadedb.planner.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.Principal;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.api.StatisticsSource.Statistics;
import io.kadedb.planner.dml.RowRules;
import io.kadedb.planner.physical.Expr;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What an index computes of a row, over the ordinals of its table's columns.
 *
 * @param parts of the key, in order
 * @param condition which rows are in it
 */
public record IndexValues(List<Expr> parts, Optional<Expr> condition) {
    /** Expressions are planned once for each definition of a table, of which there is one object while it is used. */
    private static final Cache<TableDefinition, Map<IndexDefinition, IndexValues>> PLANNED =
            Caffeine.newBuilder().weakKeys().build();

    public IndexValues {
        parts = List.copyOf(parts);
    }

    /** The values of an index that its table has. */
    public static IndexValues of(TableDefinition table, IndexDefinition index) {
        if (index.isPlain()) {
            return plan(table, index);
        }
        Map<IndexDefinition, IndexValues> planned = PLANNED.get(table, ignored -> new HashMap<>());
        synchronized (planned) {
            return planned.computeIfAbsent(index, ignored -> plan(table, index));
        }
    }

    private static IndexValues plan(TableDefinition table, IndexDefinition index) {
        List<Expr> parts = new ArrayList<>();
        for (IndexDefinition.Part part : index.parts()) {
            parts.add(part.expression()
                    .map(computed -> expression(table, computed.sql()))
                    .orElseGet(() -> {
                        int ordinal = table.ordinalOfId(part.columnId());
                        return new Expr.Column(
                                ordinal, table.columns().get(ordinal).type(), true);
                    }));
        }
        return new IndexValues(
                parts, index.condition().map(IndexExpression::sql).map(sql -> condition(table, sql)));
    }

    /** What is to be computed, over the columns {@link IndexDefinition#computedFrom()} by their places there. */
    public IndexValues over(TableDefinition table, IndexDefinition index) {
        List<Integer> read = index.computedFrom();
        IntUnaryOperator places =
                ordinal -> read.indexOf(table.columns().get(ordinal).id());
        List<Expr> expressions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (index.parts().get(i).expression().isPresent()) {
                expressions.add(Canonical.of(parts.get(i), places));
            }
        }
        return new IndexValues(expressions, condition.map(tested -> Canonical.of(tested, places)));
    }

    /** An expression over a table's row, as indexes read it: without names that depend on the session. */
    public static Expr expression(TableDefinition table, String sql) {
        return RowRules.overRow(new PlanningSession(context()), table, sql, "index expressions");
    }

    /** A condition on a table's row. */
    public static Expr condition(TableDefinition table, String sql) {
        return RowRules.conditionOfRow(new PlanningSession(context()), table, sql, "index predicates");
    }

    private static PlanningContext context() {
        return new PlanningContext(
                new CatalogSnapshot(0, Map.of()),
                table -> new Statistics(0, List.of()),
                (path, options) -> {
                    throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "indexes do not read files");
                },
                Principal.EMBEDDED_OWNER,
                AccessControl.allowAll(),
                List.of(),
                ZoneOffset.UTC,
                RuleSet.ALL);
    }
}
