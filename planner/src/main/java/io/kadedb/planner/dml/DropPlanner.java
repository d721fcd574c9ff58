package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.dml.Dependents.Item;
import io.kadedb.planner.validate.Suggestions;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DROP of schemas, tables, views and property graphs, with what depends on them. */
public final class DropPlanner {
    private static final String MATERIALIZED = "materialized view";

    private final PlanningSession session;
    private final PlanningContext context;
    private final DefinitionPlanner definitions;
    private final Map<Item, SourcePosition> targets = new LinkedHashMap<>();
    private final List<String> notices = new ArrayList<>();
    /** Tables that stay, with columns of types that go. */
    private final Map<Long, TableDefinition> columns = new LinkedHashMap<>();

    public DropPlanner(PlanningSession session) {
        this.session = session;
        this.context = session.context();
        this.definitions = new DefinitionPlanner(session);
    }

    /** DROP SCHEMA. */
    public PlannedStatement plan(Statement.DropSchema drop) {
        for (Name name : drop.names()) {
            SchemaDefinition schema = context.catalog().schemas().get(name.text());
            if (schema == null) {
                missing(definitions.noSchema(name.text()), name.position(), drop.ifExists());
                continue;
            }
            definitions.check(Privilege.OWN, ObjectName.Kind.SCHEMA, "", name.text());
            targets.put(new Item.Schema(schema), name.position());
        }
        Definition dropped = dropped("DROP SCHEMA", drop.cascade());
        return columns.isEmpty() ? dropped : withColumns(dropped, drop.names().getFirst());
    }

    /** DROP TABLE. */
    public Definition plan(Statement.DropTable drop) {
        for (QualifiedName name : drop.names()) {
            relation(name, "table", drop.ifExists());
        }
        return dropped("DROP TABLE", drop.cascade());
    }

    /** DROP VIEW. */
    public Definition plan(Statement.DropView drop) {
        for (QualifiedName name : drop.names()) {
            relation(name, "view", drop.ifExists());
        }
        return dropped("DROP VIEW", drop.cascade());
    }

    /** DROP MATERIALIZED VIEW. */
    public Definition plan(Statement.DropMaterializedView drop) {
        for (QualifiedName name : drop.names()) {
            relation(name, MATERIALIZED, drop.ifExists());
        }
        return dropped("DROP MATERIALIZED VIEW", drop.cascade());
    }

    /** DROP PROPERTY GRAPH. */
    public Definition plan(Statement.DropPropertyGraph drop) {
        relation(drop.name(), "property graph", drop.ifExists());
        return dropped("DROP PROPERTY GRAPH", drop.cascade());
    }

