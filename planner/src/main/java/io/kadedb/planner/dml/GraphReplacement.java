package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.dml.ColumnDependents.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Puts a changed property graph in the place of the old one, if the views over it find there what they read. */
final class GraphReplacement {
    private final PlanningSession session;
    private final SourcePosition place;

    /** @param place of the graph's name */
    GraphReplacement(PlanningSession session, SourcePosition place) {
        this.session = session;
        this.place = place;
    }

    /**
     * The changes of the catalog.
     *
     * @param cascade whether views over the graph go if it loses a label or property; 2BP01 otherwise
     */
    Definition plan(String verb, PropertyGraphDefinition old, PropertyGraphDefinition changed, boolean cascade) {
        List<Dependent> views = new ColumnDependents(session.context().catalog()).ofGraph(old);
        boolean moves = !old.name().equals(changed.name()) || !old.schema().equals(changed.schema());
        if (moves && !views.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "cannot rename property graph " + old.name() + ", which views read by its name")
                    .at(place)
                    .detail(lines(views));
        }
        Set<String> lost = parts(old);
        lost.removeAll(parts(changed));
        List<CatalogChange> changes = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        if (!lost.isEmpty() && !views.isEmpty()) {
            if (!cascade) {
                throw KadeException.of(
                                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop " + String.join(", ", lost) + " of property graph " + old.name()
                                        + " because other objects depend on it")
                        .at(place)
                        .detail(lines(views))
                        .hint("Use DROP ... CASCADE to drop the dependent objects too.");
            }
            for (Dependent view : views.reversed()) {
                changes.add(view.removal());
                notices.add("drop cascades to " + view.description());
            }
        }
        changes.add(new CatalogChange.ReplacePropertyGraph(changed));
        return new Definition(verb, changes, notices);
    }

    private static String lines(List<Dependent> views) {
        return String.join(
                "\n",
                views.stream()
                        .map(view -> view.description() + " depends on " + view.on())
                        .toList());
    }

    /** What queries may name: labels and properties. */
    private static Set<String> parts(PropertyGraphDefinition graph) {
        Set<String> parts = new TreeSet<>();
        graph.elements().flatMap(element -> element.labels().stream()).forEach(label -> {
            parts.add("label " + label.name());
            label.properties().forEach(property -> parts.add("property " + property.name()));
        });
        return parts;
    }
}
