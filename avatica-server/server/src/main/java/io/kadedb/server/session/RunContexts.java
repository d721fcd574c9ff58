package io.kadedb.server.session;

import io.kadedb.common.security.Principal;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.storage.api.SessionLocks;
import java.util.List;
import java.util.function.Consumer;

/** What plans of a session run with. Belongs to the session's thread. */
final class RunContexts {
    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final StatementPlans plans;
    private final FunctionState functions;
    private final Consumer<Notice> notices;

    /**
     * @param locks of the session
     * @param notices takes from any thread what statements have to say
     */
    RunContexts(
            Services services,
            Principal principal,
            SessionSettings settings,
            StatementPlans plans,
            SessionLocks locks,
            Consumer<Notice> notices) {
        this.services = services;
        this.principal = principal;
        this.settings = settings;
        this.plans = plans;
        this.notices = notices;
        this.functions = new FunctionState(services, locks);
    }

    /** @param types of the parameters, which are read as such */
    QueryContext of(StatementRun run, List<SqlType> types) {
        ActiveTransaction transaction = run.transaction();
        SessionValues values = new SessionValues(
                principal,
                services.database(),
                plans.searchPath(),
                transaction.catalog(),
                settings.timeZone(),
                transaction.startMicros(),
                services.clock().wallMicros());
        return new QueryContext(
                transaction.storage(),
                transaction.tables(),
                new ParameterValues(settings.timeZone()).convert(run.parameters(), types),
                values,
                functions.functions(
                        transaction.catalog(),
                        plans.searchPath(transaction),
                        transaction.storage(),
                        isReadOnly(transaction),
                        (privilege, sequence) -> services.access().check(principal, privilege, sequence, List.of())),
                settings.timeZone(),
                run.token(),
                settings.memoryLimitBytes(),
                settings.threads(),
                run.input().map(given -> given),
                text -> notices.accept(Notice.of(text)));
    }

    boolean isReadOnly(ActiveTransaction transaction) {
        return settings.flag(Setting.TRANSACTION_READ_ONLY)
                || transaction.storage().isHistorical();
    }

    /** Forgets what functions left behind. */
    void resetFunctions() {
        functions.reset();
    }
}
