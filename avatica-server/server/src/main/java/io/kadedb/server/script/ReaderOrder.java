package io.kadedb.server.script;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Views and property graphs, which read each other, each behind those that it names; otherwise by name. */
final class ReaderOrder {
    private final CatalogSnapshot catalog;
    private final Consumer<ViewDefinition> onView;
    private final Consumer<PropertyGraphDefinition> onGraph;
    /** The ids, which views and graphs share. */
    private final Set<Long> begun = new HashSet<>();

    ReaderOrder(CatalogSnapshot catalog, Consumer<ViewDefinition> onView, Consumer<PropertyGraphDefinition> onGraph) {
        this.catalog = catalog;
        this.onView = onView;
        this.onGraph = onGraph;
    }

    /** Hands all of them on that are not temporary. */
    void visit() {
        graphs().forEach(this::visit);
        catalog.allViews()
                .filter(view -> !CatalogSnapshot.isTemporary(view.schema()))
                .sorted(Comparator.comparing(ViewDefinition::qualifiedName))
                .forEach(this::visit);
    }

    private List<PropertyGraphDefinition> graphs() {
        return catalog.schemas().values().stream()
                .sorted(Comparator.comparing(SchemaDefinition::name))
                .flatMap(schema ->
                        schema.graphs().values().stream().sorted(Comparator.comparing(PropertyGraphDefinition::name)))
                .toList();
    }

    private void visit(PropertyGraphDefinition graph) {
        if (begun.add(graph.id())) {
            graph.elements()
                    .flatMap(element -> view(element.schema(), element.table()).stream())
                    .forEach(this::visit);
            onGraph.accept(graph);
        }
    }

    private void visit(ViewDefinition view) {
        if (begun.add(view.id())) {
            view.relations()
                    .forEach(used -> catalog.view(used.id())
                            .or(() -> catalog.table(used.id()).flatMap(TableDefinition::asView))
                            .ifPresent(this::visit));
            graphs().stream()
                    .filter(graph -> view.graphs().contains(graph.id()))
                    .forEach(this::visit);
            onView.accept(view);
        }
    }

    private Optional<ViewDefinition> view(String schema, String name) {
        return catalog.schema(schema)
                .flatMap(known -> Optional.ofNullable(known.views().get(name)))
                .or(() -> catalog.table(schema, name).flatMap(TableDefinition::asView));
    }
}
