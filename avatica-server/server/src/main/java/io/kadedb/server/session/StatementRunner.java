package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.server.session.ActiveTransaction.UnfinishedIndex;
import io.kadedb.storage.api.RowCompletion;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans and runs one statement in a transaction. Belongs to the session's thread. */
final class StatementRunner {
    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final PreparedStatements prepared;
    private final Consumer<Notice> notices;
    private final FunctionState functions;
    private final DatabaseFiles files;
    private final ReadyStatements ready = new ReadyStatements();
    private final DirectWays directWays;
    private boolean importing;
    private boolean temporary;

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
        this.principal = principal;
        this.settings = settings;
        this.prepared = prepared;
        this.notices = notices;
        this.files = new DatabaseFiles(services, principal);
        this.functions = new FunctionState(services, locks);
        this.directWays =
                new DirectWays(sessionId, running, services, principal, settings, this::hasTemporary, isAlone, block);
    }

    /**
     * One run of a statement.
     *
     * @param input what the client sends
     */
    record Run(
            ActiveTransaction transaction,
            List<? extends @Nullable Object> parameters,
            CancelToken token,
            QueryPortal.PortalOwner owner,
            Lock gate,
            Optional<CopyInput> input) {
        /** A run that reads nothing of what the client sends. */
        Run(
                ActiveTransaction transaction,
                List<? extends @Nullable Object> parameters,
                CancelToken token,
                QueryPortal.PortalOwner owner,
                Lock gate) {
            this(transaction, parameters, token, owner, gate, Optional.empty());
        }

        Run with(List<? extends @Nullable Object> arguments) {
            return new Run(transaction, arguments, token, owner, gate, input);
        }
    }

    /** What the names in a statement mean now. */
    PreparedStatements.Basis basis(ActiveTransaction transaction) {
        return new PreparedStatements.Basis(transaction.catalog().version(), searchPath(transaction));
    }

    /** The arguments of EXECUTE as text, which parameters of all types are read from. */
    List<@Nullable String> arguments(ParsedStatement parsed, Statement.Execute execute, Run run) {
        if (execute.arguments().isEmpty()) {
            return List.of();
        }
        ParsedStatement query = new ParsedStatement(
                execute.arguments().get(), parsed.text(), parsed.offset(), parsed.parameterCount(), parsed.nesting());
        return textRow(query, run);
    }

    /** The row that a query of text gives. */
    List<@Nullable String> textRow(ParsedStatement query, Run run) {
        if (!(plan(query, run.transaction) instanceof PlannedStatement.Query values)) {
            throw KadeException.internal("values are no query", null);
        }
        try (QueryResult result = services.executor().execute(values.plan(), context(run, values.parameterTypes()))) {
            Batch batch = result.next();
            if (batch == null) {
                throw KadeException.internal("values are no row", null);
            }
            return TextValues.row(batch, 0);
        }
    }

    /** Exported statements name what is in {@code public} without it, whatever the session's path is. */
    private List<String> searchPath() {
        return importing ? List.of("public") : settings.searchPath();
    }

    PlannedStatement plan(ParsedStatement parsed, ActiveTransaction transaction) {
        return services.planner().plan(parsed, planning(transaction));
    }

    private PlanningContext planning(ActiveTransaction transaction) {
        return new PlanningContext(
                transaction.catalog(),
                transaction.statistics(),
                services.files(),
                principal,
                services.access(),
                searchPath(transaction),
                settings.timeZone(),
                settings.plannerRules());
    }

    /** The statement's plan, with what was made ready of it earlier. */
    private Planned planned(ParsedStatement parsed, ActiveTransaction transaction) {
        if (transaction.storage().isHistorical()) {
            // What is made ready is for the newest data.
            return new Planned(plan(parsed, transaction), null);
        }
        ReadyStatements.Ready unchanged = ready.findUnchanged(
                parsed,
                settingsNumber(),
                transaction.storage().catalog().version(),
                services.access().fingerprint(principal));
        if (unchanged != null) {
            return new Planned(unchanged.planned(), unchanged.plan());
        }
        PlanningContext context = planning(transaction);
        ReadyStatements.Ready known = ready.find(parsed, context);
        if (known != null) {
            int settingsNumber = settingsNumber();
            ready.stillFits(
                    known, directWays.of(known.planned(), known.plan(), transaction, settingsNumber), settingsNumber);
            return new Planned(known.planned(), known.plan());
        }
        PlannedStatement planned = services.planner().plan(parsed, context);
        PreparedPlan prepared = ready.isAgain(parsed) ? prepared(planned) : null;
        if (prepared != null) {
            int settingsNumber = settingsNumber();
            ready.keep(
                    parsed,
                    context,
                    planned,
                    prepared,
                    directWays.of(planned, prepared, transaction, settingsNumber),
                    settingsNumber);
        }
        return new Planned(planned, prepared);
    }

    /** Another number for other settings; an import has its own search path. */
    private int settingsNumber() {
        return importing ? -1 - settings.changes() : settings.changes();
    }

    @Nullable
    DirectWrite directWrite(ParsedStatement parsed) {
        ReadyStatements.Direct direct = ready.direct(parsed);
        return direct == null ? null : direct.write();
    }

    @Nullable
    DirectRead directRead(ParsedStatement parsed) {
        ReadyStatements.Direct direct = ready.direct(parsed);
        return direct == null ? null : direct.read();
    }

    private record Planned(
            PlannedStatement statement, @Nullable PreparedPlan prepared) {}

    private @Nullable PreparedPlan prepared(PlannedStatement planned) {
        return switch (planned) {
            case PlannedStatement.Query query ->
                services.executor().prepare(query.plan()).orElse(null);
            case PlannedStatement.Modification modification ->
                services.executor().prepare(modification.plan()).orElse(null);
            case PlannedStatement.Definition definition -> null;
            case PlannedStatement.TableLocks locks -> null;
            case PlannedStatement.Alteration alteration -> null;
            case PlannedStatement.CreateTableAs create -> null;
            case PlannedStatement.CopyTo copy -> null;
        };
    }

    private QueryResult execute(PhysicalPlan plan, @Nullable PreparedPlan prepared, QueryContext context) {
        return prepared == null ? services.executor().execute(plan, context) : prepared.execute(context);
    }

    /** Forgets what functions left behind. */
    void resetFunctions() {
        functions.reset();
    }

    /** Frees what is kept for statements that run again. */
    void close() {
        ready.close();
    }

    /**
     * Runs a statement. When rows that it locks were changed since its snapshot, and nothing that the transaction has shown
     * before, it is run again on a newer one, with the locks it has got.
     */
    Portal run(ParsedStatement parsed, Run run) {
        if (parsed.statement() instanceof Statement.ImportDatabase imported) {
            importing = true;
            try {
                files.read(imported, statement -> runWithin(statement, run));
            } finally {
                importing = false;
            }
            return CompletedPortal.of("IMPORT DATABASE", 0);
        }
        run.transaction.begins(parsed.text(), settings);
        try {
            return runUntilDone(parsed, run);
        } finally {
            run.transaction.ends();
        }
    }

    private Portal runUntilDone(ParsedStatement parsed, Run run) {
        SqlTransaction storage = run.transaction.storage();
        while (true) {
            storage.beginStatement(new StatementControl(run.token, settings.lockTimeoutMillis(), completion(run)));
            boolean kept = false;
            try {
                Portal portal = runOnce(parsed, run);
                kept = true;
                return portal;
            } catch (KadeException e) {
                storage.rollbackStatement();
                kept = true;
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE
                        || run.input.filter(CopyInput::isBegun).isPresent()) {
                    throw e;
                }
                boolean waited = storage.awaitLocks();
                if (!storage.refresh() && !waited) {
                    throw e;
                }
                run.token.checkpoint();
            } finally {
                if (!kept) {
                    storage.rollbackStatement();
                }
            }
        }
    }

    private RowCompletion completion(Run run) {
        return (table, defaulted, rows, completed) -> {
            PhysicalPlan plan =
                    services.planner().complete(table, defaulted, GivenBatch.values(rows), planning(run.transaction));
            try (QueryResult result = services.executor().execute(plan, context(run, List.of()))) {
                for (Batch batch = result.next(); batch != null; batch = result.next()) {
                    completed.accept(batch);
                }
            }
        };
    }

    /** Runs a statement to its end as a part of another. */
    private void runWithin(ParsedStatement parsed, Run run) {
        QueryPortal.PortalOwner owner = new QueryPortal.PortalOwner() {
            @Override
            public void ended(QueryPortal portal) {
                run.transaction.closed(portal);
            }

            @Override
            public RuntimeException failed(QueryPortal portal, Throwable failure) {
                run.transaction.closed(portal);
                return failure instanceof RuntimeException known
                        ? known
                        : KadeException.internal("a statement within another failed", failure);
            }
        };
        try (Portal portal = run(parsed, new Run(run.transaction, List.of(), run.token, owner, run.gate))) {
            while (portal.next() != null) {
                run.token.checkpoint();
            }
        }
    }

    private Portal exportDatabase(Statement.ExportDatabase export, Run run) {
        long rows = files.write(
                export, run.transaction.catalog(), run.transaction.storage().sequences(), (copy, directory, name) -> {
                    if (!(plan(copy, run.transaction) instanceof PlannedStatement.CopyTo planned)) {
                        throw KadeException.internal("COPY TO is planned as something else", null);
                    }
                    return export(planned, run, () -> directory.create(name, planned.options(), planned.columns()));
                });
        return CompletedPortal.modified("EXPORT", rows);
    }

    private Portal runOnce(ParsedStatement parsed, Run run) {
        if (parsed.statement() instanceof Statement.ExportDatabase export) {
            return exportDatabase(export, run);
        }
        if (parsed.statement() instanceof Statement.Explain explain) {
            return explain(parsed, explain, run);
        }
        if (parsed.statement() instanceof Statement.Execute execute) {
            ParsedStatement found = prepared.find(execute, basis(run.transaction));
            return runOnce(found, run.with(arguments(parsed, execute, run)));
        }
        Planned found = planned(parsed, run.transaction);
        PlannedStatement planned = found.statement;
        boolean reads = planned instanceof PlannedStatement.CopyTo
                || planned instanceof PlannedStatement.TableLocks
                || (planned instanceof PlannedStatement.Query query && !query.locks());
        if (!reads) {
            checkWritable(planned, run);
        }
        return switch (planned) {
            case PlannedStatement.Query query -> {
                QueryResult result = execute(query.plan(), found.prepared, context(run, planned.parameterTypes()));
                yield start(new QueryPortal(query.columns(), result, run.owner, run.gate), run.transaction);
            }
            case PlannedStatement.Modification modification -> {
                if (modification.returns()) {
                    yield returning(modification, run);
                }
                long rows = modify(modification.plan(), found.prepared, modification.parameterTypes(), run, null);
                yield CompletedPortal.modified(modification.verb(), rows);
            }
            case PlannedStatement.Definition definition -> {
                checkOutsideBlock(parsed.statement(), run.transaction);
                for (CatalogChange change : definition.changes()) {
                    apply(run.transaction, change);
                }
                run.transaction.storage().endStatement();
                definition.notices().forEach(text -> notices.accept(Notice.of(text)));
                yield CompletedPortal.of(definition.verb(), 0);
            }
            case PlannedStatement.Alteration alteration -> {
                if (alteration.steps().stream().allMatch(StatementRunner::makesIndex)) {
                    alteration.steps().forEach(step -> apply(run.transaction, ((AlterationStep.Change) step).change()));
                    run.transaction.storage().endStatement();
                } else {
                    new AlterationRunner(services, () -> planning(run.transaction), types -> context(run, types))
                            .run(alteration);
                }
                alteration.notices().forEach(text -> notices.accept(Notice.of(text)));
                yield CompletedPortal.of(alteration.verb(), 0);
            }
            case PlannedStatement.TableLocks locks -> {
                for (TableDefinition table : locks.tables()) {
                    run.transaction.storage().lock(table, locks.mode(), locks.waits());
                }
                run.transaction.storage().endStatement();
                yield CompletedPortal.of(locks.verb(), 0);
            }
            case PlannedStatement.CopyTo copy
            when copy.toClient() -> {
                QueryResult result = services.executor().execute(copy.plan(), context(run, copy.parameterTypes()));
                yield start(
                        new QueryPortal(CopiedRows.COLUMNS, copied(copy, result), run.owner, run.gate),
                        run.transaction);
            }
            case PlannedStatement.CopyTo copy -> {
                long rows =
                        export(copy, run, () -> services.exports().create(copy.path(), copy.options(), copy.columns()));
                yield CompletedPortal.modified("COPY", rows);
            }
            case PlannedStatement.CreateTableAs create -> {
                long rows = createTableAs(create, run, null);
                yield CompletedPortal.of("SELECT " + rows, rows);
            }
        };
    }

    private QueryResult copied(PlannedStatement.CopyTo copy, QueryResult result) {
        boolean begun = false;
        try {
            QueryResult copied =
                    new CopiedRows(result, out -> services.exports().stream(out, copy.options(), copy.columns()));
            begun = true;
            return copied;
        } finally {
            if (!begun) {
                result.close();
            }
        }
    }

    private static Portal start(QueryPortal portal, ActiveTransaction transaction) {
        transaction.opened(portal);
        boolean started = false;
        try {
            portal.start();
            started = true;
        } finally {
            if (!started) {
                transaction.closed(portal);
            }
        }
        return portal;
    }

    /** Writes the rows of a query to a file and gives their number. */
    private long export(PlannedStatement.CopyTo copy, Run run, Supplier<FileExports.Export> files) {
        long rows = 0;
        try (FileExports.Export file = files.get();
                QueryResult result = services.executor().execute(copy.plan(), context(run, copy.parameterTypes()))) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                file.write(batch);
                rows += batch.length();
            }
            file.finish();
        }
        return rows;
    }

    private boolean isReadOnly(Run run) {
        return settings.flag(Setting.TRANSACTION_READ_ONLY)
                || run.transaction.storage().isHistorical();
    }

    private void checkWritable(PlannedStatement planned, Run run) {
        if (isReadOnly(run)) {
            throw KadeException.of(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + planned.verb() + " in a read-only transaction");
        }
    }

    private void apply(ActiveTransaction transaction, CatalogChange change) {
        temporary |= change instanceof CatalogChange.CreateSchema create && CatalogSnapshot.isTemporary(create.name());
        if (change instanceof CatalogChange.CreateIndex create && transaction.isAlone() && !importing) {
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
            long table = alone.storage()
                    .catalog()
                    .table(unfinished.schema(), unfinished.table())
                    .orElseThrow(() -> KadeException.internal("a table that was just altered is gone", null))
                    .id();
            StatementControl control = new StatementControl(token, settings.lockTimeoutMillis());
            left.add(() -> services.store().buildIndex(table, unfinished.index(), control));
        }
        alone.commit();
        left.forEach(Runnable::run);
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

    /** Whether the session may have temporary tables. */
    boolean hasTemporary() {
        return temporary;
    }

    private List<String> searchPath(ActiveTransaction transaction) {
        return transaction.catalog().withTemporary(searchPath());
    }

    private long createTableAs(
            PlannedStatement.CreateTableAs create, Run run, @Nullable Consumer<QueryProfile> profile) {
        String schema = create.table().schema();
        if (CatalogSnapshot.isTemporary(schema)
                && !run.transaction.catalog().schemas().containsKey(schema)) {
            apply(run.transaction, new CatalogChange.CreateSchema(schema, principal.user()));
        }
        apply(run.transaction, new CatalogChange.CreateTable(create.table()));
        TableDefinition table = run.transaction
                .catalog()
                .table(create.table().schema(), create.table().name())
                .orElseThrow(() -> KadeException.internal("a table just created is not in the catalog", null));
        return modify(insertInto(table, create.source()), null, create.parameterTypes(), run, profile);
    }

    static PhysicalPlan.Modify insertInto(TableDefinition table, PhysicalPlan source) {
        return PhysicalPlan.Modify.counting(
                new PhysicalPlan.TableRef(table.id(), table.schema(), table.name(), table.schemaVersion()),
                PhysicalPlan.Modify.Operation.INSERT,
                source);
    }

    /** Runs a modification to its end and gives the number of rows it wrote. */
    private long modify(
            PhysicalPlan plan,
            @Nullable PreparedPlan prepared,
            List<SqlType> types,
            Run run,
            @Nullable Consumer<QueryProfile> profile) {
        long[] rows = new long[1];
        runToEnd(plan, prepared, types, run, profile, batch -> {
            for (int i = 0; i < batch.length(); i++) {
                rows[0] += batch.column(0).data().get(ColumnVector.INT64, 8L * i);
            }
        });
        return rows[0];
    }

    /** Runs a modification to its end and keeps the rows it returns. */
    private Portal returning(PlannedStatement.Modification modification, Run run) {
        ReturnedRows rows = new ReturnedRows(settings.memoryLimitBytes());
        runToEnd(modification.plan(), null, modification.parameterTypes(), run, null, rows::add);
        return CompletedPortal.returned(modification.verb(), rows.count(), modification.columns(), rows.batches());
    }

    private void runToEnd(
            PhysicalPlan plan,
            @Nullable PreparedPlan prepared,
            List<SqlType> types,
            Run run,
            @Nullable Consumer<QueryProfile> profile,
            Consumer<Batch> rows) {
        try (QueryResult result = execute(plan, prepared, context(run, types))) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                rows.accept(batch);
            }
            if (profile != null) {
                profile.accept(result.profile());
            }
        }
        run.transaction.storage().endStatement();
    }

    private Portal explain(ParsedStatement parsed, Statement.Explain explain, Run run) {
        ParsedStatement inner = new ParsedStatement(
                explain.statement(), parsed.text(), parsed.offset(), parsed.parameterCount(), parsed.nesting());
        PlannedStatement planned = plan(inner, run.transaction);
        ProfileHolder profile = new ProfileHolder();
        PhysicalPlan plan = switch (planned) {
            case PlannedStatement.Query query -> {
                if (explain.analyze()) {
                    drain(query, run, profile);
                }
                yield query.plan();
            }
            case PlannedStatement.Modification modification -> {
                if (explain.analyze()) {
                    checkWritable(planned, run);
                    runToEnd(modification.plan(), null, modification.parameterTypes(), run, profile::set, batch -> {});
                }
                yield modification.plan();
            }
            case PlannedStatement.CreateTableAs create -> {
                if (explain.analyze()) {
                    checkWritable(planned, run);
                    createTableAs(create, run, profile::set);
                }
                yield create.source();
            }
            case PlannedStatement.CopyTo copy -> copy.plan();
            case PlannedStatement.Definition _, PlannedStatement.TableLocks _, PlannedStatement.Alteration _ ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, planned.verb() + " has no plan to explain");
        };
        String text = services.planText().print(plan, explain.format(), profile.value);
        return CompletedPortal.rows(
                "EXPLAIN",
                List.of("QUERY PLAN"),
                explain.format() == ExplainFormat.JSON
                        ? List.of(List.of(text))
                        : text.strip().lines().map(List::of).toList());
    }

    private void drain(PlannedStatement.Query query, Run run, ProfileHolder profile) {
        try (QueryResult result = services.executor().execute(query.plan(), context(run, query.parameterTypes()))) {
            while (result.next() != null) {
                run.token.checkpoint();
            }
            profile.set(result.profile());
        }
    }

    private static final class ProfileHolder {
        private @Nullable QueryProfile value;

        void set(QueryProfile profile) {
            value = profile;
        }
    }

    private QueryContext context(Run run, List<SqlType> types) {
        SessionValues values = new SessionValues(
                principal,
                services.database(),
                searchPath(),
                run.transaction.catalog(),
                settings.timeZone(),
                run.transaction.startMicros(),
                services.clock().wallMicros());
        return new QueryContext(
                run.transaction.storage(),
                run.transaction.tables(),
                new ParameterValues(settings.timeZone()).convert(run.parameters, types),
                values,
                functions.functions(
                        run.transaction.catalog(),
                        searchPath(run.transaction),
                        run.transaction.storage(),
                        isReadOnly(run),
                        (privilege, sequence) -> services.access().check(principal, privilege, sequence, List.of())),
                settings.timeZone(),
                run.token,
                settings.memoryLimitBytes(),
                settings.threads(),
                run.input.map(given -> given));
    }
}
