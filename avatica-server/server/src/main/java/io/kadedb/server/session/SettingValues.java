package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.RuleSet;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what users write after SET; the canonical text is what SHOW gives. */
final class SettingValues {
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s*([a-zA-Z]*)");
    private static final Map<String, Long> MILLIS =
            Map.of("", 1L, "ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);

    private SettingValues() {}

    /** The canonical text of a value; 22023 if the setting cannot have it. */
    static String canonical(Setting setting, String value) {
        return switch (setting.kind()) {
            case NAMES -> value.isBlank() ? refuse(setting, value, "names at least one schema") : value;
            case TEXT -> value;
            case BOOLEAN -> bool(setting, value) ? "on" : "off";
            case DURATION -> Long.toString(quantity(setting, value, MILLIS));
            case BYTES -> auto(value) ? Setting.AUTO : Long.toString(positive(setting, value, BYTES));
            case COUNT -> auto(value) ? Setting.AUTO : Long.toString(positive(setting, value, Map.of("", 1L)));
            case TIME_ZONE -> zone(value).getId();
            case ISOLATION ->
                IsolationLevels.named(value)
                        .map(IsolationLevels::text)
                        .orElseGet(() -> refuse(
                                setting,
                                value,
                                "is serializable, repeatable read, read committed or read uncommitted"));
            case RULES ->
                RuleSet.parse(value)
                        .map(RuleSet::text)
                        .orElseGet(() -> refuse(setting, value, "is all, none, or names of " + Setting.rules()));
            case FIXED -> fixed(setting, value);
        };
    }

    /** What a user writes as a duration, a size or a boolean, in milliseconds, bytes, or as 1 and 0; 22023 for what is none. */
    static long quantity(Setting setting, String value) {
        if (setting.kind() == Setting.Kind.BOOLEAN) {
            return bool(setting, value) ? 1 : 0;
        }
        return quantity(setting, value, setting.kind() == Setting.Kind.DURATION ? MILLIS : BYTES);
    }

    static long quantity(String canonical) {
        return Long.parseLong(canonical);
    }

    static ZoneId zone(String text) {
        String name = text.strip();
        try {
            if (name.matches("[+-]?\\d{1,2}")) {
                return ZoneOffset.ofHours(Integer.parseInt(name));
            }
            if (name.equalsIgnoreCase("utc") || name.equalsIgnoreCase("gmt") || name.equalsIgnoreCase("z")) {
                return ZoneId.of("UTC");
            }
            for (String known : ZoneId.getAvailableZoneIds()) {
                if (known.equalsIgnoreCase(name)) {
                    return ZoneId.of(known);
                }
            }
            return ZoneOffset.of(name);
        } catch (DateTimeException e) {
            String hint = NearNames.hint(name, ZoneId.getAvailableZoneIds()).orElse(null);
            throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "there is no time zone \"" + name + "\"", e)
                    .hint(hint);
        }
    }

    private static boolean auto(String value) {
        return value.equalsIgnoreCase(Setting.AUTO);
    }

    private static boolean bool(Setting setting, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1", "t", "y" -> true;
            case "off", "false", "no", "0", "f", "n" -> false;
            default -> Boolean.parseBoolean(refuse(setting, value, "is on or off"));
        };
    }

    private static long positive(Setting setting, String value, Map<String, Long> units) {
        long number = quantity(setting, value, units);
        if (number == 0) {
            refuse(setting, value, "is at least 1");
        }
        return number;
    }

    private static long quantity(Setting setting, String value, Map<String, Long> units) {
        Matcher matcher = QUANTITY.matcher(value.strip());
        Long unit = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null || matcher.group(1).length() > 12) {
            String names = String.join(
                    ", ",
                    units.keySet().stream().filter(u -> !u.isEmpty()).sorted().toList());
            refuse(setting, value, names.isEmpty() ? "is a whole number" : "is a whole number, perhaps with " + names);
            return 0;
        }
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private static String fixed(Setting setting, String value) {
        String wanted = value.replace("-", "").replace("_", " ").strip();
        boolean same = wanted.equalsIgnoreCase(setting.initial())
                || (setting == Setting.DATESTYLE
                        && wanted.toUpperCase(Locale.ROOT).startsWith("ISO"))
                || (setting == Setting.STANDARD_CONFORMING_STRINGS && wanted.equalsIgnoreCase("true"));
        return same ? setting.initial() : refuse(setting, value, "is always " + setting.initial());
    }

    private static String refuse(Setting setting, String value, String rule) {
        throw KadeException.of(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "setting " + setting.sqlName() + " cannot be \"" + value + "\": it " + rule);
    }
}
