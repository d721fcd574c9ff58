package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Alteration;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * ALTER TABLE and ALTER INDEX: what the actions make of a table, and the steps to it. As in PostgreSQL, what is dropped goes
 * first, then types change, columns come, and constraints last, whatever the order they are written in.
 */
public final class AlterPlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;

    public AlterPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
    }

    /** ALTER TABLE. */
    public PlannedStatement plan(Statement.AlterTable alter) {
        Optional<TableDefinition> found = session.catalog()
                .find(alter.name().schema().map(Name::text), alter.name().last().text());
        if (found.isEmpty()
                && session.catalog()
                        .findView(
                                alter.name().schema().map(Name::text),
                                alter.name().last().text())
                        .isPresent()) {
            return ofView(alter);
        }
        if (found.isEmpty()) {
            KadeException missing = ValidationErrors.noRelation(
                    session.context().catalog(), alter.name().toString());
            return DefinitionPlanner.skipped(
                    "ALTER TABLE", alter.ifExists(), missing, alter.name().position());
        }
        TableDefinition table = found.get();
        AlterAction only = alter.actions().getFirst();
        boolean isRename = only instanceof AlterAction.RenameTable
                || only instanceof AlterAction.RenameColumn
                || only instanceof AlterAction.SetSchema
                || only instanceof AlterAction.SetOwner;
        if (table.materialized().isPresent() && !isRename) {
            throw KadeException.of(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "this ALTER TABLE action cannot be performed on relation \"" + table.name() + "\"")
                    .at(alter.name().position())
                    .detail("This operation is not supported for materialized views.");
        }
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, table.schema(), table.name());
        AlterAction first = alter.actions().getFirst();
        List<CatalogChange> renames = new RenamePlanner(session, table).plan(first);
        if (!renames.isEmpty()) {
            return new PlannedStatement.Definition("ALTER TABLE", renames, List.of());
        }
        TableAlteration alteration = new TableAlteration(table);
        ColumnAlterations columns = new ColumnAlterations(session, alteration);
        GenerationAlterations identities = new GenerationAlterations(session, alteration);
        ConstraintAlterations constraints = new ConstraintAlterations(session, alteration);
        List<AlterAction> actions = new ArrayList<>(alter.actions());
        actions.sort(Comparator.comparingInt(AlterPlanner::pass));
        List<AlterAction.AddConstraint> stated = new ArrayList<>();
        for (AlterAction action : actions) {
            switch (action) {
                case AlterAction.DropColumn drop -> columns.drop(drop);
                case AlterAction.DropConstraint drop -> constraints.drop(drop);
                case AlterAction.SetType set -> columns.setType(set);
                case AlterAction.AddColumn add ->
                    columns.add(add)
                            .forEach(constraint -> stated.add(new AlterAction.AddConstraint(constraint, false)));
                case AlterAction.SetDefault set -> columns.setDefault(set);
                case AlterAction.SetNotNull set -> columns.setNotNull(set);
                case AlterAction.AddIdentity add -> identities.add(add);
                case AlterAction.AlterIdentity change -> identities.change(change);
                case AlterAction.DropIdentity drop -> identities.drop(drop);
                case AlterAction.DropExpression drop -> identities.dropExpression(drop);
                case AlterAction.SetExpression set -> identities.setExpression(set);
                case AlterAction.AddConstraint add -> stated.add(add);
                case AlterAction.ValidateConstraint validate -> {
                    constraints.add(stated);
                    stated.clear();
                    constraints.validate(validate);
                }
                case AlterAction.SetOwner owner ->
                    alteration.become(alteration
                            .now()
                            .withOwner(owner.owner()
                                    .map(Name::text)
                                    .orElse(session.context().principal().user())));
                case AlterAction.SetOptions set ->
                    alteration.become(new PartitionPlanner(session).withOptions(alteration.now(), set));
                case AlterAction.DropPartitions drop ->
                    alteration.last(new PartitionPlanner(session).drop(alteration.now(), drop));
                case AlterAction.DropExpired drop ->
                    alteration.last(new PartitionPlanner(session).drop(alteration.now(), drop));
                case AlterAction.RenameColumn ignored -> throw alone();
                case AlterAction.RenameConstraint ignored -> throw alone();
                case AlterAction.RenameTable ignored -> throw alone();
                case AlterAction.SetSchema ignored -> throw alone();
            }
        }
        constraints.add(stated);
        constraints.checkTypes();
        return new Alteration("ALTER TABLE", alteration.steps(), alteration.notices());
    }

    /** A view may be renamed as if it were a table. */
    private PlannedStatement ofView(Statement.AlterTable alter) {
        return switch (alter.actions().getFirst()) {
            case AlterAction.RenameTable rename ->
                new ViewPlanner(session)
                        .plan(new Statement.RenameView(alter.name(), false, Optional.empty(), rename.newName()));
            case AlterAction.RenameColumn rename ->
                new ViewPlanner(session)
                        .plan(new Statement.RenameView(
                                alter.name(), false, Optional.of(rename.column()), rename.newName()));
            default ->
                throw KadeException.of(
                                ErrorCode.WRONG_OBJECT_TYPE,
                                "this ALTER TABLE action cannot be performed on relation \""
                                        + alter.name().last().text() + "\"")
                        .at(alter.name().position())
                        .detail("This operation is not supported for views.");
        };
    }

    /** The grammar has them alone. */
    private static KadeException alone() {
        return KadeException.internal("a renaming among other actions", null);
    }

    private static int pass(AlterAction action) {
        return switch (action) {
            case AlterAction.DropColumn drop -> 0;
            case AlterAction.DropConstraint drop -> 0;
            case AlterAction.SetNotNull set -> set.notNull() ? 3 : 0;
            case AlterAction.SetDefault set -> set.value().isPresent() ? 3 : 0;
            case AlterAction.DropIdentity drop -> 0;
            case AlterAction.DropExpression drop -> 0;
            case AlterAction.SetType set -> 1;
            case AlterAction.SetExpression set -> 1;
            case AlterAction.AddColumn add -> 2;
            case AlterAction.AddConstraint add -> 4;
            default -> 5;
        };
    }

    /** ALTER INDEX. */
    public PlannedStatement plan(Statement.RenameIndex rename) {
        Optional<TableDefinition> table = new IndexPlanner(session).indexed(rename.name());
        if (table.isEmpty()) {
            KadeException missing =
                    KadeException.of(ErrorCode.UNDEFINED_TABLE, "relation \"" + rename.name() + "\" does not exist");
            return DefinitionPlanner.skipped(
                    "ALTER INDEX", rename.ifExists(), missing, rename.name().position());
        }
        definitions.check(
                Privilege.OWN,
                ObjectName.Kind.TABLE,
                table.get().schema(),
                table.get().name());
        return new PlannedStatement.Definition(
                "ALTER INDEX",
                List.of(new RenamePlanner(session, table.get())
                        .index(rename.name().last().text(), rename.newName())),
                List.of());
    }

    /** A table with checks in the order in which they are made sure of. */
    static TableDefinition withChecks(TableDefinition table, List<CheckDefinition> checks) {
        return table.withChecks(checks.stream()
                .sorted(Comparator.comparing(CheckDefinition::name))
                .toList());
    }

    /** A table with one more foreign key. */
    static TableDefinition withForeignKey(TableDefinition table, ForeignKeyDefinition key) {
        List<ForeignKeyDefinition> keys = new ArrayList<>(table.foreignKeys());
        keys.add(key);
        return table.withForeignKeys(keys);
    }
}
