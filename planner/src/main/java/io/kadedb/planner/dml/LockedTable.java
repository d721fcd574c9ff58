package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
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
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.KadeTable;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.parser.SqlParserPos;
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
        Optional<ViewTarget> view,
        LockStrength strength,
        LockPolicy policy) {
    /** Something in FROM; without a table it is not one of the catalog. */
    private record Source(Optional<Found> found, String alias, List<String> names, SqlNode node, boolean nullable) {}

    /** A table, or a view with the table beneath it. */
    private record Found(TableDefinition table, Optional<ViewTarget> view) {}

    SourcePosition position() {
        return Positions.of(place.getParserPosition());
    }

    /** Whether the query has to give columns that the user does not see. */
    boolean isHidden() {
        return view.isPresent() || !table.hasPrimaryKey();
    }

    /** The columns by which rows are found: the primary key, or the row id. */
    List<SqlIdentifier> key() {
        if (!table.hasPrimaryKey()) {
            return List.of(new SqlIdentifier(List.of(alias, KadeTable.ROW_ID), place.getParserPosition()));
        }
        return table.primaryKey().stream().map(this::column).toList();
    }

    private SqlIdentifier column(int ordinal) {
        String name = ordinal < names.size()
                ? names.get(ordinal)
                : table.columns().get(ordinal).name();
        return new SqlIdentifier(
                List.of(alias, view.isPresent() ? ViewTarget.hidden(ordinal) : name), place.getParserPosition());
    }

    /** The columns that the user sees. */
    private List<SqlNode> columns() {
        List<ColumnDefinition> columns = view.map(v -> v.view().columns()).orElseGet(table::columns);
        return columns.stream()
                .<SqlNode>map(column -> new SqlIdentifier(List.of(alias, column.name()), place.getParserPosition()))
                .toList();
    }

    /** What gives the rows with the columns that the user does not see. */
    private SqlNode rows() {
        SqlNode rows = new SqlIdentifier(
                List.of(BoundCatalog.NUMBERED_SCHEMA, Long.toString(table.id())), place.getParserPosition());
        return view.map(v -> v.rows(rows, ViewTarget.Use.CHANGE)).orElse(rows);
    }

    /** A select list without stars that would give columns which the user does not see. */
    static List<SqlNode> items(SqlNodeList list, @Nullable SqlNode from, List<LockedTable> tables) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : list) {
            if (item instanceof SqlStarExclude || item instanceof SqlStarReplace) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "changed stars beside row locks of views or of tables without a primary key are not"
                                        + " supported yet")
                        .at(Positions.of(item.getParserPosition()))
                        .hint("name the columns");
            }
            if (!(item instanceof SqlIdentifier id && id.isStar())) {
                items.add(item);
                continue;
            }
            SqlParserPos pos = item.getParserPosition();
            List<String> aliases = id.names.size() == 1
                    ? ReturnedRows.aliases(Objects.requireNonNull(from))
                    : List.of(id.names.getFirst());
            for (String alias : aliases) {
                items.addAll(tables.stream()
                        .filter(table -> table.isHidden() && table.alias.equals(alias))
                        .findFirst()
                        .map(LockedTable::columns)
                        .orElseGet(() -> List.of(SqlIdentifier.star(List.of(alias, ""), pos, List.of(pos, pos)))));
            }
        }
        return items;
    }

    /** FROM with the rows of hidden tables. */
    static @Nullable SqlNode from(@Nullable SqlNode from, List<LockedTable> tables) {
        return switch (from) {
            case SqlJoin join -> {
                if (join.isNatural() || join.getConditionType() == JoinConditionType.USING) {
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "row locks of views or of tables without a primary key are not supported in NATURAL"
                                            + " joins and joins with USING")
                            .at(Positions.of(join.getParserPosition()))
                            .hint("join them ON a condition");
                }
                join.setLeft(Objects.requireNonNull(from(join.getLeft(), tables)));
                join.setRight(Objects.requireNonNull(from(join.getRight(), tables)));
                yield join;
            }
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS -> {
                at(as.operand(0), tables).ifPresent(table -> as.setOperand(0, table.rows()));
                yield as;
            }
            case SqlIdentifier name ->
                at(name, tables)
                        .map(table -> ViewTarget.as(table.rows(), table.alias))
                        .orElse(name);
            case null, default -> from;
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same name at different places is different tables here
    private static Optional<LockedTable> at(SqlNode node, List<LockedTable> tables) {
        return tables.stream()
                .filter(table -> table.isHidden() && table.place == node)
                .findFirst();
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
        if (source.found.isEmpty()) {
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
        Found found = source.found.get();
        if (found.view.isPresent() && !source.names.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            first.strength().sql() + " of a view with other names for its columns is not supported yet")
                    .at(first.position());
        }
        return Optional.of(new LockedTable(
                found.table,
                source.alias,
                source.names,
                (SqlIdentifier) source.node,
                found.view,
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
            Function<SqlIdentifier, Optional<Found>> tables,
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
                Optional<Found> table = node instanceof SqlIdentifier name ? tables.apply(name) : Optional.empty();
                sources.add(new Source(table, alias, names, node, nullable));
            }
            case SqlIdentifier name ->
                sources.add(new Source(tables.apply(name), name.names.getLast(), List.of(), name, nullable));
            default -> sources.add(new Source(Optional.empty(), "subquery", List.of(), from, nullable));
        }
    }

    private static Optional<Found> find(PlanningSession session, SqlIdentifier name) {
        if (name instanceof SqlFileReference) {
            return Optional.empty();
        }
        Optional<String> schema =
                name.names.size() > 1 ? Optional.of(name.names.get(name.names.size() - 2)) : Optional.empty();
        Name last = new Name(name.names.getLast(), Positions.of(name.getParserPosition()));
        if (session.catalog().findView(schema, last.text()).isPresent()) {
            return ViewTarget.findForLock(session, schema, last)
                    .map(view -> new Found(view.table(), Optional.of(view)));
        }
        return session.catalog().find(schema, last.text()).map(table -> new Found(table, Optional.empty()));
    }
}
