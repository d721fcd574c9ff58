package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.Arrays;
import java.util.Objects;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses recursive queries whose result would depend on how often their step is run: their table may stand once, in FROM,
 * where no row of it is missed, and nothing is aggregated over it (PostgreSQL: parse_cte.c, parse_agg.c by behaviour).
 */
public final class RecursiveTerms {
    private final String name;
    private int references;

    private RecursiveTerms(String name) {
        this.name = name;
    }

    /**
     * Checks all recursive queries within a query.
     *
     * @throws KadeException 42P19
     */
    public static void check(SqlNode query) {
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlWithItem item
                        && item.recursive.booleanValue()
                        && item.query instanceof SqlBasicCall union
                        && union.getKind() == SqlKind.UNION) {
                    RecursiveTerms terms = new RecursiveTerms(item.name.getSimple());
                    terms.query(union.operand(0), "its non-recursive term");
                    terms.query(union.operand(1), null);
                    RecursiveNumbers.widen(union);
                }
                return super.visit(call);
            }
        });
    }

    /** @param place where the table must not stand, if the query is such a place */
    private void query(@Nullable SqlNode query, @Nullable String place) {
        switch (query) {
            case SqlSelect select -> {
                int before = references;
                boolean direct = from(select.getFrom(), place);
                if (references > before && direct) {
                    refuseAggregates(select);
                }
                Arrays.asList(
                                select.getSelectList(),
                                select.getWhere(),
                                select.getGroup(),
                                select.getHaving(),
                                select.getQualify())
                        .forEach(clause -> subqueries(clause, place));
            }
            case SqlWith with -> {
                for (SqlNode item : with.withList) {
                    if (((SqlWithItem) item).name.getSimple().equals(name)) {
                        return;
                    }
                }
                with.withList.forEach(item -> query(((SqlWithItem) item).query, place));
                query(with.body, place);
            }
            case SqlOrderBy ordered -> query(ordered.query, place);
            case SqlBasicCall set
            when set.getOperator() instanceof SqlSetOperator operator -> {
                boolean all = operator.isAll();
                String within = set.getKind() == SqlKind.UNION || !all
                        ? place
                        : inner(place, set.getKind().name());
                query(set.operand(0), within);
                query(set.operand(1), set.getKind() == SqlKind.EXCEPT ? inner(place, "EXCEPT") : within);
            }
            case null, default -> {}
        }
    }

    /** Whether the table itself, and not a query over it, is among what the node names. */
    private boolean from(@Nullable SqlNode from, @Nullable String place) {
        return switch (from) {
            case SqlIdentifier table
            when table.isSimple() && table.getSimple().equals(name) -> {
                reference(table, place);
                yield true;
            }
            case SqlJoin join -> {
                JoinType type = join.getJoinType();
                boolean left =
                        from(join.getLeft(), type.generatesNullsOnLeft() ? inner(place, "an outer join") : place);
                boolean right =
                        from(join.getRight(), type.generatesNullsOnRight() ? inner(place, "an outer join") : place);
                subqueries(join.getCondition(), place);
                yield left || right;
            }
            case SqlCall call
            when call.getKind() == SqlKind.AS || call.getKind() == SqlKind.LATERAL -> from(call.operand(0), place);
            case SqlCall query
            when query.isA(SqlKind.QUERY) -> {
                query(query, place);
                yield false;
            }
            case null, default -> false;
        };
    }

    private static String inner(@Nullable String place, String own) {
        return place == null ? own : place;
    }

    private void reference(SqlIdentifier table, @Nullable String place) {
        references++;
        if (place != null || references > 1) {
            throw KadeException.of(
                            ErrorCode.INVALID_RECURSION,
                            "recursive reference to query \"" + name + "\" must not appear "
                                    + (place == null ? "more than once" : "within " + place))
                    .at(Positions.of(table.getParserPosition()));
        }
    }

    private void subqueries(@Nullable SqlNode clause, @Nullable String place) {
        if (clause == null) {
            return;
        }
        clause.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    query(call, inner(place, "a subquery"));
                    return null;
                }
                return super.visit(call);
            }
        });
    }

    private static void refuseAggregates(SqlSelect select) {
        SqlBasicVisitor<@Nullable Void> refusing = new SqlBasicVisitor<>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                boolean aggregate = KadeOperatorTable.INSTANCE
                        .function(call.getOperator().getName())
                        .filter(SqlOperator::isAggregator)
                        .isPresent();
                if (aggregate && call.getKind() != SqlKind.OVER) {
                    throw KadeException.of(
                                    ErrorCode.INVALID_RECURSION,
                                    "aggregate functions are not allowed in a recursive query's recursive term")
                            .at(Positions.of(call.getParserPosition()));
                }
                // The function of a window, and what a subquery aggregates, are none of this query's aggregates.
                return call.getKind() == SqlKind.OVER || call.isA(SqlKind.QUERY) ? null : super.visit(call);
            }
        };
        select.getSelectList().accept(refusing);
        if (select.getHaving() != null) {
            Objects.requireNonNull(select.getHaving()).accept(refusing);
        }
    }
}
