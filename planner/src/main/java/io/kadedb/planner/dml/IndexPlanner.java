package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** CREATE INDEX and DROP INDEX. */
public final class IndexPlanner {
    /** Columns that an index has at most. */
    private static final int MAX_PARTS = 32;

    private final PlanningSession session;
    private final DefinitionPlanner definitions;

    public IndexPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
    }

    /** CREATE INDEX. */
    public Definition plan(Statement.CreateIndex create) {
        TableDefinition table = Targets.table(session, create.table());
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, table.schema(), table.name());
        SchemaDefinition schema = schema(session.context().catalog(), table.schema());
        IndexParts read = new IndexParts(session, table);
        List<IndexDefinition.Part> parts = read.parts(create.parts(), AccessMethod.of(create));
        String name = create.name()
                .map(Name::text)
                .orElseGet(() ->
                        RelationNames.free(table.name(), IndexParts.names(table, parts), "idx", schema::hasRelation));
        if (create.name().isPresent() && schema.hasRelation(name)) {
            KadeException exists =
                    KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
            return DefinitionPlanner.skipped(
                    "CREATE INDEX",
                    create.ifNotExists(),
                    exists,
                    create.name().get().position());
        }
        checkWidth(parts.size() + create.included().size(), create.table());
        List<Integer> included = create.included().stream()
                .map(column -> column(table.columns(), column).id())
                .toList();
        IndexDefinition index = new IndexDefinition(
                0,
                name,
                parts,
                create.unique(),
                create.nullsNotDistinct(),
                false,
                Optional.empty(),
                included,
                create.condition().map(read::condition),
                IndexDefinition.State.PUBLIC);
        return new Definition(
                "CREATE INDEX", List.of(new CatalogChange.CreateIndex(table.schema(), table.name(), index)), List.of());
    }

    private static void checkWidth(int columns, QualifiedName place) {
        if (columns > MAX_PARTS) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "cannot use more than " + MAX_PARTS + " columns in an index")
                    .at(place.position());
        }
    }

    static SchemaDefinition schema(CatalogSnapshot catalog, String name) {
        SchemaDefinition schema = catalog.schemas().get(name);
        if (schema == null && CatalogSnapshot.isTemporary(name)) {
            // It is made with the first thing in it.
            return new SchemaDefinition(0, name, "");
        }
        if (schema == null) {
            throw KadeException.internal("a table's schema is not in the catalog", null);
        }
        return schema;
    }

    static String joined(List<Name> columns) {
        return columns.stream().map(Name::text).collect(Collectors.joining("_"));
    }

    static ColumnDefinition column(List<ColumnDefinition> columns, Name name) {
        return find(columns, name, "column \"" + name.text() + "\" does not exist");
    }

    /** Refuses a key column whose type has no order, or one in which storage cannot keep it. */
    static void checkOrdered(ColumnDefinition column, Name name) {
        checkOrdered(column.type(), name.position());
    }

    static void checkOrdered(SqlType type, SourcePosition place) {
        if (type.isIncomparable()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_OBJECT,
                            "data type " + type + " has no default operator class for access method \"btree\"")
                    .at(place)
                    .hint(type + " keeps its text as it was written and has no order");
        }
        if (type.id() == TypeId.JSONB) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "keys and indexes on columns of type jsonb are not supported yet")
                    .at(place)
                    .hint("create an index USING gin, or one over an expression such as (doc ->> 'key')");
        }
        if (type.id() == TypeId.NULL) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "a column of type " + type + " cannot be indexed")
                    .at(place);
        }
    }

    static ColumnDefinition find(List<ColumnDefinition> columns, Name name, String message) {
        return columns.stream()
                .filter(column -> column.name().equals(name.text()))
                .findFirst()
                .orElseThrow(() -> KadeException.of(ErrorCode.UNDEFINED_COLUMN, message)
                        .at(name.position())
                        .hint(Suggestions.hint(
                                        name.text(),
                                        columns.stream()
                                                .map(ColumnDefinition::name)
                                                .toList())
                                .orElse(null)));
    }

    /** The index of a UNIQUE constraint. */
    static IndexDefinition unique(
            TableConstraint.Unique unique, String table, List<ColumnDefinition> columns, Predicate<String> taken) {
        List<IndexDefinition.Part> parts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Name name : unique.columns()) {
            ColumnDefinition column = find(columns, name, "column \"" + name.text() + "\" named in key does not exist");
            checkOrdered(column, name);
            if (!seen.add(name.text())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + name.text() + "\" appears twice in unique constraint")
                        .at(name.position());
            }
            parts.add(new IndexDefinition.Part(column.id(), false));
        }
        String name = unique.name()
                .map(Name::text)
                .orElseGet(() -> RelationNames.free(table, joined(unique.columns()), "key", taken));
        if (taken.test(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                    .at(unique.position());
        }
        return new IndexDefinition(0, name, parts, true, unique.nullsNotDistinct(), true, Optional.empty());
    }

    /** DROP INDEX. */
    public Definition plan(Statement.DropIndex drop) {
        List<CatalogChange> changes = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            Optional<TableDefinition> table = indexed(name);
            String last = name.last().text();
            if (table.isEmpty()) {
                KadeException missing = KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT, "index \"" + name + "\" does not exist")
                        .hint(Suggestions.hint(last, indexNames()).orElse(null));
                notices.addAll(DefinitionPlanner.skipped("DROP INDEX", drop.ifExists(), missing, name.position())
                        .notices());
                continue;
            }
            TableDefinition owner = table.get();
            definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, owner.schema(), owner.name());
            boolean required =
                    owner.index(last).map(IndexDefinition::constraint).orElse(true);
            if (required) {
                throw KadeException.of(
                                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop index " + last + " because constraint " + last + " on table "
                                        + owner.name() + " requires it")
                        .at(name.position())
                        .hint("You can drop constraint " + last + " on table " + owner.name() + " instead.");
            }
            checkUnreferenced(owner, last, name);
            changes.add(new CatalogChange.DropIndex(owner.schema(), owner.name(), last));
        }
        return new Definition("DROP INDEX", changes, notices);
    }

    /** A foreign key may stand on a unique index. */
    private void checkUnreferenced(TableDefinition table, String index, QualifiedName name) {
        List<Integer> columns = table.index(index)
                .filter(IndexDefinition::isKey)
                .map(IndexDefinition::columnIds)
                .orElse(List.of());
        for (SchemaDefinition schema : session.context().catalog().schemas().values()) {
            for (TableDefinition other : schema.tables().values()) {
                for (ForeignKeyDefinition key : other.foreignKeys()) {
                    if (key.referencedTable() == table.id()
                            && new HashSet<>(key.referencedColumns()).equals(new HashSet<>(columns))) {
                        throw KadeException.of(
                                        ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                        "cannot drop index " + index + " because other objects depend on it")
                                .at(name.position())
                                .detail("constraint " + key.name() + " on table " + other.name() + " depends on index "
                                        + index);
                    }
                }
            }
        }
    }

    /** The table whose index, or primary key, has the name. */
    Optional<TableDefinition> indexed(QualifiedName name) {
        List<String> schemas = name.schema()
                .map(schema -> List.of(schema.text()))
                .orElse(session.context().searchPath());
        String last = name.last().text();
        for (String schema : schemas) {
            SchemaDefinition known = session.context().catalog().schemas().get(schema);
            if (known != null) {
                Optional<TableDefinition> table = known.tables().values().stream()
                        .filter(t -> t.index(last).isPresent()
                                || (t.hasPrimaryKey()
                                        && t.primaryKeyConstraint().equals(last)))
                        .findFirst();
                if (table.isPresent()) {
                    return table;
                }
            }
        }
        return Optional.empty();
    }

    private List<String> indexNames() {
        return session.context().catalog().schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .flatMap(table -> table.indexes().stream())
                .map(IndexDefinition::name)
                .toList();
    }
}
