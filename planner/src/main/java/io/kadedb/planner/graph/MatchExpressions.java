package io.kadedb.planner.graph;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.validate.ColumnNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the expressions of a match ask of its paths, in terms of columns of repeated edges: their number of edges, and
 * aggregates over these. An aggregate stands for one row here, so it may aggregate only what repeats within a match.
 */
final class MatchExpressions {
    private static final String PATH_LENGTH = "path_length";

    private final Pattern pattern;

    MatchExpressions(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The column of a repeated edge that holds an aggregate. */
    static String aggregate(int ordinal) {
        return "$agg" + ordinal;
    }

    /** An item of COLUMNS, which keeps its name. */
    SqlNode column(SqlNode item) {
        SqlNode written = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
        SqlNode rewritten = rewritten(written, "COLUMNS");
        if (rewritten.equals(written)) {
            return item;
        }
        SqlParserPos pos = item.getParserPosition();
        SqlNode name = item.getKind() == SqlKind.AS
                ? ((SqlCall) item).operand(1)
                : new SqlIdentifier(ColumnNames.of(written), pos);
        return SqlStdOperatorTable.AS.createCall(pos, rewritten, name);
    }

    SqlNode condition(SqlNode condition) {
        return rewritten(condition, "WHERE");
    }

    private SqlNode rewritten(SqlNode expression, String clause) {
        return Objects.requireNonNull(expression.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call.getKind() == SqlKind.SELECT) {
                    return call;
                }
                if (call.getKind() == SqlKind.OVER) {
                    throw KadeException.of(
                                    ErrorCode.WINDOWING_ERROR,
                                    "window functions are not allowed in " + clause + " of a match")
                            .at(Positions.of(call.getParserPosition()))
                            .hint("a match is one row; use them over GRAPH_TABLE in the select around it");
                }
                if (isAggregate(call)) {
                    return aggregated(call, clause);
                }
                boolean length = call.getOperator().getName().equalsIgnoreCase(PATH_LENGTH)
                        && call.operandCount() == 1
                        && call.operand(0) instanceof SqlIdentifier;
                return length ? length(call.operand(0), call.getParserPosition()) : super.visit(call);
            }
        }));
    }

    /** The sum of the lengths of a path's edges, where one that does not repeat counts one. */
    private SqlNode length(SqlIdentifier path, SqlParserPos pos) {
        List<Element.Edge> edges = Optional.of(path)
                .filter(SqlIdentifier::isSimple)
                .flatMap(id -> pattern.path(id.getSimple()))
                .orElseThrow(
                        () -> KadeException.of(ErrorCode.UNDEFINED_COLUMN, "there is no path variable \"" + path + "\"")
                                .at(Positions.of(path.getParserPosition()))
                                .hint("name the path before its pattern, as in p = (a)-[e]->(b)"));
        long fixed = edges.stream().filter(edge -> !edge.isRepeated()).count();
        SqlNode sum = edges.stream().anyMatch(Element.Edge::isRepeated) && fixed == 0
                ? null
                : SqlLiteral.createExactNumeric(Long.toString(fixed), pos);
        for (Element.Edge edge : edges) {
            if (edge.isRepeated()) {
                SqlNode length = times(edge, new SqlIdentifier(List.of(edge.variable(), ElementSql.LENGTH), pos));
                sum = sum == null ? length : SqlStdOperatorTable.PLUS.createCall(pos, sum, length);
            }
        }
        return Objects.requireNonNull(sum);
    }

    /** How many edges it stands for if it repeats so often. */
    private static SqlNode times(Element.Edge edge, SqlNode repetitions) {
        int edges = edge.body().map(body -> body.edges().size()).orElse(1);
        SqlParserPos pos = repetitions.getParserPosition();
        return edges == 1
                ? repetitions
                : SqlStdOperatorTable.MULTIPLY.createCall(
                        pos, repetitions, SqlLiteral.createExactNumeric(Integer.toString(edges), pos));
    }

    /** Whether a call is an aggregate with all that belongs to it. */
    private static boolean isAggregate(SqlCall call) {
        return switch (call.getKind()) {
            case FILTER, WITHIN_GROUP, WITHIN_DISTINCT -> true;
            default -> {
                List<SqlOperator> operators = new ArrayList<>();
                if (call.getOperator() instanceof SqlFunction function) {
                    KadeOperatorTable.INSTANCE.lookupOperatorOverloads(
                            function.getNameAsId(),
                            null,
                            SqlSyntax.FUNCTION,
                            operators,
                            SqlNameMatchers.withCaseSensitive(false));
                }
                yield operators.stream().anyMatch(SqlOperator::isAggregator);
            }
        };
    }

    private SqlNode aggregated(SqlCall call, String clause) {
        Set<Optional<Element.Edge>> groups = new LinkedHashSet<>();
        call.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                pattern.element(id.names.getFirst()).ifPresent(element -> groups.add(pattern.group(element)));
                return null;
            }
        });
        if (groups.size() != 1 || groups.contains(Optional.<Element.Edge>empty())) {
            throw KadeException.of(
                            ErrorCode.GROUPING_ERROR,
                            "aggregate functions are not allowed in " + clause + " but over one repeated edge or path")
                    .at(Positions.of(call.getParserPosition()))
                    .hint("a match is one row; aggregate over GRAPH_TABLE in the select around it");
        }
        Element.Edge edge = groups.iterator().next().orElseThrow();
        SqlParserPos pos = call.getParserPosition();
        SqlIdentifier column = new SqlIdentifier(
                List.of(edge.variable(), aggregate(edge.aggregates().size())), pos);
        boolean count = counts(call);
        edge.aggregates().add(count ? ofRows(call) : call);
        return count
                ? SqlStdOperatorTable.COALESCE.createCall(pos, column, SqlLiteral.createExactNumeric("0", pos))
                : column;
    }

    private static boolean counts(SqlCall call) {
        return call.getKind() == SqlKind.FILTER
                ? counts(call.operand(0))
                : call.getOperator().getName().equalsIgnoreCase("count");
    }

    /** {@code count(e)} and {@code count(e.*)} count the elements themselves. */
    private SqlNode ofRows(SqlCall call) {
        return Objects.requireNonNull(call.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                boolean whole = id.isSimple() || (id.isStar() && id.names.size() == 2);
                boolean self = whole && pattern.element(id.names.getFirst()).isPresent();
                return self ? SqlIdentifier.star(id.getParserPosition()) : id;
            }
        }));
    }
}
