package io.kadedb.planner.dml;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.RowLocking;
import io.kadedb.parser.ast.SqlFileReference;
import io.kadedb.parser.ast.SqlRowLocks;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.PhysicalPlan.LockPolicy;
import io.kadedb.planner.physical.PhysicalPlan.LockStrength;
import io.kadedb.planner.physical.PhysicalPlan.RowLock;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table in FROM whose rows are locked.
 *
 * @param alias what the query calls it
 * @param names of its columns, where the query renames them: the first of them
 */
record LockedTable(
        TableDefinition table,
        String alias,
        List<String> names,
        SqlIdentifier place,
        LockStrength strength,
        LockPolicy policy) {
    /** Something in FROM; without a table it is not one of the catalog. */
    private record Source(
            Optional<TableDefinition> table, String alias, List<String> names, SqlNode node, boolean nullable) {}

    SourcePosition position() {
        return Positions.of(place.getParserPosition());
    }

    SqlIdentifier column(int ordinal) {
        String name = ordinal < names.size()
                ? names.get(ordinal)
                : table.columns().get(ordinal).name();
        return new SqlIdentifier(List.of(alias, name), place.getParserPosition());
    }

    /** @param key where the query gives its primary key */
    RowLock lock(List<Integer> key) {
        return new RowLock(Targets.reference(table), key, strength, policy);
    }

    /**
     * The tables that clauses lock, each as strongly as any of them says.
     *
     * @param queries the names of WITH queries, which hide tables
     */
    static List<LockedTable> of(
            PlanningSession session, @Nullable SqlNode from, List<String> queries, List<RowLocking> clauses) {
        List<Source> sources = new ArrayList<>();
        collect(
                name -> queries.contains(String.join(".", name.names)) ? Optional.empty() : find(session, name),
                from,
                false,
                sources);
        for (RowLocking clause : clauses) {
            for (Name name : clause.tables()) {
                checkKnown(name, clause, sources);
            }
        }
        List<LockedTable> locked = new ArrayList<>();
        for (Source source : sources) {
            List<RowLocking> own = clauses.stream()
                    .filter(clause -> clause.tables().isEmpty()
                            || clause.tables().stream()
                                    .anyMatch(name -> name.text().equals(source.alias)))
                    .toList();
            if (!own.isEmpty()) {
                locked(source, own).ifPresent(locked::add);
            }
        }
        return locked;
    }

    /** FROM with its subqueries locking rows where clauses lock them. */
    static @Nullable SqlNode withLockedQueries(@Nullable SqlNode from, List<RowLocking> clauses) {
        switch (from) {
            case SqlJoin join -> {
                join.setLeft(Objects.requireNonNull(withLockedQueries(join.getLeft(), clauses)));
                join.setRight(Objects.requireNonNull(withLockedQueries(join.getRight(), clauses)));
            }
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS && as.operand(0).isA(SqlKind.QUERY) ->
                as.setOperand(0, locking(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple(), clauses));
            case SqlBasicCall query
            when query.isA(SqlKind.QUERY) -> {
                return locking(query, "", clauses);
            }
            case SqlSelect query -> {
                return locking(query, "", clauses);
            }
            case null, default -> {}
        }
        return from;
    }

    private static SqlNode locking(SqlNode query, String alias, List<RowLocking> clauses) {
        List<RowLocking> own = clauses.stream()
                .filter(clause -> clause.tables().isEmpty()
                        || clause.tables().stream().anyMatch(name -> name.text().equals(alias)))
                .map(clause -> new RowLocking(clause.strength(), List.of(), clause.waiting(), clause.position()))
                .toList();
        return own.isEmpty() ? query : SqlRowLocks.around(query, own);
    }

    private static void checkKnown(Name name, RowLocking clause, List<Source> sources) {
        List<String> aliases = sources.stream().map(Source::alias).toList();
        if (!aliases.contains(name.text())) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + name.text() + "\" in "
                                    + clause.strength().sql() + " clause not found in FROM clause")
                    .at(name.position())
                    .hint(Suggestions.hint(name.text(), aliases).orElse(null));
        }
    }

    private static Optional<LockedTable> locked(Source source, List<RowLocking> clauses) {
        RowLocking first = clauses.getFirst();
        boolean named = !first.tables().isEmpty();
        if (SqlRowLocks.of(source.node).isPresent()) {
            return Optional.empty();
        }
        if (source.table.isEmpty()) {
            boolean query = !(source.node instanceof SqlIdentifier);
            if (named || query) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                first.strength().sql() + " of rows of \"" + source.alias
                                        + "\", which is no table, is not built")
                        .at(first.position());
            }
            // A WITH query or a file: what it is made of is not locked.
            return Optional.empty();
        }
        if (source.nullable) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            first.strength().sql() + " cannot be applied to the nullable side of an outer join")
                    .at(first.position());
        }
        RowLocking.Strength strength = first.strength();
        RowLocking.Wait wait = first.waiting();
        for (RowLocking clause : clauses) {
            strength = clause.strength().compareTo(strength) > 0 ? clause.strength() : strength;
            wait = stricter(clause.waiting(), wait);
        }
        return Optional.of(new LockedTable(
                source.table.get(),
                source.alias,
                source.names,
                (SqlIdentifier) source.node,
                LockStrength.valueOf(strength.name()),
                LockPolicy.valueOf(wait.name())));
    }

    /** As in PostgreSQL: NOWAIT before SKIP LOCKED before waiting. */
    private static RowLocking.Wait stricter(RowLocking.Wait a, RowLocking.Wait b) {
        if (a == RowLocking.Wait.NOWAIT || b == RowLocking.Wait.NOWAIT) {
            return RowLocking.Wait.NOWAIT;
        }
        return a == RowLocking.Wait.SKIP_LOCKED ? a : b;
    }

    private static void collect(
            Function<SqlIdentifier, Optional<TableDefinition>> tables,
            @Nullable SqlNode from,
            boolean nullable,
            List<Source> sources) {
        switch (from) {
            case null -> {}
            case SqlJoin join -> {
                boolean left = join.getJoinType().generatesNullsOnLeft();
                boolean right = join.getJoinType().generatesNullsOnRight();
                collect(tables, join.getLeft(), nullable || left, sources);
                collect(tables, join.getRight(), nullable || right, sources);
            }
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS -> {
                List<String> names = as.getOperandList().stream()
                        .skip(2)
                        .map(name -> ((SqlIdentifier) name).getSimple())
                        .toList();
                String alias = ((SqlIdentifier) as.operand(1)).getSimple();
                SqlNode node = as.operand(0);
                Optional<TableDefinition> table =
                        node instanceof SqlIdentifier name ? tables.apply(name) : Optional.empty();
                sources.add(new Source(table, alias, names, node, nullable));
            }
            case SqlIdentifier name ->
                sources.add(new Source(tables.apply(name), name.names.getLast(), List.of(), name, nullable));
            default -> sources.add(new Source(Optional.empty(), "subquery", List.of(), from, nullable));
        }
    }

    private static Optional<TableDefinition> find(PlanningSession session, SqlIdentifier name) {
        if (name instanceof SqlFileReference) {
            return Optional.empty();
        }
        Optional<String> schema =
                name.names.size() > 1 ? Optional.of(name.names.get(name.names.size() - 2)) : Optional.empty();
        if (session.catalog().findView(schema, name.names.getLast()).isPresent()) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "row locks of a view's rows are not supported yet")
                    .at(Positions.of(name.getParserPosition()));
        }
        return session.catalog().find(schema, name.names.getLast());
    }
}
