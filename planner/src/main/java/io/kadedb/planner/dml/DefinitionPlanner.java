package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.validate.Suggestions;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CREATE and DROP of schemas, CREATE TABLE AS, DROP TABLE: checked against the catalog, turned into changes of it. */
public final class DefinitionPlanner {
    private final PlanningSession session;
    private final PlanningContext context;

    public DefinitionPlanner(PlanningSession session) {
        this.session = session;
        this.context = session.context();
    }

    /** CREATE SCHEMA. */
    public Definition plan(Statement.CreateSchema create) {
        String name = create.name().text();
        check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", name);
        if (context.catalog().schemas().containsKey(name)) {
            KadeException exists =
                    KadeException.of(ErrorCode.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists");
            return skipped(
                    "CREATE SCHEMA", create.ifNotExists(), exists, create.name().position());
        }
        return new Definition(
                "CREATE SCHEMA",
                List.of(new CatalogChange.CreateSchema(name, context.principal().user())),
                List.of());
    }

    /** DROP SCHEMA. */
    public Definition plan(Statement.DropSchema drop) {
        List<CatalogChange> changes = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (Name name : drop.names()) {
            SchemaDefinition schema = context.catalog().schemas().get(name.text());
            if (schema == null) {
                KadeException missing = noSchema(name.text());
                notices.addAll(skipped("DROP SCHEMA", drop.ifExists(), missing, name.position())
                        .notices());
                continue;
            }
            check(Privilege.OWN, ObjectName.Kind.SCHEMA, "", name.text());
            if (!schema.isEmpty() && !drop.cascade()) {
                throw KadeException.of(
                                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop schema \"" + name.text() + "\" because other objects depend on it")
                        .at(name.position())
                        .hint("use DROP ... CASCADE to drop them too");
            }
            changes.add(new CatalogChange.DropSchema(name.text(), drop.cascade()));
        }
        return new Definition("DROP SCHEMA", changes, notices);
    }

    /** CREATE TABLE AS. */
    public PlannedStatement plan(Statement.CreateTableAs create, int parameterCount) {
        String schema = schema(create.name());
        Optional<Definition> existing = existing("CREATE TABLE AS", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        PlanningSession.Planned planned = session.plan(create.query());
        if (create.columns().size() > planned.columns().size()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "too many column names were specified")
                    .at(create.columns().get(planned.columns().size()).position());
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < planned.columns().size(); i++) {
            Field field = planned.columns().get(i);
            Name name = i < create.columns().size()
                    ? create.columns().get(i)
                    : new Name(field.name(), create.name().position());
            TablePlanner.checkNew(names, name);
            SqlType type = field.type().id() == TypeId.NULL ? SqlType.TEXT : field.type();
            columns.add(ColumnDefinition.of(i + 1, name.text(), type, true));
        }
        TableDefinition table = TablePlanner.table(
                schema, create.name().last().text(), context.principal().user(), columns, List.of());
        return create.withData()
                ? new PlannedStatement.CreateTableAs(table, planned.plan(), session.parameterTypes(parameterCount))
                : new Definition("CREATE TABLE AS", List.of(new CatalogChange.CreateTable(table)), List.of());
    }

    /** DROP TABLE. */
    public Definition plan(Statement.DropTable drop) {
        List<CatalogChange> changes = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            Optional<TableDefinition> table = session.catalog()
                    .find(name.schema().map(Name::text), name.last().text());
            if (table.isEmpty()) {
                checkNoGraph(name);
                KadeException missing = KadeException.of(
                                ErrorCode.UNDEFINED_TABLE, "table \"" + name + "\" does not exist")
                        .hint(ValidationErrors.noRelation(context.catalog(), name.toString())
                                .hint()
                                .orElse(null));
                notices.addAll(skipped("DROP TABLE", drop.ifExists(), missing, name.position())
                        .notices());
                continue;
            }
            String schema = table.get().schema();
            check(Privilege.OWN, ObjectName.Kind.TABLE, schema, table.get().name());
            for (PropertyGraphDefinition graph : graphsOver(table.get())) {
                if (!drop.cascade()) {
                    throw KadeException.of(
                                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                    "cannot drop table \"" + name + "\" because property graph \"" + graph.name()
                                            + "\" depends on it")
                            .at(name.position())
                            .hint("use DROP ... CASCADE to drop them too");
                }
                CatalogChange dropGraph = new CatalogChange.DropPropertyGraph(graph.schema(), graph.name());
                if (!changes.contains(dropGraph)) {
                    changes.add(dropGraph);
                }
            }
            checkReferences(drop, table.get(), notices, name);
            changes.add(new CatalogChange.DropTable(schema, table.get().name()));
        }
        return new Definition("DROP TABLE", changes, notices);
    }