    /** Tables, views and graphs share their names, so one of another kind is an error also with IF EXISTS. */
    private void relation(QualifiedName name, String kind, boolean ifExists) {
        String text = name.last().text();
        Optional<SchemaDefinition> schema = schemaOf(name);
        TableDefinition table = schema.map(s -> s.tables().get(text)).orElse(null);
        ViewDefinition view = schema.map(s -> s.views().get(text)).orElse(null);
        PropertyGraphDefinition graph = schema.map(s -> s.graphs().get(text)).orElse(null);
        Item found = table != null
                ? table.asView().<Item>map(Item.View::new).orElseGet(() -> new Item.Table(table))
                : view != null ? new Item.View(view) : graph != null ? new Item.Graph(graph) : null;
        if (found == null) {
            missing(ifExists ? absent(name, kind) : noRelation(name, kind), name.position(), ifExists);
            return;
        }
        String foundKind = kind(found);
        if (!foundKind.equals(kind)) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + text + "\" is not a " + kind)
                    .at(name.position())
                    .hint("Use DROP " + foundKind.toUpperCase(java.util.Locale.ROOT) + " to remove a " + foundKind
                            + ".");
        }
        definitions.check(
                Privilege.OWN,
                found instanceof Item.Graph ? ObjectName.Kind.PROPERTY_GRAPH : ObjectName.Kind.TABLE,
                schema.map(SchemaDefinition::name).orElse(""),
                text);
        targets.put(found, name.position());
    }

    /** The schema given, or the first along the search path that has a relation of the name. */
    private Optional<SchemaDefinition> schemaOf(QualifiedName name) {
        Map<String, SchemaDefinition> schemas = context.catalog().schemas();
        return name.schema()
                .map(schema -> context.catalog().schema(schema.text()))
                .orElseGet(() -> context.searchPath().stream()
                        .filter(schemas::containsKey)
                        .map(schemas::get)
                        .filter(schema -> schema.hasRelation(name.last().text()))
                        .findFirst());
    }

    /** That there is none, with a hint at names like it, which costs a look at all names. */
    private KadeException noRelation(QualifiedName name, String kind) {
        if (kind.equals("table")) {
            return absent(name, kind)
                    .hint(ValidationErrors.noRelation(context.catalog(), name.toString())
                            .hint()
                            .orElse(null));
        }
        List<String> known = context.catalog().schemas().values().stream()
                .flatMap(schema -> (kind.equals("view") ? schema.views() : schema.graphs()).keySet().stream())
                .toList();
        return absent(name, kind)
                .hint(Suggestions.hint(name.last().text(), known).orElse(null));
    }

    private static KadeException absent(QualifiedName name, String kind) {
        ErrorCode code = kind.equals("property graph") ? ErrorCode.UNDEFINED_OBJECT : ErrorCode.UNDEFINED_TABLE;
        return KadeException.of(code, kind + " \"" + name + "\" does not exist");
    }

    private void missing(KadeException error, SourcePosition place, boolean ifExists) {
        notices.addAll(DefinitionPlanner.skipped("DROP", ifExists, error, place).notices());
    }

    /** The changes that remove the targets and, if it may be, what depends on them. */
    private Definition dropped(String verb, boolean cascade) {
        Dependents dependents = new Dependents(context.catalog());
        Set<Item> gone = new LinkedHashSet<>();
        for (Map.Entry<Item, SourcePosition> target : targets.entrySet()) {
            List<String> lines = new ArrayList<>();
            collect(target.getKey(), dependents, gone, lines);
            if (!cascade && !lines.isEmpty()) {
                throw KadeException.of(
                                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop " + shown(target.getKey()) + " because other objects depend on it")
                        .at(target.getValue())
                        .detail(String.join("\n", lines))
                        .hint("Use DROP ... CASCADE to drop the dependent objects too.");
            }
        }
        gone.removeAll(targets.keySet());
        gone.forEach(item -> notices.add("drop cascades to " + shown(item)));
        gone.forEach(item -> {
            if (item instanceof Item.Column column) {
                columns.put(column.table().id(), column.table());
            }
        });
        // Before tables go, with which foreign keys of the same tables go too.
        List<CatalogChange> changes = new ArrayList<>(withoutDefaults(gone));
        gone.forEach(item -> change(item).ifPresent(changes::add));
        targets.keySet().forEach(item -> change(item).ifPresent(changes::add));
        return new Definition(verb, changes, notices);
    }

    private PlannedStatement withColumns(Definition dropped, Name place) {
        List<EnumDefinition> types = targets.keySet().stream()
                .flatMap(target -> target instanceof Item.Schema schema
                        ? schema.definition().enums().values().stream()
                        : Stream.empty())
                .toList();
        List<AlterationStep> steps = new ArrayList<>();
        new EnumRemoval(session, columns.values())
                .steps(types, place.position()).stream()
                        .filter(step -> !(step instanceof AlterationStep.Change change)
                                || !dropped.changes().contains(change.change()))
                        .forEach(steps::add);
        dropped.changes().forEach(change -> steps.add(new AlterationStep.Change(change)));
        return new PlannedStatement.Alteration(dropped.verb(), steps, dropped.notices());
    }

    /** Finds what depends on an item and is no target itself. */
    private void collect(Item item, Dependents dependents, Set<Item> gone, List<String> lines) {
        for (Item dependent : dependents.of(item)) {
            boolean goesAnyway = targets.containsKey(dependent)
                    || (dependent instanceof Item.ForeignKey key && isTarget(new Item.Table(key.table()), gone))
                    || (dependent instanceof Item.Column column && goes(column.table(), gone))
                    || (dependent instanceof Item.Default value && goes(value.table(), gone));
            if (!goesAnyway && gone.add(dependent)) {
                lines.add(shown(dependent) + " depends on " + shown(item));
                collect(dependent, dependents, gone, lines);
            }
        }
    }

    /** Whether a table is dropped by itself or with its schema. */
    private boolean goes(TableDefinition table, Set<Item> gone) {
        return isTarget(new Item.Table(table), gone) || within(table.schema());
    }

    private boolean isTarget(Item table, Set<Item> gone) {
        return targets.containsKey(table) || gone.contains(table);
    }

    /** What removes an item; empty for what goes with something else. */
    private Optional<CatalogChange> change(Item item) {
        return switch (item) {
            case Item.Schema schema ->
                Optional.of(new CatalogChange.DropSchema(schema.definition().name(), true));
            case Item.Table table ->
                within(table.definition().schema())
                        ? Optional.empty()
                        : Optional.of(new CatalogChange.DropTable(
                                table.definition().schema(), table.definition().name()));
            case Item.View view ->
                within(view.definition().schema()) ? Optional.empty() : Optional.of(dropped(view.definition()));
            case Item.Graph graph ->
                within(graph.definition().schema())
                        ? Optional.empty()
                        : Optional.of(new CatalogChange.DropPropertyGraph(
                                graph.definition().schema(), graph.definition().name()));
            case Item.Sequence sequence -> Optional.empty();
            case Item.Type type -> Optional.empty();
            case Item.Column column -> Optional.empty();
            case Item.ForeignKey key -> Optional.empty();
            case Item.Default value -> Optional.empty();
        };
    }

    private CatalogChange dropped(ViewDefinition view) {
        return isMaterialized(view)
                ? new CatalogChange.DropTable(view.schema(), view.name())
                : new CatalogChange.DropView(view.schema(), view.name());
    }

    private boolean isMaterialized(ViewDefinition view) {
        return context.catalog().table(view.schema(), view.name()).isPresent();
    }

    /** Takes the defaults away that draw from sequences that go. */
    private static List<CatalogChange> withoutDefaults(Set<Item> gone) {
        Map<TableDefinition, Set<ColumnDefinition>> columns = new LinkedHashMap<>();
        for (Item item : gone) {
            if (item instanceof Item.Default value) {
                columns.computeIfAbsent(value.table(), table -> new LinkedHashSet<>())
                        .add(value.column());
            }
        }
        List<CatalogChange> changes = new ArrayList<>();
        columns.forEach((table, without) ->
                changes.add(new CatalogChange.ReplaceTable(table.withColumns(table.columns().stream()
                        .map(column -> without.contains(column) ? column.withDefault(Optional.empty()) : column)
                        .toList()))));
        return changes;
    }

    private boolean within(String schema) {
        return targets.keySet().stream()
                .anyMatch(target -> target instanceof Item.Schema dropped
                        && dropped.definition().name().equals(schema));
    }

    private String kind(Item item) {
        return switch (item) {
            case Item.Schema schema -> "schema";
            case Item.Table table -> "table";
            case Item.View view -> isMaterialized(view.definition()) ? MATERIALIZED : "view";
            case Item.Graph graph -> "property graph";
            case Item.Sequence sequence -> "sequence";
            case Item.Type type -> "type";
            case Item.Column column -> "column";
            case Item.ForeignKey key -> "constraint";
            case Item.Default value -> "default value";
        };
    }

    private String shown(Item item) {
        String name = switch (item) {
            case Item.Schema schema -> schema.definition().name();
            case Item.Table table ->
                visible(table.definition().schema(), table.definition().name());
            case Item.View view ->
                visible(view.definition().schema(), view.definition().name());
            case Item.Graph graph ->
                visible(graph.definition().schema(), graph.definition().name());
            case Item.Sequence sequence ->
                visible(sequence.definition().schema(), sequence.definition().name());
            case Item.Type type ->
                visible(type.definition().schema(), type.definition().name());
            case Item.Column column ->
                column.column().name() + " of table "
                        + visible(column.table().schema(), column.table().name());
            case Item.ForeignKey key ->
                key.key().name() + " on table "
                        + visible(key.table().schema(), key.table().name());
            case Item.Default value ->
                "for column " + value.column().name() + " of table "
                        + visible(value.table().schema(), value.table().name());
        };
        return kind(item) + " " + name;
    }

    /** With its schema where the search path does not lead there. */
    private String visible(String schema, String name) {
        return context.searchPath().contains(schema) ? name : schema + "." + name;
    }
}
