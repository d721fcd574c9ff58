package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.dml.ColumnDependents.Dependent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What ALTER TABLE does to constraints. */
final class ConstraintAlterations {
    private final PlanningSession session;
    private final TableAlteration alteration;

    ConstraintAlterations(PlanningSession session, TableAlteration alteration) {
        this.session = session;
        this.alteration = alteration;
    }

    /** ADD CONSTRAINT: keys before what may refer to them. */
    void add(List<AlterAction.AddConstraint> stated) {
        for (AlterAction.AddConstraint add : stated) {
            switch (add.constraint()) {
                case TableConstraint.PrimaryKey key -> addKey(key);
                case TableConstraint.Unique unique -> addUnique(unique);
                case TableConstraint.Check check -> addCheck(check, add.notValid());
                case TableConstraint.ForeignKey foreign -> {}
            }
        }
        for (AlterAction.AddConstraint add : stated) {
            if (add.constraint() instanceof TableConstraint.ForeignKey foreign) {
                addForeignKey(foreign, add.notValid());
            }
        }
    }

    private SchemaDefinition schema() {
        return IndexPlanner.schema(session.context().catalog(), alteration.now().schema());
    }

    /** Whether a name is taken for a relation, those to be made among them. */
    private Predicate<String> relations() {
        SchemaDefinition schema = schema();
        return name -> schema.hasRelation(name)
                || alteration.newIndexes().stream()
                        .anyMatch(index -> index.name().equals(name))
                || (alteration.now().hasPrimaryKey()
                        && alteration.now().primaryKeyConstraint().equals(name));
    }

    private Set<String> constraints() {
        Set<String> names = TableAlteration.constraints(alteration.now());
        alteration.newIndexes().forEach(index -> names.add(index.name()));
        return names;
    }

