package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.StoreSetting;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A session's settings, of which a rollback undoes the changes. Belongs to the session's thread. */
final class SessionSettings {
    private static final List<Map.Entry<String, Long>> DURATIONS = List.of(
            Map.entry("d", 86_400_000L), Map.entry("h", 3_600_000L), Map.entry("min", 60_000L), Map.entry("s", 1_000L));

    private final ToLongFunction<StoreSetting> database;
    private Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Map<Setting, String> local = new EnumMap<>(Setting.class);
    private @Nullable Map<Setting, String> atBegin;
    private int changes;
    /** Whether {@link #isReadOnly} is to be read anew. */
    private boolean changed = true;

    private boolean readOnly;
    private final Read<ZoneId> timeZone = new Read<>(Setting.TIMEZONE, ZoneId::of);
    private final Read<List<String>> searchPath = new Read<>(Setting.SEARCH_PATH, SessionSettings::names);
    private final Read<Long> timeoutMillis = new Read<>(Setting.STATEMENT_TIMEOUT, SettingValues::quantity);
    private final Read<Long> lockTimeoutMillis = new Read<>(Setting.LOCK_TIMEOUT, SettingValues::quantity);
    private final Read<Long> idleTimeoutMillis =
            new Read<>(Setting.IDLE_IN_TRANSACTION_SESSION_TIMEOUT, SettingValues::quantity);
    private final Read<IsolationLevel> isolation =
            new Read<>(Setting.DEFAULT_TRANSACTION_ISOLATION, SessionSettings::isolation);
    private final Read<Integer> threads = new Read<>(Setting.THREADS, SessionSettings::threads);
    private final Read<RuleSet> plannerRules =
            new Read<>(Setting.PLANNER_RULES, text -> RuleSet.parse(text).orElseThrow());
    private final Read<Long> memoryLimit = new Read<>(Setting.MEMORY_LIMIT, SessionSettings::memoryLimit);

    /** @param database the values of its settings */
    SessionSettings(ToLongFunction<StoreSetting> database) {
        this.database = database;
    }

    /** A setting's value as the engine takes it, read anew only when its text changes. */
    private final class Read<T> {
        private final Setting setting;
        private final Function<String, T> reading;
        private String text;
        private T value;
        private int readAt = -1;

        Read(Setting setting, Function<String, T> reading) {
            this.setting = setting;
            this.reading = reading;
            this.text = setting.initial();
            this.value = reading.apply(text);
        }

