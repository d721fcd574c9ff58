package io.kadedb.server.session;

import io.kadedb.planner.api.RuleSet;
import io.kadedb.storage.api.StoreSetting;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a session, and of the database: SET, ALTER SYSTEM, SHOW and RESET know exactly these, and {@code docs/settings.md} is made of them.
 */
public enum Setting {
    SEARCH_PATH(Kind.NAMES, "public", "Schemas in which unqualified names are looked up; the first takes new objects."),
    TIMEZONE(
            Kind.TIME_ZONE,
            "UTC",
            "Time zone in which timestamps with time zone are read and shown: a name of the IANA database or an"
                    + " offset."),
    STATEMENT_TIMEOUT(
            Kind.DURATION,
            "0",
            "Milliseconds, or a number with unit (ms, s, min, h), after which a statement ends with 57014; 0 for"
                    + " never."),
    LOCK_TIMEOUT(
            Kind.DURATION,
            "0",
            "Milliseconds, or a number with unit, after which waiting for a row lock ends with 55P03; 0 for never."),
    IDLE_IN_TRANSACTION_SESSION_TIMEOUT(
            Kind.DURATION,
            "0",
            "Milliseconds, or a number with unit, after which a session that does nothing within a transaction block is"
                    + " ended with 25P03, so that its locks are free; 0 for never."),
    MEMORY_LIMIT(
            Kind.BYTES,
            Setting.AUTO,
            "What one statement may hold in memory: bytes, or a number with unit (kB, MB, GB); auto is 60 % of the"
                    + " machine's memory. Beyond it statements spill to disk or end with 53200."),
    THREADS(Kind.COUNT, Setting.AUTO, "Workers a statement may use at most; auto is one for each processor."),
    PLANNER_RULES(
            Kind.RULES,
            "all",
            "Rewrites that the planner makes, in this order: all, none, or names between commas of " + Setting.rules()
                    + ". Answers do not depend on it."),
    APPLICATION_NAME(Kind.TEXT, "", "Name of the application, for people."),
    DEFAULT_TRANSACTION_READ_ONLY(Kind.BOOLEAN, "off", "Whether new transactions may only read."),
    TRANSACTION_READ_ONLY(Kind.BOOLEAN, "off", "Whether the current transaction may only read."),
    DEFAULT_TRANSACTION_ISOLATION(
            Kind.ISOLATION,
            "serializable",
            "Isolation of new transactions: serializable, repeatable read or read committed."),
    TRANSACTION_ISOLATION(
            Kind.ISOLATION,
            "serializable",
            "Isolation of the current transaction; it can be set before the transaction's first statement."),
    HISTORY_RETENTION(
            StoreSetting.HISTORY_RETENTION,
            Kind.DURATION,
            "1h",
            "How long replaced and deleted rows can be read AS OF SYSTEM TIME: milliseconds, or a number with unit"
                    + " (ms, s, min, h, d)."),
    HISTORY_LIMIT(
            StoreSetting.HISTORY_LIMIT,
            Kind.BYTES,
            "8GB",
            "Bytes of replaced versions that are kept at most, or a number with unit (kB, MB, GB): beyond it the"
                + " oldest go, whatever the retention, and beyond twice of it those too that a transaction reads. In"
                + " memory initially 512 MB or an eighth of the heap."),
    TRANSACTION_WINDOW(
            StoreSetting.TRANSACTION_WINDOW,
            Kind.DURATION,
            "5min",
            "How old the snapshot of a transaction that writes may be when it commits; older ones end with 72000."),
    AGGREGATE_REFRESH(
            StoreSetting.AGGREGATE_REFRESH,
            Kind.DURATION,
            "30s",
            "How long to wait between rounds that compute changed buckets of continuous aggregates in the background;"
                    + " 0 for none."),
    FOLDING(
            StoreSetting.FOLDING,
            Kind.BOOLEAN,
            "on",
            "Whether written rows are moved into column segments in the background. While it is off, only CHECKPOINT"
                    + " and the drop of a partition do so, and each scan reads all rows written since one by one."),
    SERVER_VERSION(Kind.FIXED, Setting.VERSION, "Version of KadeDB."),
    SERVER_ENCODING(Kind.FIXED, "UTF8", "Text is UTF-8."),
    CLIENT_ENCODING(Kind.FIXED, "UTF8", "Text is UTF-8."),
    STANDARD_CONFORMING_STRINGS(Kind.FIXED, "on", "A backslash in a plain string is a backslash."),
    DATESTYLE(Kind.FIXED, "ISO, MDY", "Dates are shown as ISO 8601 has them."),
    INTERVALSTYLE(Kind.FIXED, "postgres", "How intervals are shown.");

    /** The value that stands for one chosen by the machine. */
    static final String AUTO = "auto";

    /** Of this build. */
    static final String VERSION = "0.1.0";

    /** What values a setting takes. */
    public enum Kind {
        NAMES("names"),
        TIME_ZONE("time zone"),
        DURATION("duration"),
        BYTES("size"),
        COUNT("count"),
        BOOLEAN("boolean"),
        TEXT("text"),
        ISOLATION("isolation level"),
        RULES("names"),
        /** May be set to the value it has, since clients do that, and to nothing else. */
        FIXED("fixed");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final Optional<StoreSetting> ofDatabase;
    private final Kind kind;
    private final String initial;
    private final String doc;

    Setting(Kind kind, String initial, String doc) {
        this(Optional.empty(), kind, initial, doc);
    }

    Setting(StoreSetting ofDatabase, Kind kind, String initial, String doc) {
        this(Optional.of(ofDatabase), kind, initial, doc);
    }

    Setting(Optional<StoreSetting> ofDatabase, Kind kind, String initial, String doc) {
        this.ofDatabase = ofDatabase;
        this.kind = kind;
        this.initial = initial;
        this.doc = doc;
    }

    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Kind kind() {
        return kind;
    }

    /** What it is of the database, where it is not the session's: only ALTER SYSTEM changes it. */
    public Optional<StoreSetting> ofDatabase() {
        return ofDatabase;
    }

    /** The value of a new session. */
    public String initial() {
        return initial;
    }

    /** All names of planner rules. */
    static String rules() {
        return Arrays.stream(RuleSet.Rule.values()).map(RuleSet.Rule::sqlName).collect(Collectors.joining(", "));
    }

    /** One or two sentences for SHOW ALL and the generated page. */
    public String doc() {
        return doc;
    }

    static Optional<Setting> named(String name) {
        for (Setting setting : values()) {
            if (setting.sqlName().equalsIgnoreCase(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
