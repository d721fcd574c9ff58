package io.kadedb.planner.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The columns of tables that the clauses of queries name, whether or not anything reads them: what EXISTS selects, the
 * orders of queries within others and the queries in WITH that nothing uses are not in the algebra.
 */
final class NamedColumns extends SqlBasicVisitor<@Nullable Void> {
    private final SqlSelect select;
    private final SqlValidatorScope scope;
    private final Map<String, Set<Integer>> columns;

    private NamedColumns(SqlSelect select, SqlValidatorScope scope, Map<String, Set<Integer>> columns) {
        this.select = select;
        this.scope = scope;
        this.columns = columns;
    }

    /** The ordinals of columns by the qualified names of tables; of queries that were validated, each with all its names. */
    static Map<String, Set<Integer>> of(List<SqlSelect> queries, SqlValidator validator) {
        Map<String, Set<Integer>> columns = new HashMap<>();
        for (SqlSelect query : queries) {
            SqlValidatorScope scope = validator.getWhereScope(query);
            if (scope != null) {
                query.accept(new NamedColumns(query, scope, columns));
            }
        }
        return columns;
    }

    /** Queries within are named in their turn. */
    @Override
    @SuppressWarnings("ReferenceEquality") // a query is its own
    public @Nullable Void visit(SqlCall call) {
        return call instanceof SqlSelect && call != select ? null : super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
        if (id.isSimple() || id.isStar()) {
            return null;
        }
        List<String> source = id.names.subList(0, id.names.size() - 1);
        SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
        scope.resolve(source, SqlNameMatchers.withCaseSensitive(true), false, resolved);
        if (resolved.count() == 1) {
            SqlValidatorTable table = resolved.only().namespace.getTable();
            KadeTable.Stored stored = table == null ? null : table.unwrap(KadeTable.Stored.class);
            if (stored != null) {
                add(stored, id.names.getLast());
            }
        }
        return null;
    }

    private void add(KadeTable.Stored table, String name) {
        for (int i = 0; i < table.definition().columns().size(); i++) {
            if (table.definition().columns().get(i).name().equals(name)) {
                columns.computeIfAbsent(table.definition().qualifiedName(), any -> new TreeSet<>())
                        .add(i);
            }
        }
    }
}
