package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Columns of the queries around one that groups its rows. Each of its groups sees them as they are, but Calcite takes
 * every column beside an aggregate for one that has to be grouped by. It lets subqueries pass, so a column becomes
 * {@code (select t.a)}, which {@code SubqueryApplies} makes a column again.
 */
final class OuterColumns extends SqlShuttle {
    private final SqlValidatorImpl validator;
    private final FromColumns own;
    private final SqlValidatorScope scope;
    private final SqlValidatorScope around;
    /** What the query groups by, if that too has columns from around. */
    private final List<SqlNode> groups = new ArrayList<>();

    private final Consumer<SqlSelect> register;

    /**
     * The columns around a query.
     *
     * @param own what the query's FROM offers
     * @param register told of each subquery made
     */
    OuterColumns(SqlValidatorImpl validator, SqlSelect select, FromColumns own, Consumer<SqlSelect> register) {
        this.validator = validator;
        this.own = own;
        this.scope = Objects.requireNonNull(validator.getWhereScope(select));
        this.around = ((DelegatingScope) scope).getParent();
        this.register = register;
        DependentColumns.groups(select).stream().filter(this::hasOuter).forEach(group -> groups.add(qualified(group)));
    }

    /** The expression with such columns as subqueries, unless it is part of an argument of an aggregate function. */
    SqlNode wrapped(SqlNode node) {
        return Objects.requireNonNull(node.accept(this));
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier id) {
        if (!isOuter(id) || isGroup(id)) {
            return id;
        }
        SqlParserPos pos = id.getParserPosition();
        SqlSelect query = PlainSelect.of(pos, SqlNodeList.of(id), null);
        register.accept(query);
        return SqlStdOperatorTable.SCALAR_QUERY.createCall(pos, query);
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            return call;
        }
        if (AggregateCalls.isAggregate(call)) {
            refuseOuter(call);
            return call;
        }
        if (isGroup(call)) {
            return call;
        }
        if (call.getKind() == SqlKind.OVER) {
            SqlNode function = arguments(call.operand(0));
            SqlNode window = call.operand(1) instanceof SqlWindow own ? wrapped(own) : call.operand(1);
            return call.getOperator().createCall(call.getParserPosition(), function, window);
        }
        return parts(call, this);
    }

    /** A function over a window, whose arguments see groups too. */
    private SqlNode arguments(SqlCall function) {
        if (!AggregateCalls.isAround(function)) {
            return parts(function, this);
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(arguments(function.operand(0)));
        Util.skip(function.getOperandList()).forEach(operand -> operands.add(wrapped(operand)));
        return function.getOperator().createCall(function.getParserPosition(), operands);
    }

    /** Whether the query groups by the expression itself. */
    private boolean isGroup(SqlNode node) {
        if (groups.isEmpty()) {
            return false;
        }
        SqlNode expanded = qualified(node);
        return groups.stream().anyMatch(group -> group.equalsDeep(expanded, Litmus.IGNORE));
    }

    private SqlNode qualified(SqlNode node) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                return id.isStar() || validator.makeNullaryCall(id) != null ? id : scope.fullyQualify(id).identifier;
            }

            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : parts(call, this);
            }
        }));
    }

    private boolean hasOuter(SqlNode node) {
        return columns(node).stream().anyMatch(this::isOuter);
    }

    /** An aggregate over columns of a query around is that query's. */
    private void refuseOuter(SqlCall aggregate) {
        List<SqlIdentifier> columns = columns(aggregate);
        if (!columns.isEmpty() && columns.stream().allMatch(this::isOuter)) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "aggregates over columns of an outer query alone are not built")
                    .at(Positions.of(aggregate.getParserPosition()))
                    .hint("such an aggregate belongs to the outer query: compute it there, in a subquery in FROM");
        }
    }

    /** The names of columns in an expression. */
    private List<SqlIdentifier> columns(SqlNode node) {
        List<SqlIdentifier> columns = new ArrayList<>();
        node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                if (!id.isStar() && validator.makeNullaryCall(id) == null) {
                    columns.add(id);
                }
                return id;
            }

            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                return parts(call, this);
            }
        });
        return columns;
    }

    private static SqlNode parts(SqlCall call, SqlShuttle shuttle) {
        SqlShuttle.CallCopyingArgHandler handler = shuttle.new CallCopyingArgHandler(call, false);
        call.getOperator().acceptCall(shuttle, call, true, handler);
        return Objects.requireNonNull(handler.result());
    }

    /** Whether a name is of no column here, but of one around. */
    private boolean isOuter(SqlIdentifier id) {
        if (id.isStar() || id.names.size() > 2 || validator.makeNullaryCall(id) != null) {
            return false;
        }
        String first = id.names.getFirst();
        SqlNameMatcher matcher = validator.getCatalogReader().nameMatcher();
        if (id.isSimple()) {
            return own.merged(first).isEmpty()
                    && own.having(first).isEmpty()
                    && !around.findQualifyingTableNames(first, id, matcher).isEmpty();
        }
        if (own.source(first).isPresent()) {
            return false;
        }
        SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
        around.resolve(id.names.subList(0, 1), matcher, false, resolved);
        return resolved.count() > 0;
    }
}
