package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ColumnDefinition.Identity;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Name;
import io.kadedb.planner.PlanningSession;
import java.util.Optional;

/** What ALTER TABLE does to the generation of columns: identity and expressions. */
final class GenerationAlterations {
    private final PlanningSession session;
    private final TableAlteration alteration;

    GenerationAlterations(PlanningSession session, TableAlteration alteration) {
        this.session = session;
        this.alteration = alteration;
    }

    private ColumnDefinition column(Name name) {
        return alteration.now().columns().get(Targets.column(alteration.now(), name));
    }

    private void become(ColumnDefinition column) {
        alteration.replace(alteration.now().ordinalOfId(column.id()), column);
    }

    private KadeException wrong(Name name, String what) {
        return KadeException.of(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "column \"" + name.text() + "\" of relation \""
                                + alteration.now().name() + "\" " + what)
                .at(name.position());
    }

    /** ADD GENERATED .. AS IDENTITY: the rows there are keep their values. */
    void add(AlterAction.AddIdentity add) {
        TableDefinition now = alteration.now();
        ColumnDefinition column = column(add.column());
        if (column.nullable()) {
            throw wrong(add.column(), "must be declared NOT NULL before identity can be added");
        }
        if (column.identity().isPresent()) {
            throw wrong(add.column(), "is already an identity column");
        }
        if (column.defaultSql().isPresent() || column.isGenerated()) {
            throw wrong(add.column(), "already has a default value");
        }
        SchemaDefinition schema = IndexPlanner.schema(session.context().catalog(), now.schema());
        NewColumns made = new NewColumns(session, now.schema(), now.name(), schema::hasRelation);
        become(made.identity(column, add.identity()));
        alteration.add(made.sequences(now.id()));
    }

    /** SET GENERATED, SET .. and RESTART. */
    void change(AlterAction.AlterIdentity change) {
        ColumnDefinition column = column(change.column());
        if (column.identity().isEmpty()) {
            throw wrong(change.column(), "is not an identity column");
        }
        change.always()
                .ifPresent(always ->
                        become(column.withIdentity(Optional.of(always ? Identity.ALWAYS : Identity.BY_DEFAULT))));
        if (!change.options().isEmpty()) {
            NewColumns.checkOptions(change.options());
            SequenceOptions options = new SequenceOptions(change.options());
            alteration.change(new CatalogChange.ReplaceSequence(options.changed(sequence(column)), options.restarts()));
        }
    }

    private SequenceDefinition sequence(ColumnDefinition column) {
        return session.context()
                .catalog()
                .identitySequence(alteration.old().id(), column.id())
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "changing an identity column in the statement that makes it one is not supported yet"));
    }

    /** DROP IDENTITY. */
    void drop(AlterAction.DropIdentity drop) {
        ColumnDefinition column = column(drop.column());
        if (column.identity().isEmpty()) {
            KadeException error = wrong(drop.column(), "is not an identity column");
            if (!drop.ifExists()) {
                throw error;
            }
            alteration.notice(error.messageText() + ", skipping");
            return;
        }
        SequenceDefinition sequence = sequence(column);
        become(column.withIdentity(Optional.empty()));
        alteration.change(new CatalogChange.DropSequence(sequence.schema(), sequence.name()));
    }

    /** DROP EXPRESSION: the column keeps its values. */
    void dropExpression(AlterAction.DropExpression drop) {
        ColumnDefinition column = column(drop.column());
        if (!column.isGenerated()) {
            KadeException error = wrong(drop.column(), "is not a generated column");
            if (!drop.ifExists()) {
                throw error;
            }
            alteration.notice(error.messageText() + ", skipping");
            return;
        }
        if (column.virtual()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns")
                    .at(drop.column().position())
                    .detail("Column \"" + column.name() + "\" of relation \""
                            + alteration.now().name() + "\" is a virtual generated column.");
        }
        become(column.withGenerated(Optional.empty()));
    }

    /** SET EXPRESSION: the values are computed anew. */
    void setExpression(AlterAction.SetExpression set) {
        ColumnDefinition column = column(set.column());
        if (!column.isGenerated()) {
            throw wrong(set.column(), "is not a generated column");
        }
        become(column.withGenerated(Optional.of(set.value().text()), column.virtual()));
        new GenerationExpressions(session, alteration.now()).check(column.name(), set.value());
        alteration.compute(column.id(), set.value().text());
    }
}
