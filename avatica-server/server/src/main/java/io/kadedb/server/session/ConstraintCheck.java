package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.Identifiers;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.DatabaseCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A check of what is stored, and after it of the rows against the CHECK constraints of their tables. */
final class ConstraintCheck implements DatabaseCheck {
    /** What ends a check; anything else is a damage. */
    private static final Set<ErrorCode> ENDS = EnumSet.of(
            ErrorCode.QUERY_CANCELED, ErrorCode.ADMIN_SHUTDOWN, ErrorCode.OUT_OF_MEMORY, ErrorCode.SNAPSHOT_TOO_OLD);

    private final DatabaseCheck stored;
    private final OptionalLong only;
    private final Supplier<CatalogSnapshot> catalog;
    private final Function<String, List<@Nullable String>> query;
    private @Nullable Deque<Constraint> left;

    private record Constraint(TableDefinition table, CheckDefinition check) {}

    /**
     * @param only the id of the only table to check
     * @param catalog of the transaction that queries run in
     * @param query gives the one row of a query of texts
     */
    ConstraintCheck(
            DatabaseCheck stored,
            OptionalLong only,
            Supplier<CatalogSnapshot> catalog,
            Function<String, List<@Nullable String>> query) {
        this.stored = stored;
        this.only = only;
        this.catalog = catalog;
        this.query = query;
    }

    @Override
    public @Nullable List<CheckResult> next() {
        if (left == null) {
            List<CheckResult> results = stored.next();
            if (results != null) {
                return results;
            }
            left = constraints();
        }
        Constraint next = left.poll();
        return next == null ? null : List.of(result(next));
    }

    private Deque<Constraint> constraints() {
        Deque<Constraint> all = new ArrayDeque<>();
        try {
            catalog.get().schemas().values().stream()
                    .filter(schema -> !CatalogSnapshot.isTemporary(schema.name()))
                    .flatMap(schema -> schema.tables().values().stream())
                    .filter(table -> only.isEmpty() || only.getAsLong() == table.id())
                    .forEach(table -> table.checks().stream()
                            .filter(CheckDefinition::valid)
                            .forEach(check -> all.add(new Constraint(table, check))));
        } catch (KadeException e) {
            // The catalog has been told of: what is damaged there has no constraints to be asked for.
            if (e.code() != ErrorCode.DATA_CORRUPTED) {
                throw e;
            }
        }
        return all;
    }

    private CheckResult result(Constraint constraint) {
        TableDefinition table = constraint.table;
        String name = constraint.check.name() + " of " + table.qualifiedName();
        String condition = constraint.check.conditionSql();
        try {
            List<@Nullable String> counts =
                    query.apply("select cast(count(*) as text), cast(count(*) filter (where not ("
                            + condition + ")) as text) from " + Identifiers.quoted(table.schema()) + "."
                            + Identifiers.quoted(table.name()));
            long rows = Long.parseLong(String.valueOf(counts.getFirst()));
            long wrong = Long.parseLong(String.valueOf(counts.getLast()));
            return wrong == 0
                    ? CheckResult.sound("check", name, rows)
                    : CheckResult.damaged(
                            "check",
                            name,
                            rows,
                            wrong + (wrong == 1 ? " row does" : " rows do") + " not meet " + condition);
        } catch (KadeException e) {
            if (ENDS.contains(e.code())) {
                throw e;
            }
            return CheckResult.damaged("check", name, 0, "it cannot be evaluated: " + e.messageText());
        }
    }

    @Override
    public void close() {
        stored.close();
    }
}
