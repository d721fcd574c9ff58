package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Says why the rows of a view cannot be changed, in PostgreSQL's words where it refuses too. */
final class ViewChanges {
    private static final Map<String, String> TRIGGERS = Map.of(
            "insert into", "inserting into",
            "update", "updating",
            "delete from", "deleting from",
            "merge into", "merging into");
    private static final Map<String, String> EVENTS = Map.of(
            "insert into", "INSERT",
            "update", "UPDATE",
            "delete from", "DELETE",
            "merge into", "MERGE");

    private ViewChanges() {}

    static KadeException refused(ViewDefinition view, String verb) {
        String message = "cannot " + verb + " view \"" + view.name() + "\"";
        Optional<String> reason = reason(query(view));
        if (reason.isPresent()) {
            return KadeException.of(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, message)
                    .detail("Views " + reason.get() + " are not automatically updatable.")
                    .hint("To enable " + TRIGGERS.get(verb) + " the view, provide an INSTEAD OF "
                            + EVENTS.getOrDefault(verb, "").toUpperCase(Locale.ROOT) + " trigger"
                            + (verb.startsWith("merge")
                                    ? "."
                                    : " or an unconditional ON " + EVENTS.get(verb) + " DO INSTEAD rule."));
        }
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message + ": views cannot be written to yet")
                .hint("change the table that the view is over");
    }

    private static SqlNode query(ViewDefinition view) {
        if (!(new SqlParser().parse(view.query()).getFirst().statement() instanceof Statement.Query query)) {
            throw KadeException.internal("view " + view.qualifiedName() + " is no query", null);
        }
        return query.query();
    }

    /** Why PostgreSQL would not change the rows either; empty for a selection from one relation. */
    private static Optional<String> reason(SqlNode query) {
        return switch (query) {
            case SqlOrderBy order ->
                order.fetch != null || order.offset != null
                        ? Optional.of("containing LIMIT or OFFSET")
                        : reason(order.query);
            case SqlWith with -> Optional.of("containing WITH");
            case SqlSelect select -> reason(select);
            default ->
                Optional.of(
                        query.isA(SqlKind.SET_QUERY)
                                ? "containing UNION, INTERSECT, or EXCEPT"
                                : "that do not select from a single table or view");
        };
    }

    private static Optional<String> reason(SqlSelect select) {
        if (select.isDistinct() || select.getQualify() != null) {
            return Optional.of("containing DISTINCT");
        }
        if (select.getGroup() != null) {
            return Optional.of("containing GROUP BY");
        }
        if (select.getHaving() != null) {
            return Optional.of("containing HAVING");
        }
        if (select.getFetch() != null || select.getOffset() != null) {
            return Optional.of("containing LIMIT or OFFSET");
        }
        SqlNode from = select.getFrom();
        SqlNode relation = from != null && from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        if (!(relation instanceof SqlIdentifier)) {
            return Optional.of("that do not select from a single table or view");
        }
        if (contains(select.getSelectList(), true)) {
            return Optional.of("that return aggregate functions");
        }
        return contains(select.getSelectList(), false) ? Optional.of("that return window functions") : Optional.empty();
    }

    private static boolean contains(SqlNode items, boolean aggregates) {
        boolean[] found = {false};
        items.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    return null;
                }
                if (call.getKind() == SqlKind.OVER) {
                    found[0] |= !aggregates;
                    return null;
                }
                found[0] |= aggregates && call.getOperator().isAggregator();
                return super.visit(call);
            }
        });
        return found[0];
    }
}
