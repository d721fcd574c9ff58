package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.RowCompletion;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans and runs one statement in a transaction. Belongs to the session's thread. */
final class StatementRunner {
    private final Services services;
    private final SessionSettings settings;
    private final PreparedStatements prepared;
    private final DatabaseFiles files;
    private final StatementPlans plans;
    private final RunContexts contexts;
    private final DefinitionRunner definitions;
    private final ModificationRunner modifications;
    private final CopyRunner copies;
    private final ExplainRunner explains;

    /**
     * @param sessionId what the session's transactions are called in messages about locks
     * @param running what the session runs now
     * @param isAlone whether a statement that comes now is a transaction of its own
     * @param block runs statements directly in the session's block
     * @param locks of the session
     */
    StatementRunner(
            String sessionId,
            Set<CancelToken> running,
            Services services,
            Principal principal,
            SessionSettings settings,
            PreparedStatements prepared,
            Consumer<Notice> notices,
            BooleanSupplier isAlone,
            DirectSession.Block block,
            SessionLocks locks) {
        this.services = services;
        this.settings = settings;
        this.prepared = prepared;
        this.files = new DatabaseFiles(services, principal);
        this.plans = new StatementPlans(
                services,
                principal,
                settings,
                new DirectWays(sessionId, running, services, principal, settings, this::hasTemporary, isAlone, block));
        this.contexts = new RunContexts(services, principal, settings, plans, locks, notices);
        this.definitions = new DefinitionRunner(services, settings, plans, contexts, notices);
        this.modifications = new ModificationRunner(services, principal, settings, contexts, definitions);
        this.copies = new CopyRunner(services, files, plans, contexts);
        this.explains = new ExplainRunner(services, plans, contexts, modifications, this::checkWritable);
    }

    StatementPlans plans() {
        return plans;
    }

    /** Whether the session may have temporary tables. */
    boolean hasTemporary() {
        return definitions.hasTemporary();
    }

    /** Forgets what functions left behind. */
    void resetFunctions() {
        contexts.resetFunctions();
    }

    /** Frees what is kept for statements that run again. */
    void close() {
        plans.close();
    }

    /** Commits the transaction of a single statement, and does what that has left for afterwards. */
    void commitAlone(ActiveTransaction alone, CancelToken token) {
        definitions.commitAlone(alone, token);
    }

    /** The arguments of EXECUTE as text, which parameters of all types are read from. */
    List<@Nullable String> arguments(ParsedStatement parsed, Statement.Execute execute, StatementRun run) {
        if (execute.arguments().isEmpty()) {
            return List.of();
        }
        ParsedStatement query = new ParsedStatement(
                execute.arguments().get(), parsed.text(), parsed.offset(), parsed.parameterCount(), parsed.nesting());
        return textRow(query, run);
    }

    /** The row that a query of text gives. */
    List<@Nullable String> textRow(ParsedStatement query, StatementRun run) {
        if (!(plans.plan(query, run.transaction()) instanceof PlannedStatement.Query values)) {
            throw KadeException.internal("values are no query", null);
        }
        try (QueryResult result =
                services.executor().execute(values.plan(), contexts.of(run, values.parameterTypes()))) {
            Batch batch = result.next();
            if (batch == null) {
                throw KadeException.internal("values are no row", null);
            }
            return TextValues.row(batch, 0);
        }
    }

    /**
     * Runs a statement. When rows that it locks were changed since its snapshot, and nothing that the transaction has shown
     * before, it is run again on a newer one, with the locks it has got.
     */
    Portal run(ParsedStatement parsed, StatementRun run) {
        if (parsed.statement() instanceof Statement.ImportDatabase imported) {
            plans.whileImporting(() -> files.read(imported, statement -> runWithin(statement, run)));
            return CompletedPortal.of("IMPORT DATABASE", 0);
        }
        run.transaction().begins(parsed.text(), settings);
        try {
            return runUntilDone(parsed, run);
        } finally {
            run.transaction().ends();
        }
    }