    private void addKey(TableConstraint.PrimaryKey key) {
        TableDefinition now = alteration.now();
        if (now.hasPrimaryKey()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \"" + now.name() + "\" are not allowed")
                    .at(key.position());
        }
        String name =
                key.name().map(Name::text).orElseGet(() -> RelationNames.free(now.name(), "", "pkey", relations()));
        if (relations().test(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                    .at(key.position());
        }
        List<Integer> ordinals = new ArrayList<>();
        for (Name written : key.columns()) {
            ColumnDefinition column = IndexPlanner.find(
                    alteration.now().columns(),
                    written,
                    "column \"" + written.text() + "\" of relation \"" + now.name() + "\" does not exist");
            int ordinal = now.ordinalOfId(column.id());
            if (ordinals.contains(ordinal)) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + written.text() + "\" appears twice in primary key constraint")
                        .at(written.position());
            }
            ordinals.add(ordinal);
            if (column.nullable()) {
                alteration.forbidNulls(column.id());
                alteration.replace(ordinal, column.withNullable(false));
            }
        }
        alteration.become(alteration.now().withPrimaryKey(ordinals, Optional.of(name)));
        alteration.rewrite();
    }

    private void addUnique(TableConstraint.Unique unique) {
        alteration.add(IndexPlanner.unique(
                unique, alteration.now().name(), alteration.now().columns(), relations()));
    }

    private void addCheck(TableConstraint.Check check, boolean notValid) {
        TableDefinition now = alteration.now();
        new RowRules(session, now).validateCheck(check.condition());
        Set<String> taken = constraints();
        String name = check.name().map(Name::text).orElseGet(() -> {
            Set<String> used = RowRules.columns(check.condition().node());
            String column = check.column()
                    .map(Name::text)
                    .orElse(used.size() == 1 ? used.iterator().next() : "");
            return RelationNames.free(now.name(), column, "check", taken::contains);
        });
        checkFree(taken, name, check.position());
        CheckDefinition definition = new CheckDefinition(name, check.condition().text(), !notValid);
        List<CheckDefinition> checks = new ArrayList<>(now.checks());
        checks.add(definition);
        alteration.become(AlterPlanner.withChecks(now, checks));
        if (!notValid) {
            alteration.verify(ConstraintQueries.check(now, definition));
        }
    }

    private void checkFree(Set<String> taken, String name, SourcePosition place) {
        if (taken.contains(name)) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_OBJECT,
                            "constraint \"" + name + "\" for relation \""
                                    + alteration.now().name() + "\" already exists")
                    .at(place);
        }
    }

    private void addForeignKey(TableConstraint.ForeignKey foreign, boolean notValid) {
        TableDefinition now = alteration.now();
        Set<String> taken = constraints();
        List<IndexDefinition> indexes = new ArrayList<>(now.indexes());
        indexes.addAll(alteration.newIndexes());
        ForeignKeyDefinition key = new ForeignKeyPlanner(session, now.withIndexes(indexes))
                .bind(foreign, taken::contains)
                .withValid(!notValid);
        checkFree(taken, key.name(), foreign.position());
        alteration.become(AlterPlanner.withForeignKey(now, key));
        if (!notValid) {
            verify(key);
        }
    }

    private void verify(ForeignKeyDefinition key) {
        TableDefinition now = alteration.now();
        ConstraintQueries.foreignKey(now, key, referenced(key)).forEach(alteration::verify);
    }

    private TableDefinition referenced(ForeignKeyDefinition key) {
        return key.referencedTable() == alteration.now().id()
                ? alteration.now()
                : session.context()
                        .catalog()
                        .table(key.referencedTable())
                        .orElseThrow(() -> KadeException.internal("a referenced table is not in the catalog", null));
    }

    /** DROP CONSTRAINT. */
    void drop(AlterAction.DropConstraint drop) {
        TableDefinition now = alteration.now();
        String name = drop.constraint().text();
        if (!TableAlteration.constraints(now).contains(name)) {
            KadeException missing = RenamePlanner.noConstraint(now, drop.constraint(), "of relation");
            if (!drop.ifExists()) {
                throw missing;
            }
            alteration.notice(missing.messageText() + ", skipping");
            return;
        }
        Optional<ColumnDefinition> required = now.columns().stream()
                .filter(column -> !column.nullable()
                        && alteration.now().notNullName(column).equals(name))
                .findFirst();
        if (required.isPresent()) {
            Name column = new Name(required.get().name(), drop.constraint().position());
            new ColumnAlterations(session, alteration)
                    .setNotNull(new AlterAction.SetNotNull(column, false, Optional.empty()));
            return;
        }
        Set<Integer> unique = ColumnDependents.uniqueColumns(now, name);
        if (!unique.isEmpty()) {
            List<Dependent> dependents = new ColumnDependents(session.context().catalog()).ofKey(now, unique, name);
            if (!drop.cascade() && !dependents.isEmpty()) {
                throw ColumnDependents.refused(
                        "constraint " + name + " on table " + now.name(),
                        dependents,
                        drop.constraint().position());
            }
            dependents.forEach(alteration::remove);
        }
        if (now.hasPrimaryKey() && now.primaryKeyConstraint().equals(name)) {
            now = now.withPrimaryKey(List.of(), Optional.empty());
            alteration.rewrite();
        }
        alteration.become(now.withIndexes(now.indexes().stream()
                        .filter(index -> !index.name().equals(name))
                        .toList())
                .withChecks(now.checks().stream()
                        .filter(check -> !check.name().equals(name))
                        .toList())
                .withForeignKeys(now.foreignKeys().stream()
                        .filter(key -> !key.name().equals(name))
                        .toList()));
    }

    /** VALIDATE CONSTRAINT. */
    void validate(AlterAction.ValidateConstraint validate) {
        TableDefinition now = alteration.now();
        String name = validate.constraint().text();
        if (!TableAlteration.constraints(now).contains(name)) {
            throw RenamePlanner.noConstraint(now, validate.constraint(), "of relation");
        }
        now.checks().stream()
                .filter(check -> check.name().equals(name) && !check.valid())
                .forEach(check -> alteration.verify(ConstraintQueries.check(now, check)));
        now.foreignKeys().stream()
                .filter(key -> key.name().equals(name) && !key.valid())
                .forEach(this::verify);
        alteration.become(now.withChecks(now.checks().stream()
                        .map(check -> check.name().equals(name) ? check.withValid(true) : check)
                        .toList())
                .withForeignKeys(now.foreignKeys().stream()
                        .map(key -> key.name().equals(name) ? key.withValid(true) : key)
                        .toList()));
    }

    /** Constraints over columns of other types now: they have to be possible still, and kept. */
    void checkTypes() {
        TableDefinition now = alteration.now();
        Set<Integer> retyped = ColumnAlterations.retyped(alteration.old(), now);
        if (retyped.isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>();
        retyped.forEach(id -> names.add(now.columns().get(now.ordinalOfId(id)).name()));
        for (CheckDefinition check : now.checks()) {
            if (alteration.old().checks().contains(check)
                    && RowRules.columns(RowRules.parsed(check.conditionSql())).stream()
                            .anyMatch(names::contains)) {
                new RowRules(session, now)
                        .validateCheck(new Expression(RowRules.parsed(check.conditionSql()), check.conditionSql()));
                if (check.valid()) {
                    alteration.verify(ConstraintQueries.check(now, check));
                }
            }
        }
        for (ForeignKeyDefinition key : now.foreignKeys()) {
            boolean concerned = key.columns().stream().anyMatch(retyped::contains)
                    || (key.referencedTable() == now.id()
                            && key.referencedColumns().stream().anyMatch(retyped::contains));
            if (concerned && alteration.old().foreignKeys().contains(key)) {
                ForeignKeyPlanner.checkTypes(now, key, referenced(key));
                if (key.valid()) {
                    verify(key);
                }
            }
        }
        for (TableDefinition other : ForeignKeyPlanner.referencing(session, now)) {
            for (ForeignKeyDefinition key : other.foreignKeys()) {
                if (key.referencedTable() == now.id()
                        && key.referencedColumns().stream().anyMatch(retyped::contains)) {
                    ForeignKeyPlanner.checkTypes(other, key, now);
                    if (key.valid()) {
                        ConstraintQueries.foreignKey(other, key, now).forEach(alteration::verify);
                    }
                }
            }
        }
    }
}
