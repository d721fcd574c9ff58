package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.SequenceOption;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.SequenceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** CREATE, ALTER and DROP SEQUENCE. */
public final class SequencePlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;
    private final CatalogSnapshot catalog;

    public SequencePlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
        this.catalog = session.context().catalog();
    }

    /** CREATE SEQUENCE. */
    public Definition plan(Statement.CreateSequence create) {
        String schema = definitions.schema(create.name(), create.temporary());
        Optional<Definition> existing =
                definitions.existing("CREATE SEQUENCE", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        checkNoName(create.options());
        SequenceOptions options = new SequenceOptions(create.options());
        SequenceDefinition sequence = options.created(
                schema,
                create.name().last().text(),
                session.context().principal().user(),
                SqlType.BIGINT,
                "sequence type");
        return new Definition(
                "CREATE SEQUENCE",
                definitions.changes(schema, new CatalogChange.CreateSequence(owned(sequence, options))),
                List.of());
    }

    /** ALTER SEQUENCE with options. */
    public Definition plan(Statement.AlterSequence alter) {
        Optional<SequenceDefinition> found = find(alter.name());
        if (found.isEmpty()) {
            return DefinitionPlanner.skipped(
                    "ALTER SEQUENCE",
                    alter.ifExists(),
                    missing(alter.name()),
                    alter.name().position());
        }
        checkOwner(found.get());
        checkNoName(alter.options());
        SequenceOptions options = new SequenceOptions(alter.options());
        SequenceDefinition changed = owned(options.changed(found.get()), options);
        return new Definition(
                "ALTER SEQUENCE", List.of(new CatalogChange.ReplaceSequence(changed, options.restarts())), List.of());
    }

    /** ALTER SEQUENCE .. RENAME TO: the defaults that draw from it know its new name. */
    public Definition plan(Statement.RenameSequence rename) {
        Optional<SequenceDefinition> found = find(rename.name());
        if (found.isEmpty()) {
            return DefinitionPlanner.skipped(
                    "ALTER SEQUENCE",
                    rename.ifExists(),
                    missing(rename.name()),
                    rename.name().position());
        }
        checkOwner(found.get());
        return renamed(found.get(), found.get().schema(), rename.to().text(), rename.to());
    }

    /** ALTER SEQUENCE .. SET SCHEMA. */
    public Definition plan(Statement.MoveSequence move) {
        Optional<SequenceDefinition> found = find(move.name());
        if (found.isEmpty()) {
            return DefinitionPlanner.skipped(
                    "ALTER SEQUENCE",
                    move.ifExists(),
                    missing(move.name()),
                    move.name().position());
        }
        SequenceDefinition sequence = found.get();
        checkOwner(sequence);
        String schema = move.schema().text();
        if (!catalog.schemas().containsKey(schema)) {
            throw definitions.noSchema(schema).at(move.schema().position());
        }
        definitions.check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", schema);
        sequence.ownedBy().flatMap(owner -> catalog.table(owner.table())).ifPresent(table -> {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot move an owned sequence into another schema")
                    .at(move.name().position())
                    .detail("Sequence \"" + sequence.name() + "\" is linked to table \"" + table.name() + "\".");
        });
        return schema.equals(sequence.schema())
                ? new Definition("ALTER SEQUENCE", List.of(), List.of())
                : renamed(sequence, schema, sequence.name(), move.schema());
    }

    /** ALTER SEQUENCE .. OWNER TO. */
    public Definition plan(Statement.OwnSequence own) {
        Optional<SequenceDefinition> found = find(own.name());
        if (found.isEmpty()) {
            return DefinitionPlanner.skipped(
                    "ALTER SEQUENCE",
                    own.ifExists(),
                    missing(own.name()),
                    own.name().position());
        }
        checkOwner(found.get());
        String owner =
                own.owner().map(Name::text).orElse(session.context().principal().user());
        return new Definition(
                "ALTER SEQUENCE",
                List.of(new CatalogChange.ReplaceSequence(found.get().withOwner(owner), false)),
                List.of());
    }

    /** The sequence under another name, which the defaults that draw from it then know. */
    private Definition renamed(SequenceDefinition sequence, String schema, String name, Name place) {
        if (IndexPlanner.schema(catalog, schema).hasRelation(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                    .at(place.position());
        }
        List<CatalogChange> changes = new ArrayList<>();
        changes.add(new CatalogChange.ReplaceSequence(sequence.withName(schema, name), false));
        changes.addAll(changedDefaults(
                SequenceDefaults.uses(catalog, sequence),
                column -> column.withDefault(
                        column.defaultSql().map(sql -> SequenceDefaults.renamed(sql, sequence, schema, name)))));
        return new Definition("ALTER SEQUENCE", changes, List.of());
    }

    /** DROP SEQUENCE. */
    public Definition plan(Statement.DropSequence drop) {
        List<CatalogChange> changes = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            Optional<SequenceDefinition> found = find(name);
            if (found.isEmpty()) {
                KadeException missing = KadeException.of(
                                ErrorCode.UNDEFINED_TABLE, "sequence \"" + name + "\" does not exist")
                        .hint(missing(name).hint().orElse(null));
                notices.addAll(DefinitionPlanner.skipped("DROP SEQUENCE", drop.ifExists(), missing, name.position())
                        .notices());
                continue;
            }
            SequenceDefinition sequence = found.get();
            checkOwner(sequence);
            checkNoIdentity(sequence, name);
            List<SequenceDefaults.Use> uses = SequenceDefaults.uses(catalog, sequence);
            if (!uses.isEmpty() && !drop.cascade()) {
                throw KadeException.of(
                                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop sequence " + name + " because other objects depend on it")
                        .at(name.position())
                        .detail(uses.stream()
                                .map(use -> use.description() + " depends on sequence " + name)
                                .collect(Collectors.joining("\n")))
                        .hint("Use DROP ... CASCADE to drop the dependent objects too.");
            }
            uses.forEach(use -> notices.add("drop cascades to " + use.description()));
            changes.addAll(changedDefaults(uses, column -> column.withDefault(Optional.empty())));
            changes.add(new CatalogChange.DropSequence(sequence.schema(), sequence.name()));
        }
        return new Definition("DROP SEQUENCE", changes, notices);
    }

    /** Changes of the tables, each one once. */
    private List<CatalogChange> changedDefaults(
            List<SequenceDefaults.Use> uses, java.util.function.UnaryOperator<ColumnDefinition> change) {
        List<CatalogChange> changes = new ArrayList<>();
        for (TableDefinition table :
                uses.stream().map(SequenceDefaults.Use::table).distinct().toList()) {
            List<ColumnDefinition> columns = table.columns().stream()
                    .map(column ->
                            uses.contains(new SequenceDefaults.Use(table, column)) ? change.apply(column) : column)
                    .toList();
            changes.add(new CatalogChange.ReplaceTable(table.withColumns(columns)));
        }
        return changes;
    }

    private void checkNoIdentity(SequenceDefinition sequence, QualifiedName name) {
        sequence.ownedBy().filter(SequenceDefinition.Owner::identity).ifPresent(owner -> {
            TableDefinition table = catalog.table(owner.table()).orElseThrow();
            String column =
                    table.columns().get(table.ordinalOfId(owner.column())).name();
            throw KadeException.of(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop sequence " + name + " because column " + column + " of table " + table.name()
                                    + " requires it")
                    .at(name.position())
                    .hint("You can drop column " + column + " of table " + table.name() + " instead.");
        });
    }

    /** Only sequences of identity columns are named by an option. */
    private static void checkNoName(List<SequenceOption> options) {
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.Named) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "invalid sequence option SEQUENCE NAME")
                        .at(option.position());
            }
        }
    }

    /** With what OWNED BY says. */
    private SequenceDefinition owned(SequenceDefinition sequence, SequenceOptions options) {
        Optional<SequenceOption.OwnedBy> clause = options.ownedBy();
        if (clause.isEmpty()) {
            return sequence;
        }
        QualifiedName column = clause.get().column();
        if (sequence.ownedBy().filter(SequenceDefinition.Owner::identity).isPresent()) {
            TableDefinition table =
                    catalog.table(sequence.ownedBy().get().table()).orElseThrow();
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot change ownership of identity sequence")
                    .at(clause.get().position())
                    .detail("Sequence \"" + sequence.name() + "\" is linked to table \"" + table.name() + "\".");
        }
        if (column.parts().size() == 1) {
            if (column.last().text().equals("none")) {
                return sequence.withOwnedBy(Optional.empty());
            }
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "invalid OWNED BY option")
                    .at(clause.get().position())
                    .hint("Specify OWNED BY table.column or OWNED BY NONE.");
        }
        TableDefinition table = Targets.plain(
                session,
                new QualifiedName(column.parts().subList(0, column.parts().size() - 1)));
        if (!table.schema().equals(sequence.schema())) {
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "sequence must be in same schema as table it is linked to")
                    .at(column.position());
        }
        int ordinal = Targets.column(table, column.last());
        return sequence.withOwnedBy(Optional.of(new SequenceDefinition.Owner(
                table.id(), table.columns().get(ordinal).id(), false)));
    }

    private void checkOwner(SequenceDefinition sequence) {
        definitions.check(Privilege.OWN, ObjectName.Kind.SEQUENCE, sequence.schema(), sequence.name());
    }

    /** The sequence of a name, which nothing else may have. */
    private Optional<SequenceDefinition> find(QualifiedName name) {
        String last = name.last().text();
        Optional<SequenceDefinition> sequence = name.schema()
                .map(schema -> catalog.sequence(schema.text(), last))
                .orElseGet(() -> catalog.sequence(session.context().searchPath(), last));
        if (sequence.isEmpty()
                && session.catalog().find(name.schema().map(Name::text), last).isPresent()) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + last + "\" is not a sequence")
                    .at(name.position())
                    .hint("Use DROP TABLE to remove a table.");
        }
        return sequence;
    }

    private KadeException missing(QualifiedName name) {
        return SequenceNames.noSequence(catalog, name.toString(), name.last().text());
    }
}
