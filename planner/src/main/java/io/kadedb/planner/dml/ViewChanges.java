package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Says why the rows of a view cannot be changed, in PostgreSQL's words where it refuses too. */
public final class ViewChanges {
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

    static final String NO_TABLE = "that do not select from a single table or view";

    private ViewChanges() {}

    static KadeException refused(ViewDefinition view, String verb, String reason) {
        return KadeException.of(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot " + verb + " view \"" + view.name() + "\"")
                .detail("Views " + reason + " are not automatically updatable.")
                .hint("To enable " + TRIGGERS.get(verb) + " the view, provide an INSTEAD OF "
                        + EVENTS.getOrDefault(verb, "").toUpperCase(Locale.ROOT) + " trigger"
                        + (verb.startsWith("merge")
                                ? "."
                                : " or an unconditional ON " + EVENTS.get(verb) + " DO INSTEAD rule."));
    }

    static SqlNode query(ViewDefinition view) {
        if (!(new SqlParser().parse(view.query()).getFirst().statement() instanceof Statement.Query query)) {
            throw KadeException.internal("view " + view.qualifiedName() + " is no query", null);
        }
        return query.query();
    }

    /** Whether rows can be written through a view. */
    public static boolean isUpdatable(ViewDefinition view, CatalogSnapshot catalog) {
        return reason(view, catalog).isEmpty();
    }

    /** Why the rows of a view, or of one that it is over, cannot be changed; empty if they can. */
    static Optional<String> reason(ViewDefinition view, CatalogSnapshot catalog) {
        Optional<String> own = reason(query(view));
        if (own.isPresent() || view.relations().isEmpty()) {
            return own.or(() -> Optional.of(NO_TABLE));
        }
        UsedRelation below = view.relations().getFirst();
        if (catalog.table(below).isPresent()) {
            return Optional.empty();
        }
        return catalog.view(below.id()).map(inner -> reason(inner, catalog)).orElseGet(() -> Optional.of(NO_TABLE));
    }

    /** Why PostgreSQL would not change the rows either; empty for a selection from one relation. */
    static Optional<String> reason(SqlNode query) {
        return switch (query) {
            case SqlOrderBy order ->
                order.fetch != null || order.offset != null
                        ? Optional.of("containing LIMIT or OFFSET")
                        : reason(order.query);
            case SqlWith with -> Optional.of("containing WITH");
            case SqlSelect select -> reason(select);
            default -> Optional.of(query.isA(SqlKind.SET_QUERY) ? "containing UNION, INTERSECT, or EXCEPT" : NO_TABLE);
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
            return Optional.of(NO_TABLE);
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
                found[0] |= aggregates
                        && KadeOperatorTable.INSTANCE
                                .function(call.getOperator().getName())
                                .filter(SqlOperator::isAggregator)
                                .isPresent();
                return super.visit(call);
            }
        });
        return found[0];
    }
}
