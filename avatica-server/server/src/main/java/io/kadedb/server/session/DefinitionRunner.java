package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.server.session.ActiveTransaction.UnfinishedIndex;
import io.kadedb.storage.api.StatementControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs statements that define things, in a transaction; indexes of single statements are built after it. Belongs to the
 * session's thread.
 */
final class DefinitionRunner {
    private final Services services;
    private final SessionSettings settings;
    private final StatementPlans plans;
    private final RunContexts contexts;
    private final Consumer<Notice> notices;
    private boolean temporary;

    DefinitionRunner(
            Services services,
            SessionSettings settings,
            StatementPlans plans,
            RunContexts contexts,
            Consumer<Notice> notices) {
        this.services = services;
        this.settings = settings;
        this.plans = plans;
        this.contexts = contexts;
        this.notices = notices;
    }

    /** @param statement what was planned */
    Portal run(PlannedStatement.Definition definition, Statement statement, StatementRun run) {
        checkOutsideBlock(statement, run.transaction());
        for (CatalogChange change : definition.changes()) {
            apply(run.transaction(), change);
        }
        run.transaction().storage().endStatement();
        definition.notices().forEach(text -> notices.accept(Notice.of(text)));
        return CompletedPortal.of(definition.verb(), 0);
    }

    Portal run(PlannedStatement.Alteration alteration, StatementRun run) {
        if (alteration.steps().stream().allMatch(DefinitionRunner::makesIndex)) {
            alteration.steps().forEach(step -> apply(run.transaction(), ((AlterationStep.Change) step).change()));
            run.transaction().storage().endStatement();
        } else {
            new AlterationRunner(services, () -> plans.context(run.transaction()), types -> contexts.of(run, types))
                    .run(alteration);
        }
        alteration.notices().forEach(text -> notices.accept(Notice.of(text)));
        return CompletedPortal.of(alteration.verb(), 0);
    }

    /** Changes the catalog; an index that need not be there at once is left to be built. */
    void apply(ActiveTransaction transaction, CatalogChange change) {
        temporary |= change instanceof CatalogChange.CreateSchema create && CatalogSnapshot.isTemporary(create.name());
        if (change instanceof CatalogChange.CreateIndex create && transaction.isAlone() && !plans.isImporting()) {
            IndexDefinition index = create.index().withState(IndexDefinition.State.DELETE_ONLY);
            transaction.storage().apply(new CatalogChange.CreateIndex(create.schema(), create.table(), index));
            transaction.leave(new UnfinishedIndex(create.schema(), create.table(), index.name()));
        } else {
            transaction.storage().apply(change);
        }
    }

    /** Commits the transaction of a single statement, and does what that has left for afterwards. */
    void commitAlone(ActiveTransaction alone, CancelToken token) {
        List<Runnable> left = new ArrayList<>();
        for (UnfinishedIndex unfinished : alone.unfinished()) {
            TableDefinition table = alone.storage()
                    .catalog()
                    .table(unfinished.schema(), unfinished.table())
                    .orElseThrow(() -> KadeException.internal("a table that was just altered is gone", null));
            long index = table.index(unfinished.index())
                    .orElseThrow(() -> KadeException.internal("an index that was just made is gone", null))
                    .id();
            StatementControl control = new StatementControl(token, settings.lockTimeoutMillis());
            left.add(() -> services.store().buildIndex(table.id(), index, control));
        }
        alone.commit();
        left.forEach(Runnable::run);
    }

    /** Whether the session may have temporary tables. */
    boolean hasTemporary() {
        return temporary;
    }

    private static boolean makesIndex(AlterationStep step) {
        return step instanceof AlterationStep.Change change && change.change() instanceof CatalogChange.CreateIndex;
    }

    private static void checkOutsideBlock(Statement statement, ActiveTransaction transaction) {
        if (statement instanceof Statement.CreateIndex create && create.concurrently() && !transaction.isAlone()) {
            throw KadeException.of(
                            ErrorCode.ACTIVE_SQL_TRANSACTION,
                            "CREATE INDEX CONCURRENTLY cannot run inside a transaction block")
                    .hint("without CONCURRENTLY the index is built within the transaction");
        }
    }
}
