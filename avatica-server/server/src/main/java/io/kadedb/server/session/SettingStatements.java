package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.StoreSetting;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** SET, RESET, SHOW and SET TRANSACTION. */
final class SettingStatements {
    private static final String ALL = "all";

    private SettingStatements() {}

    static Portal set(
            Statement.SetVariable set, SessionSettings settings, TransactionBlock block, Consumer<Notice> notices) {
        Setting setting = find(set.name());
        boolean ofTransaction = setting == Setting.TRANSACTION_ISOLATION || setting == Setting.TRANSACTION_READ_ONLY;
        if ((set.local() || ofTransaction) && !block.isOpen()) {
            String what = ofTransaction ? "SET of " + setting.sqlName() : "SET LOCAL";
            notices.accept(new Notice("25P01", what + " has no effect outside a transaction block"));
            return CompletedPortal.of("SET", 0);
        }
        try {
            String value = String.join(", ", set.values());
            String canonical = SettingValues.canonical(setting, value);
            if (setting == Setting.TRANSACTION_ISOLATION) {
                block.setIsolation(
                        IsolationLevels.of(IsolationLevels.named(canonical).orElseThrow()));
            }
            settings.set(setting, value, set.local() || ofTransaction);
        } catch (KadeException e) {
            throw e.at(set.name().position());
        }
        return CompletedPortal.of("SET", 0);
    }

    /** Changes a setting of the database. */
    static Portal alter(Statement.AlterSystem alter, Store store) {
        Setting setting = find(alter.name());
        StoreSetting stored = setting.ofDatabase()
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.CANNOT_CHANGE_RUNTIME_PARAMETER,
                                "setting " + setting.sqlName() + " is a session's, not the database's")
                        .at(alter.name().position())
                        .hint("SET changes it"));
        try {
            OptionalLong value = alter.value().isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(
                            SettingValues.quantity(setting, alter.value().get()));
            store.set(stored, value);
        } catch (KadeException e) {
            throw e.at(alter.name().position());
        }
        return CompletedPortal.of("ALTER SYSTEM", 0);
    }

    static Portal reset(Statement.ResetVariable reset, SessionSettings settings) {
        if (reset.name().text().equals(ALL)) {
            settings.resetAll();
        } else {
            settings.reset(find(reset.name()));
        }
        return CompletedPortal.of("RESET", 0);
    }

    static List<String> columns(Statement.ShowVariable show) {
        return show.name().text().equals(ALL)
                ? List.of("name", "setting", "description")
                : List.of(find(show.name()).sqlName());
    }

    static Portal show(Statement.ShowVariable show, SessionSettings settings) {
        List<List<String>> rows = show.name().text().equals(ALL)
                ? Arrays.stream(Setting.values())
                        .map(setting -> List.of(setting.sqlName(), settings.shown(setting), setting.doc()))
                        .toList()
                : List.of(List.of(settings.shown(find(show.name()))));
        return CompletedPortal.rows("SHOW", columns(show), rows);
    }

    static Portal setTransaction(Statement.SetTransaction set, SessionSettings settings, TransactionBlock block) {
        TransactionMode mode = set.mode();
        if (set.forSession()) {
            mode.asOf().ifPresent(asOf -> {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "AS OF SYSTEM TIME for all later transactions is not supported")
                        .at(asOf.position())
                        .hint("say it with BEGIN");
            });
            mode.readOnly().ifPresent(on -> settings.set(Setting.DEFAULT_TRANSACTION_READ_ONLY, onOff(on), false));
            mode.isolation()
                    .ifPresent(level ->
                            settings.set(Setting.DEFAULT_TRANSACTION_ISOLATION, IsolationLevels.text(level), false));
        } else if (block.isOpen()) {
            mode.isolation().ifPresent(level -> {
                block.setIsolation(IsolationLevels.of(level));
                settings.set(Setting.TRANSACTION_ISOLATION, IsolationLevels.text(level), true);
            });
            mode.readOnly().ifPresent(on -> settings.set(Setting.TRANSACTION_READ_ONLY, onOff(on), true));
        } else {
            throw KadeException.of(
                            ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "SET TRANSACTION is for transaction blocks only")
                    .hint("begin one with BEGIN, or use SET SESSION CHARACTERISTICS");
        }
        return CompletedPortal.of("SET", 0);
    }

    /** What SHOW says of a transaction that begins. */
    static void beginTransaction(TransactionMode mode, SessionSettings settings) {
        settings.beginTransaction();
        mode.readOnly().ifPresent(on -> settings.set(Setting.TRANSACTION_READ_ONLY, onOff(on), true));
        mode.isolation()
                .ifPresent(level -> settings.set(Setting.TRANSACTION_ISOLATION, IsolationLevels.text(level), true));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Setting find(Name name) {
        try {
            return SessionSettings.find(name.text());
        } catch (KadeException e) {
            throw e.at(name.position());
        }
    }
}