        T value() {
            if (readAt == changes) {
                return value;
            }
            readAt = changes;
            String now = SessionSettings.this.value(setting);
            if (!now.equals(text)) {
                value = reading.apply(now);
                text = now;
            }
            return value;
        }
    }

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
            case HISTORY_RETENTION, TRANSACTION_WINDOW, AGGREGATE_REFRESH -> duration(ofDatabase(setting));
            case FOLDING -> ofDatabase(setting) == 0 ? "off" : "on";
            case HISTORY_LIMIT -> bytes(ofDatabase(setting));
            case MEMORY_LIMIT -> bytes(memoryLimitBytes());
            case THREADS -> Integer.toString(threads());
            case STATEMENT_TIMEOUT, LOCK_TIMEOUT, IDLE_IN_TRANSACTION_SESSION_TIMEOUT ->
                value(setting).equals("0") ? "0" : value(setting) + "ms";
            case TRANSACTION_ISOLATION -> local.getOrDefault(setting, value(Setting.DEFAULT_TRANSACTION_ISOLATION));
            case TRANSACTION_READ_ONLY -> local.getOrDefault(setting, value(Setting.DEFAULT_TRANSACTION_READ_ONLY));
            default -> value(setting);
        };
    }

    /** Another number whenever a setting, but for those of the transaction, may have another value from now on. */
    int changes() {
        return changes;
    }

    private long ofDatabase(Setting setting) {
        return database.applyAsLong(setting.ofDatabase().orElseThrow());
    }

    /**
     * Changes a setting of the session.
     *
     * @throws KadeException 55P02 for one of the database, 22023
     */
    void set(Setting setting, String value, boolean untilTransactionEnds) {
        if (setting.ofDatabase().isPresent()) {
            throw KadeException.of(
                            ErrorCode.CANNOT_CHANGE_RUNTIME_PARAMETER,
                            "setting " + setting.sqlName() + " is the database's, not a session's")
                    .hint("ALTER SYSTEM SET changes it");
        }
        changed = true;
        if (setting != Setting.TRANSACTION_READ_ONLY && setting != Setting.TRANSACTION_ISOLATION) {
            changes++;
        }
        String canonical = SettingValues.canonical(setting, value);
        if (untilTransactionEnds) {
            local.put(setting, canonical);
        } else {
            values.put(setting, canonical);
            local.remove(setting);
        }
    }

    void reset(Setting setting) {
        changed = true;
        changes++;
        if (setting.kind() != Setting.Kind.FIXED) {
            values.remove(setting);
            local.remove(setting);
        }
    }

    void resetAll() {
        changed = true;
        changes++;
        values.clear();
        local.clear();
    }

    /** The settings at a savepoint. */
    record Mark(Map<Setting, String> values, Map<Setting, String> local) {}

    Mark mark() {
        return new Mark(Map.copyOf(values), Map.copyOf(local));
    }

    void restore(Mark mark) {
        changed = true;
        changes++;
        values.clear();
        values.putAll(mark.values);
        local.clear();
        local.putAll(mark.local);
    }

    /** A transaction begins, with the modes that transactions have by default. */
    void beginTransaction() {
        changed = true;
        local.put(Setting.TRANSACTION_READ_ONLY, value(Setting.DEFAULT_TRANSACTION_READ_ONLY));
        local.put(Setting.TRANSACTION_ISOLATION, value(Setting.DEFAULT_TRANSACTION_ISOLATION));
    }

    /** A block begins: its changes are undone if it is rolled back. */
    void beginBlock() {
        atBegin = new EnumMap<>(Setting.class);
        atBegin.putAll(values);
    }

    /** A transaction ends, whether it was a block or not. */
    void endTransaction(boolean committed) {
        changed = true;
        var before = atBegin;
        if (hasLocal()) {
            changes++;
        }
        if (before != null && !committed && !values.equals(before)) {
            changes++;
            values = before;
        }
        atBegin = null;
        local.clear();
    }

    /** Whether the transaction has values of its own for settings that are not the transaction's. */
    private boolean hasLocal() {
        int own = (local.containsKey(Setting.TRANSACTION_READ_ONLY) ? 1 : 0)
                + (local.containsKey(Setting.TRANSACTION_ISOLATION) ? 1 : 0);
        return local.size() > own;
    }

    ZoneId timeZone() {
        return timeZone.value();
    }

    List<String> searchPath() {
        return searchPath.value();
    }

    private static List<String> names(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    long statementTimeoutMillis() {
        return timeoutMillis.value();
    }

    long lockTimeoutMillis() {
        return lockTimeoutMillis.value();
    }

    long idleInTransactionTimeoutMillis() {
        return idleTimeoutMillis.value();
    }

    IsolationLevel defaultTransactionIsolation() {
        return isolation.value();
    }

    private static IsolationLevel isolation(String value) {
        return IsolationLevels.of(IsolationLevels.named(value).orElseThrow());
    }

    int threads() {
        return threads.value();
    }

    private static int threads(String value) {
        return value.equals(Setting.AUTO)
                ? Runtime.getRuntime().availableProcessors()
                : (int) Math.min(1024, SettingValues.quantity(value));
    }

    RuleSet plannerRules() {
        return plannerRules.value();
    }

    long memoryLimitBytes() {
        return memoryLimit.value();
    }

    private static long memoryLimit(String value) {
        return value.equals(Setting.AUTO) ? MachineMemory.LIMIT_BYTES : SettingValues.quantity(value);
    }

    /** Whether the transaction, or one that would begin now, cannot write. */
    boolean isReadOnly() {
        if (changed) {
            readOnly = flag(Setting.TRANSACTION_READ_ONLY);
            changed = false;
        }
        return readOnly;
    }

    boolean flag(Setting setting) {
        return value(setting).equals("on");
    }

    private static String duration(long millis) {
        for (Map.Entry<String, Long> unit : DURATIONS) {
            if (millis >= unit.getValue() && millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        return millis + "ms";
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
