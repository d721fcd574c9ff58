package io.kadedb.server.session;

import io.kadedb.common.security.Principal;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans a session's statements, and keeps the plans of those that run again. Belongs to the session's thread. */
final class StatementPlans implements AutoCloseable {
    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final DirectWays directWays;
    private final ReadyStatements ready = new ReadyStatements();
    private final SentFiles files;
    private boolean importing;

    StatementPlans(Services services, Principal principal, SessionSettings settings, DirectWays directWays) {
        this.services = services;
        this.principal = principal;
        this.settings = settings;
        this.directWays = directWays;
        this.files = new SentFiles(services.files());
    }

    /** A statement's plan, with what was made ready of it earlier. */
    record Planned(PlannedStatement statement, @Nullable PreparedPlan prepared) {}

    /** Does something while exported statements are run: they name what is in {@code public} without it. */
    void whileImporting(Runnable work) {
        importing = true;
        try {
            work.run();
        } finally {
            importing = false;
        }
    }

    /** The files that statements may name. */
    SentFiles files() {
        return files;
    }

    boolean isImporting() {
        return importing;
    }

    /** The session's path; that of exported statements while they are run. */
    List<String> searchPath() {
        return importing ? List.of("public") : settings.searchPath();
    }

    /** The path with the session's temporary schema. */
    List<String> searchPath(ActiveTransaction transaction) {
        return transaction.catalog().withTemporary(searchPath());
    }

    /** What the names in a statement mean now. */
    PreparedStatements.Basis basis(ActiveTransaction transaction) {
        return new PreparedStatements.Basis(transaction.catalog().version(), searchPath(transaction));
    }

    PlannedStatement plan(ParsedStatement parsed, ActiveTransaction transaction) {
        return services.planner().plan(parsed, context(transaction));
    }

    PlanningContext context(ActiveTransaction transaction) {
        return new PlanningContext(
                transaction.catalog(),
                transaction.statistics(),
                files,
                principal,
                services.access(),
                searchPath(transaction),
                settings.timeZone(),
                settings.plannerRules());
    }

    /** A plan that is kept, or a new one, which is kept if the statement was asked for before. */
    Planned keptOrNew(ParsedStatement parsed, ActiveTransaction transaction) {
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
        PlanningContext context = context(transaction);
        ReadyStatements.Ready known = ready.find(parsed, context);
        if (known != null) {
            int settingsNumber = settingsNumber();
            ready.stillFits(
                    known, directWays.of(known.planned(), known.plan(), transaction, settingsNumber), settingsNumber);
            return new Planned(known.planned(), known.plan());
        }
        PlannedStatement planned = services.planner().plan(parsed, context);
        PreparedPlan prepared =
                !context.statistics().wasAskedForChanges() && ready.isAgain(parsed) ? prepared(planned) : null;
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

    /** Frees what is kept for statements that run again. */
    @Override
    public void close() {
        ready.close();
    }
}
