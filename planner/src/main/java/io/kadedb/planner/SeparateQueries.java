package io.kadedb.planner;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.RowLocking;
import io.kadedb.parser.ast.SqlRowLocks;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.dml.LockingPlanner;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.DeepCopy;
import io.kadedb.planner.validate.KadeTable;
import io.kadedb.planner.validate.RepeatedNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Plans some queries within another each by itself: those that lock rows, which the query around then reads like a table,
 * and those in LIMIT and OFFSET, whose values are like parameters. So they run once, and see nothing of the query around.
 */
public final class SeparateQueries extends SqlShuttle {
    private final PlanningSession session;
    private final BoundCatalog catalog;
    /** The WITH queries in sight, the outermost first. */
    private final Deque<SqlNode> with = new ArrayDeque<>();

    private SeparateQueries(PlanningSession session, BoundCatalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /** The query without queries that are planned by themselves. */
    static SqlNode replace(SqlNode query, PlanningSession session, BoundCatalog catalog) {
        boolean[] found = {find(query) != null};
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                found[0] |= call instanceof SqlOrderBy ordered && (hasQuery(ordered.fetch) || hasQuery(ordered.offset));
                return found[0] ? null : super.visit(call);
            }
        });
        return found[0] ? Objects.requireNonNull(query.accept(new SeparateQueries(session, catalog))) : query;
    }

    /** Whether a query is within an expression. */
    public static boolean hasQuery(@Nullable SqlNode expression) {
        if (expression == null) {
            return false;
        }
        boolean[] found = {false};
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                found[0] |= call.isA(SqlKind.QUERY) || SqlRowLocks.of(call).isPresent();
                return found[0] ? null : super.visit(call);
            }
        });
        return found[0];
    }

    /** @throws KadeException 0A000 if rows are locked within the query */
    static void refuse(SqlNode query, String where) {
        RowLocking lock = find(query);
        if (lock != null) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            lock.strength().sql() + " in " + where + " is not supported yet")
                    .at(lock.position());
        }
    }

    private static @Nullable RowLocking find(SqlNode query) {
        RowLocking[] found = {null};
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                SqlRowLocks.of(call).ifPresent(locks -> found[0] = locks.getFirst());
                return found[0] == null ? super.visit(call) : null;
            }
        });
        return found[0];
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        List<RowLocking> locks = SqlRowLocks.of(call).orElse(null);
        if (locks != null) {
            return given(call.operand(0), locks);
        }
        if (call instanceof SqlWith clause) {
            int before = with.size();
            SqlNodeList items = new SqlNodeList(clause.withList.getParserPosition());
            for (SqlNode item : clause.withList) {
                SqlNode replaced = Objects.requireNonNull(item.accept(this));
                items.add(replaced);
                with.addLast(replaced);
            }
            SqlNode body = Objects.requireNonNull(clause.body.accept(this));
            while (with.size() > before) {
                with.removeLast();
            }
            return new SqlWith(clause.getParserPosition(), items, body);
        }
        if (call instanceof SqlOrderBy ordered && (hasQuery(ordered.fetch) || hasQuery(ordered.offset))) {
            return counted(ordered);
        }
        CallCopyingArgHandler handler = new CallCopyingArgHandler(call, false);
        call.getOperator().acceptCall(this, call, false, handler);
        return handler.result();
    }

    /** The query with parameters for its counts of rows. */
    private SqlNode counted(SqlOrderBy ordered) {
        SqlNode query = Objects.requireNonNull(ordered.query.accept(this));
        int before = with.size();
        if (query instanceof SqlWith clause) {
            clause.withList.forEach(with::addLast);
        }
        SqlNode offset = count(ordered.offset, "OFFSET");
        SqlNode fetch = count(ordered.fetch, "LIMIT");
        while (with.size() > before) {
            with.removeLast();
        }
        SqlNodeList order = (SqlNodeList) Objects.requireNonNull(ordered.orderList.accept(this));
        return new SqlOrderBy(ordered.getParserPosition(), query, order, offset, fetch);
    }

    private @Nullable SqlNode count(@Nullable SqlNode count, String clause) {
        if (count == null || !hasQuery(count)) {
            return count;
        }
        SqlParserPos pos = count.getParserPosition();
        SqlNodeList items = new SqlNodeList(List.of(count), pos);
        SqlNode query = PlainSelect.of(pos, items, null);
        PlanningSession.Planned planned = session.apart(() -> session.plan(behindWith(query)));
        SqlType type = planned.columns().getFirst().type();
        if (!type.isNumeric() && type.id() != TypeId.NULL) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of " + clause + " must be type bigint, not type " + type)
                    .at(Positions.of(pos));
        }
        return new SqlDynamicParam(session.addCount(planned.plan()), pos);
    }

    /** A query over what the query gives. */
    private SqlNode given(SqlNode query, List<RowLocking> locks) {
        PlanningSession.Planned planned;
        try {
            planned = session.apart(
                    () -> new LockingPlanner(session).plan(new Statement.Query(behindWith(query), locks)));
        } catch (KadeException e) {
            boolean outer = e.code() == ErrorCode.UNDEFINED_COLUMN || e.code() == ErrorCode.UNDEFINED_TABLE;
            throw outer && e.hint().isEmpty()
                    ? e.hint("a query that locks rows within another sees nothing of the query around it")
                    : e;
        }
        String name = Integer.toString(catalog.addLocked(table(planned, locks.getFirst())));
        SqlParserPos pos = query.getParserPosition();
        SqlNode from = new SqlIdentifier(List.of(BoundCatalog.LOCKED_SCHEMA, name), pos);
        SqlNodeList all = new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos);
        return PlainSelect.of(pos, all, from);
    }

    private static KadeTable.Given table(PlanningSession.Planned planned, RowLocking lock) {
        List<String> names =
                RepeatedNames.marked(planned.columns().stream().map(Field::name).toList());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Field field = planned.columns().get(i);
            fields.add(new Field(names.get(i), field.type(), field.nullable()));
        }
        boolean[] used = {false};
        return new KadeTable.Given(fields, planned.plan().rows(), columns -> {
            if (used[0]) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                lock.strength().sql() + " in a query that is read twice is not supported yet")
                        .at(lock.position());
            }
            used[0] = true;
            List<Expr> picked = new ArrayList<>();
            List<Field> output = new ArrayList<>();
            for (int column : columns) {
                Field field = fields.get(column);
                picked.add(new Expr.Column(column, field.type(), field.nullable()));
                output.add(field);
            }
            return new PhysicalPlan.Project(planned.plan(), picked, output);
        });
    }

    /** The query with the WITH queries it may name. */
    private SqlNode behindWith(SqlNode query) {
        if (with.isEmpty()) {
            return query;
        }
        if (query instanceof SqlOrderBy ordered) {
            return new SqlOrderBy(
                    ordered.getParserPosition(),
                    behindWith(ordered.query),
                    ordered.orderList,
                    ordered.offset,
                    ordered.fetch);
        }
        SqlNodeList items = new SqlNodeList(query.getParserPosition());
        with.forEach(item -> items.add(item.accept(new DeepCopy())));
        if (query instanceof SqlWith own) {
            List<String> names = own.withList.stream()
                    .map(item -> ((SqlWithItem) item).name.getSimple())
                    .toList();
            items.removeIf(item -> names.contains(((SqlWithItem) item).name.getSimple()));
            own.withList.forEach(items::add);
            return new SqlWith(own.getParserPosition(), items, own.body);
        }
        return new SqlWith(query.getParserPosition(), items, query);
    }
}
