package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Time zones by the names PostgreSQL takes, in any case. */
public final class KadeZones {
    private static final Map<String, ZoneOffset> ABBREVIATIONS = Map.ofEntries(
            Map.entry("z", ZoneOffset.UTC),
            Map.entry("zulu", ZoneOffset.UTC),
            Map.entry("utc", ZoneOffset.UTC),
            Map.entry("gmt", ZoneOffset.UTC),
            Map.entry("cet", ZoneOffset.ofHours(1)),
            Map.entry("cest", ZoneOffset.ofHours(2)),
            Map.entry("bst", ZoneOffset.ofHours(1)),
            Map.entry("est", ZoneOffset.ofHours(-5)),
            Map.entry("edt", ZoneOffset.ofHours(-4)),
            Map.entry("cst", ZoneOffset.ofHours(-6)),
            Map.entry("cdt", ZoneOffset.ofHours(-5)),
            Map.entry("mst", ZoneOffset.ofHours(-7)),
            Map.entry("mdt", ZoneOffset.ofHours(-6)),
            Map.entry("pst", ZoneOffset.ofHours(-8)),
            Map.entry("pdt", ZoneOffset.ofHours(-7)),
            Map.entry("jst", ZoneOffset.ofHours(9)));

    private KadeZones() {}

    /** Loaded when a zone is first named, since there are 600. */
    private static final class Names {
        static final Map<String, String> BY_LOWER_CASE = ZoneId.getAvailableZoneIds().stream()
                .collect(Collectors.toMap(id -> id.toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> a));
    }

    /** The zone of that name, or null. */
    public static @Nullable ZoneId find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        ZoneOffset offset = ABBREVIATIONS.get(lower);
        if (offset != null) {
            return offset;
        }
        String id = Names.BY_LOWER_CASE.get(lower);
        return id == null ? null : ZoneId.of(id);
    }

    static KadeException displacementOutOfRange(String text) {
        return KadeException.of(
                ErrorCode.INVALID_DATETIME_FORMAT, "time zone displacement out of range: \"" + text + "\"");
    }
}