    private Portal runUntilDone(ParsedStatement parsed, StatementRun run) {
        SqlTransaction storage = run.transaction().storage();
        while (true) {
            storage.beginStatement(new StatementControl(run.token(), settings.lockTimeoutMillis(), completion(run)));
            boolean kept = false;
            try {
                Portal portal = runOnce(parsed, run);
                kept = true;
                return portal;
            } catch (KadeException e) {
                storage.rollbackStatement();
                kept = true;
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE
                        || run.input().filter(CopyInput::isBegun).isPresent()) {
                    throw e;
                }
                boolean waited = storage.awaitLocks();
                if (!storage.refresh() && !waited) {
                    throw e;
                }
                run.token().checkpoint();
            } finally {
                if (!kept) {
                    storage.rollbackStatement();
                }
            }
        }
    }

    private RowCompletion completion(StatementRun run) {
        return (table, defaulted, rows, completed) -> {
            PhysicalPlan plan = services.planner()
                    .complete(table, defaulted, GivenBatch.values(rows), plans.context(run.transaction()));
            try (QueryResult result = services.executor().execute(plan, contexts.of(run, List.of()))) {
                for (Batch batch = result.next(); batch != null; batch = result.next()) {
                    completed.accept(batch);
                }
            }
        };
    }

    /** Runs a statement to its end as a part of another. */
    private void runWithin(ParsedStatement parsed, StatementRun run) {
        QueryPortal.PortalOwner owner = new QueryPortal.PortalOwner() {
            @Override
            public void ended(QueryPortal portal) {
                run.transaction().closed(portal);
            }

            @Override
            public RuntimeException failed(QueryPortal portal, Throwable failure) {
                run.transaction().closed(portal);
                return failure instanceof RuntimeException known
                        ? known
                        : KadeException.internal("a statement within another failed", failure);
            }
        };
        try (Portal portal =
                run(parsed, new StatementRun(run.transaction(), List.of(), run.token(), owner, run.gate()))) {
            while (portal.next() != null) {
                run.token().checkpoint();
            }
        }
    }

    private Portal runOnce(ParsedStatement parsed, StatementRun run) {
        return switch (parsed.statement()) {
            case Statement.ExportDatabase export -> copies.run(export, run);
            case Statement.Explain explain -> explains.run(parsed, explain, run);
            case Statement.Execute execute -> {
                ParsedStatement found = prepared.find(execute, plans.basis(run.transaction()));
                yield runOnce(found, run.with(arguments(parsed, execute, run)));
            }
            default -> {
                StatementPlans.Planned planned = plans.keptOrNew(parsed, run.transaction());
                checkWritable(planned.statement(), run);
                yield run(planned, parsed.statement(), run);
            }
        };
    }

    private Portal run(StatementPlans.Planned planned, Statement statement, StatementRun run) {
        return switch (planned.statement()) {
            case PlannedStatement.Query query -> query(query, planned.prepared(), run);
            case PlannedStatement.Modification modification -> modifications.run(modification, planned.prepared(), run);
            case PlannedStatement.Definition definition -> definitions.run(definition, statement, run);
            case PlannedStatement.Alteration alteration -> definitions.run(alteration, run);
            case PlannedStatement.TableLocks locks ->
                lock(locks, run.transaction().storage());
            case PlannedStatement.CopyTo copy -> copies.run(copy, run);
            case PlannedStatement.CreateTableAs create -> {
                long rows = modifications.createTableAs(create, run, null);
                yield CompletedPortal.of("SELECT " + rows, rows);
            }
        };
    }

    private Portal query(PlannedStatement.Query query, @Nullable PreparedPlan ready, StatementRun run) {
        QueryResult result = ready == null
                ? services.executor().execute(query.plan(), contexts.of(run, query.parameterTypes()))
                : ready.execute(contexts.of(run, query.parameterTypes()));
        return QueryPortal.started(query.columns(), result, run);
    }

    private static Portal lock(PlannedStatement.TableLocks locks, SqlTransaction storage) {
        for (TableDefinition table : locks.tables()) {
            storage.lock(table, locks.mode(), locks.waits());
        }
        storage.endStatement();
        return CompletedPortal.of(locks.verb(), 0);
    }

    private void checkWritable(PlannedStatement planned, StatementRun run) {
        boolean reads = planned instanceof PlannedStatement.CopyTo
                || planned instanceof PlannedStatement.TableLocks
                || (planned instanceof PlannedStatement.Query query && !query.locks());
        if (!reads && contexts.isReadOnly(run.transaction())) {
            throw KadeException.of(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + planned.verb() + " in a read-only transaction");
        }
    }
}
