package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.security.Principal;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.KeyRead;
import io.kadedb.executor.api.KeyWrite;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.planner.api.PlannedStatement;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds the direct ways to run a session's statements. */
final class DirectWays {
    private final String sessionId;
    private final Set<CancelToken> running;
    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final BooleanSupplier hasTemporary;
    private final BooleanSupplier isAlone;
    private final DirectSession.Block block;

    /**
     * @param sessionId what the session's transactions are called in messages about locks
     * @param running what the session runs now
     * @param hasTemporary whether the session has made temporary tables
     * @param isAlone whether a statement that comes now is a transaction of its own
     * @param block runs statements directly in the session's block
     */
    DirectWays(
            String sessionId,
            Set<CancelToken> running,
            Services services,
            Principal principal,
            SessionSettings settings,
            BooleanSupplier hasTemporary,
            BooleanSupplier isAlone,
            DirectSession.Block block) {
        this.sessionId = sessionId;
        this.running = running;
        this.services = services;
        this.principal = principal;
        this.settings = settings;
        this.hasTemporary = hasTemporary;
        this.isAlone = isAlone;
        this.block = block;
    }

    /**
     * The direct ways to run a statement.
     *
     * @param settingsNumber of the settings that it was planned with; it is run directly while they are these
     */
    ReadyStatements.Direct of(
            PlannedStatement planned, PreparedPlan prepared, ActiveTransaction transaction, int settingsNumber) {
        return new ReadyStatements.Direct(
                read(planned, prepared, transaction, settingsNumber),
                write(planned, prepared, transaction, settingsNumber));
    }

    private @Nullable DirectRead read(
            PlannedStatement planned, PreparedPlan prepared, ActiveTransaction transaction, int settingsNumber) {
        KeyRead read = prepared.keyRead().orElse(null);
        if (read == null || !(planned instanceof PlannedStatement.Query query) || query.locks()) {
            return null;
        }
        TableDefinition table = transaction.tables().apply(read.table().id());
        List<SqlType> key = table.primaryKey().stream()
                .map(ordinal -> table.columns().get(ordinal).type())
                .toList();
        DirectSession session = session(false, settingsNumber);
        return services.store()
                .latestRows(transaction.catalog().version(), table, read.columns())
                .flatMap(rows -> DirectRead.of(query.columns(), settings.timeZone(), session, rows, read, key))
                .orElse(null);
    }

    private @Nullable DirectWrite write(
            PlannedStatement planned, PreparedPlan prepared, ActiveTransaction transaction, int settingsNumber) {
        if (!(planned instanceof PlannedStatement.Modification modification)
                || modification.returns()
                || settings.flag(Setting.DEFAULT_TRANSACTION_READ_ONLY)) {
            return null;
        }
        KeyWrite write = prepared.keyWrite(transaction.tables()).orElse(null);
        if (write == null) {
            return null;
        }
        TableDefinition table = transaction.tables().apply(write.table().id());
        DirectSession session = session(true, settingsNumber);
        return services.store()
                .latestWrites(transaction.catalog().version(), table, sessionId)
                .flatMap(writes -> DirectWrite.of(write, table, writes, session))
                .orElse(null);
    }

    private DirectSession session(boolean writes, int settingsNumber) {
        long access = services.access().fingerprint(principal);
        return new DirectSession(
                () -> settings.changes() == settingsNumber
                        && !(writes && (hasTemporary.getAsBoolean() || settings.isReadOnly()))
                        && services.access().fingerprint(principal) == access,
                isAlone,
                block,
                running,
                settings.lockTimeoutMillis());
    }
}