    /** Foreign keys of tables that stay would refer to nothing: the catalog drops them too. */
    private void checkReferences(
            Statement.DropTable drop, TableDefinition table, List<String> notices, QualifiedName name) {
        List<String> dependents = new ArrayList<>();
        for (TableDefinition other : ForeignKeyPlanner.referencing(session, table)) {
            boolean goes = drop.names().stream()
                    .anyMatch(also -> also.last().text().equals(other.name())
                            && session.catalog()
                                    .find(also.schema().map(Name::text), other.name())
                                    .filter(other::equals)
                                    .isPresent());
            if (goes) {
                continue;
            }
            for (ForeignKeyDefinition key : other.foreignKeys()) {
                if (key.referencedTable() != table.id()) {
                    continue;
                }
                String dependent = "constraint " + key.name() + " on table " + other.name();
                dependents.add(dependent);
            }
        }
        if (!drop.cascade() && !dependents.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop table " + name + " because other objects depend on it")
                    .at(name.position())
                    .detail(dependents.stream()
                            .map(dependent -> dependent + " depends on table " + name)
                            .collect(Collectors.joining("\n")))
                    .hint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        dependents.forEach(dependent -> notices.add("drop cascades to " + dependent));
    }

    /** Graphs and tables share their names, so one of another kind is an error also with IF EXISTS. */
    private void checkNoGraph(QualifiedName name) {
        String text = name.last().text();
        Optional<PropertyGraphDefinition> graph = name.schema()
                .map(schema -> context.catalog().graph(schema.text(), text))
                .orElseGet(() -> context.catalog().graph(context.searchPath(), text));
        if (graph.isPresent()) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + text + "\" is not a table")
                    .at(name.position())
                    .hint("use DROP PROPERTY GRAPH to remove a property graph");
        }
    }

    private List<PropertyGraphDefinition> graphsOver(TableDefinition table) {
        return context.catalog().schemas().values().stream()
                .flatMap(schema -> schema.graphs().values().stream())
                .filter(graph -> uses(graph, table))
                .toList();
    }

    private static boolean uses(PropertyGraphDefinition graph, TableDefinition table) {
        return graph.vertexTables().stream().anyMatch(vertex -> isOver(vertex.element(), table))
                || graph.edgeTables().stream().anyMatch(edge -> isOver(edge.element(), table));
    }

    private static boolean isOver(PropertyGraphDefinition.ElementTable element, TableDefinition table) {
        return element.schema().equals(table.schema()) && element.table().equals(table.name());
    }

    /** The schema a new object goes to. */
    String schema(QualifiedName name) {
        String schema = name.schema().map(Name::text).orElse(null);
        if (schema == null) {
            schema = context.searchPath().stream()
                    .filter(context.catalog().schemas()::containsKey)
                    .findFirst()
                    .orElseThrow(() -> KadeException.of(
                                    ErrorCode.INVALID_SCHEMA_NAME, "no schema has been selected to create in")
                            .at(name.position()));
        }
        if (!context.catalog().schemas().containsKey(schema)) {
            throw noSchema(schema).at(name.position());
        }
        check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", schema);
        return schema;
    }

    private KadeException noSchema(String name) {
        return KadeException.of(ErrorCode.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist")
                .hint(Suggestions.hint(name, context.catalog().schemas().keySet())
                        .orElse(null));
    }

    /** The outcome when a table or graph of the name exists. */
    Optional<Definition> existing(String verb, String schema, QualifiedName name, boolean ifNotExists) {
        String last = name.last().text();
        SchemaDefinition known = context.catalog().schemas().get(schema);
        if (known == null || !known.hasRelation(last)) {
            return Optional.empty();
        }
        KadeException error = KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + last + "\" already exists");
        return Optional.of(skipped(verb, ifNotExists, error, name.position()));
    }

    /** Nothing is done, with a notice, or the error is thrown. */
    static Definition skipped(String verb, boolean lenient, KadeException error, SourcePosition place) {
        if (!lenient) {
            throw error.at(place);
        }
        return new Definition(verb, List.of(), List.of(error.messageText() + ", skipping"));
    }

    void check(Privilege privilege, ObjectName.Kind kind, String schema, String name) {
        context.access().check(context.principal(), privilege, new ObjectName(kind, schema, name), List.of());
    }
}
