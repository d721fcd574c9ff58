package io.kadedb.sqltests.fuzz.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Intervals by their length: 1 day equals 24:00:00, and 1 mon equals 30 days. Which of equal ones stands for a group, or
 * comes first, is open.
 */
final class Intervals {
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final Pattern UNIT = Pattern.compile("(-?[0-9]+) (year|mon|day)s?");
    private static final Pattern TIME = Pattern.compile("(-)?([0-9]+):([0-9]+):([0-9]+)(?:[.]([0-9]+))?$");

    private Intervals() {}

    /** The rows with lengths in place of the intervals among their cells. */
    static List<List<@Nullable Object>> lengths(List<List<@Nullable Object>> rows, List<Integer> columns) {
        List<List<@Nullable Object>> result = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>(row);
            for (int column : columns) {
                cells.set(column, row.get(column) instanceof String text ? length(text) : null);
            }
            result.add(cells);
        }
        return result;
    }

    private static String length(String interval) {
        long days = 0;
        Matcher unit = UNIT.matcher(interval);
        while (unit.find()) {
            long count = Long.parseLong(unit.group(1));
            days += switch (unit.group(2)) {
                case "year" -> count * 360;
                case "mon" -> count * 30;
                default -> count;
            };
        }
        long micros = 0;
        Matcher time = TIME.matcher(interval);
        if (time.find()) {
            long seconds = Long.parseLong(time.group(2)) * 3600
                    + Long.parseLong(time.group(3)) * 60
                    + Long.parseLong(time.group(4));
            String fraction = time.group(5) == null ? "" : time.group(5);
            micros = seconds * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6));
            micros = time.group(1) == null ? micros : -micros;
        }
        return days + Math.floorDiv(micros, MICROS_OF_DAY) + " days " + Math.floorMod(micros, MICROS_OF_DAY);
    }
}
