package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session's settings, of which a rollback undoes the changes. Belongs to the session's thread. */
final class SessionSettings {
    private Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Map<Setting, String> local = new EnumMap<>(Setting.class);
    private @Nullable Map<Setting, String> atBegin;

    static Setting find(String name) {
        return Setting.named(name)
                .orElseThrow(() -> KadeException.of(ErrorCode.UNDEFINED_OBJECT, "there is no setting \"" + name + "\"")
                        .hint(NearNames.hint(
                                        name,
                                        Arrays.stream(Setting.values())
                                                .map(Setting::sqlName)
                                                .toList())
                                .orElse("SHOW ALL lists the settings")));
    }

    String value(Setting setting) {
        String value = local.get(setting);
        return value != null ? value : values.getOrDefault(setting, setting.initial());
    }

    /** As SHOW gives it: {@code auto} is resolved. */
    String shown(Setting setting) {
        return switch (setting) {
            case MEMORY_LIMIT -> bytes(memoryLimitBytes());
            case THREADS -> Integer.toString(threads());
            case STATEMENT_TIMEOUT -> statementTimeoutMillis() == 0 ? "0" : statementTimeoutMillis() + "ms";
            default -> value(setting);
        };
    }

    void set(Setting setting, String value, boolean untilTransactionEnds) {
        String canonical = SettingValues.canonical(setting, value);
        if (untilTransactionEnds) {
            local.put(setting, canonical);
        } else {
            values.put(setting, canonical);
            local.remove(setting);
        }
    }

    void reset(Setting setting) {
        if (setting.kind() != Setting.Kind.FIXED) {
            values.remove(setting);
            local.remove(setting);
        }
    }

    void resetAll() {
        values.clear();
        local.clear();
    }

    /** A block begins: its changes are undone if it is rolled back. */
    void beginBlock() {
        atBegin = new EnumMap<>(Setting.class);
        atBegin.putAll(values);
    }

    /** A transaction ends, whether it was a block or not. */
    void endTransaction(boolean committed) {
        if (atBegin != null && !committed) {
            values = atBegin;
        }
        atBegin = null;
        local.clear();
    }

    ZoneId timeZone() {
        return ZoneId.of(value(Setting.TIMEZONE));
    }

    List<String> searchPath() {
        return Arrays.stream(value(Setting.SEARCH_PATH).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    long statementTimeoutMillis() {
        return SettingValues.quantity(value(Setting.STATEMENT_TIMEOUT));
    }

    int threads() {
        String value = value(Setting.THREADS);
        return value.equals(Setting.AUTO)
                ? Runtime.getRuntime().availableProcessors()
                : (int) Math.min(1024, SettingValues.quantity(value));
    }

    long memoryLimitBytes() {
        String value = value(Setting.MEMORY_LIMIT);
        return value.equals(Setting.AUTO) ? MachineMemory.LIMIT_BYTES : SettingValues.quantity(value);
    }

    boolean flag(Setting setting) {
        return value(setting).equals("on");
    }

    private static String bytes(long value) {
        for (int shift = 40; shift > 0; shift -= 10) {
            if (value >= 1L << shift && value % (1L << shift) == 0) {
                return (value >> shift) + List.of("kB", "MB", "GB", "TB").get(shift / 10 - 1);
            }
        }
        return value + "B";
    }
}
