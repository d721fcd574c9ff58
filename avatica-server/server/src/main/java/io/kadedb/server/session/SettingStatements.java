package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** SET, RESET, SHOW and SET TRANSACTION. */
final class SettingStatements {
    private static final String ALL = "all";

    private SettingStatements() {}

    static Portal set(Statement.SetVariable set, SessionSettings settings, boolean inBlock, Consumer<Notice> notices) {
        if (set.local() && !inBlock) {
            notices.accept(new Notice("25P01", "SET LOCAL has no effect outside a transaction block"));
            return CompletedPortal.of("SET", 0);
        }
        Setting setting = find(set.name());
        try {
            settings.set(setting, String.join(", ", set.values()), set.local());
        } catch (KadeException e) {
            throw e.at(set.name().position());
        }
        return CompletedPortal.of("SET", 0);
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

    static Portal setTransaction(Statement.SetTransaction set, SessionSettings settings, boolean inBlock) {
        if (set.forSession()) {
            set.mode()
                    .readOnly()
                    .ifPresent(on -> settings.set(Setting.DEFAULT_TRANSACTION_READ_ONLY, onOff(on), false));
        } else if (inBlock) {
            set.mode().readOnly().ifPresent(on -> settings.set(Setting.TRANSACTION_READ_ONLY, onOff(on), true));
        } else {
            throw KadeException.of(
                            ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "SET TRANSACTION is for transaction blocks only")
                    .hint("begin one with BEGIN, or use SET SESSION CHARACTERISTICS");
        }
        return CompletedPortal.of("SET", 0);
    }

    /** Every isolation level is served by the strongest, as the standard allows. */
    static void beginTransaction(TransactionMode mode, SessionSettings settings) {
        boolean readOnly = mode.readOnly().orElseGet(() -> settings.flag(Setting.DEFAULT_TRANSACTION_READ_ONLY));
        settings.set(Setting.TRANSACTION_READ_ONLY, onOff(readOnly), true);
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
