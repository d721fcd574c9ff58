package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.list;
import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.MaterializedQuery;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.UsedColumn;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statement that makes a view. A view sees relations as they were when it was made; where they are not so any more, or
 * may be named without their schema, which is not {@code public}, a WITH clause gives them under their names of then.
 */
final class ViewScript {
    private final CatalogSnapshot catalog;

    ViewScript(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    String create(ViewDefinition view) {
        List<String> renamed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (UsedRelation used : view.relations()) {
            if (names.add(used.name())) {
                changed(used, view.searchPath()).ifPresent(renamed::add);
            }
        }
        String query = view.query().strip();
        if (!renamed.isEmpty()) {
            query = "WITH " + String.join(",\n  ", renamed) + "\n(" + query + "\n)";
        }
        List<String> columns =
                view.columns().stream().map(ColumnDefinition::name).toList();
        String option = view.checkOption()
                .map(o -> "\nWITH " + o.name() + " CHECK OPTION")
                .orElse("");
        Optional<MaterializedQuery> materialized = catalog.table(view.id()).flatMap(TableDefinition::materialized);
        if (materialized.isPresent()) {
            return "CREATE MATERIALIZED VIEW " + qualified(view.schema(), view.name()) + " (" + list(columns) + ")"
                    + (materialized.get().continuous().isPresent() ? " WITH (continuous)" : "") + " AS\n"
                    + query + (materialized.get().populated() ? "" : "\nWITH NO DATA") + ";";
        }
        return "CREATE VIEW " + qualified(view.schema(), view.name()) + " (" + list(columns) + ") AS\n" + query + option
                + ";";
    }

    /** The relation as it was, if it is another now or not found by its name alone. */
    private Optional<String> changed(UsedRelation used, List<String> searchPath) {
        Optional<Named> now = catalog.table(used.id())
                .map(table -> new Named(table.schema(), table.name(), table.columns()))
                .or(() -> catalog.view(used.id()).map(view -> new Named(view.schema(), view.name(), view.columns())));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Named relation = now.get();
        List<String> then = used.columns().stream().map(UsedColumn::name).toList();
        List<String> current =
                relation.columns().stream().map(ColumnDefinition::name).toList();
        boolean found = used.schema().equals("public") || !searchPath.contains(used.schema());
        if (found
                && relation.schema().equals(used.schema())
                && relation.name().equals(used.name())
                && current.equals(then)) {
            return Optional.empty();
        }
        // Columns that are gone were not read, or the view would be gone too.
        String values = used.columns().stream()
                .map(column -> relation.columns().stream()
                        .filter(known -> known.id() == column.id())
                        .findFirst()
                        .map(known -> quoted(known.name()))
                        .orElse("NULL"))
                .collect(Collectors.joining(", "));
        return Optional.of(quoted(used.name()) + " (" + list(then) + ") AS (SELECT " + values + " FROM "
                + qualified(relation.schema(), relation.name()) + ")");
    }

    private record Named(String schema, String name, List<ColumnDefinition> columns) {}
}
