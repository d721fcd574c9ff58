package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.system.SystemRelations;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CREATE SCHEMA and CREATE TABLE AS: checked against the catalog, turned into changes of it. */
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
        if (name.startsWith("pg_")) {
            throw KadeException.of(ErrorCode.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
                    .at(create.name().position())
                    .detail("The prefix \"pg_\" is reserved for system schemas.");
        }
        if (context.catalog().schemas().containsKey(name) || SystemRelations.SCHEMAS.contains(name)) {
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

    /** CREATE TABLE AS. */
    public PlannedStatement plan(Statement.CreateTableAs create, int parameterCount) {
        String schema = schema(create.name(), create.temporary().isPresent());
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
            SqlType type = field.type().ofColumn();
            columns.add(ColumnDefinition.of(i + 1, name.text(), type, true));
        }
        TableDefinition table = TablePlanner.table(
                        schema, create.name().last().text(), context.principal().user(), columns, List.of())
                .withOnCommit(onCommit(schema, create.temporary()));
        return create.withData()
                ? new PlannedStatement.CreateTableAs(
                        table, Targets.fitted(table, planned.plan(), 0), session.parameterTypes(parameterCount))
                : new Definition("CREATE TABLE AS", changes(schema, new CatalogChange.CreateTable(table)), List.of());
    }

    /** The schema a new object goes to. */
    String schema(QualifiedName name) {
        String schema = name.schema().map(Name::text).orElse(null);
        if (schema == null) {
            schema = context.searchPath().stream()
                    .filter(context.catalog().schemas()::containsKey)
                    .filter(known -> !CatalogSnapshot.isTemporary(known))
                    .findFirst()
                    .orElseThrow(() -> KadeException.of(
                                    ErrorCode.INVALID_SCHEMA_NAME, "no schema has been selected to create in")
                            .at(name.position()));
        }
        if (isOwnTemporary(schema)) {
            return context.catalog().temporary().orElseThrow();
        }
        if (!context.catalog().schemas().containsKey(schema)) {
            throw noSchema(schema).at(name.position());
        }
        check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", schema);
        return schema;
    }

    private boolean isOwnTemporary(String schema) {
        Optional<String> own = context.catalog().temporary();
        return own.isPresent()
                && (schema.equals(CatalogSnapshot.TEMPORARY_ALIAS) || own.get().equals(schema));
    }

    /** The schema a new object goes to. */
    String schema(QualifiedName name, boolean temporary) {
        if (!temporary) {
            return schema(name);
        }
        name.schema().filter(schema -> !isOwnTemporary(schema.text())).ifPresent(schema -> {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "cannot create temporary relation in non-temporary schema")
                    .at(schema.position());
        });
        return context.catalog()
                .temporary()
                .orElseThrow(() -> KadeException.internal("no session for a temporary relation", null));
    }

    /** What is to be done before something is put into a schema: the one of temporary tables is made when it is needed. */
    private List<CatalogChange> prepared(String schema) {
        return CatalogSnapshot.isTemporary(schema)
                        && !context.catalog().schemas().containsKey(schema)
                ? List.of(new CatalogChange.CreateSchema(
                        schema, context.principal().user()))
                : List.of();
    }

    /** A change with what is to be done before it. */
    List<CatalogChange> changes(String schema, CatalogChange change) {
        List<CatalogChange> changes = new ArrayList<>(prepared(schema));
        changes.add(change);
        return changes;
    }

    /** What becomes of the rows of a table in a schema. */
    static Optional<TableDefinition.OnCommit> onCommit(String schema, Optional<TableDefinition.OnCommit> asked) {
        return CatalogSnapshot.isTemporary(schema)
                ? asked.or(() -> Optional.of(TableDefinition.OnCommit.PRESERVE_ROWS))
                : Optional.empty();
    }

    KadeException noSchema(String name) {
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
