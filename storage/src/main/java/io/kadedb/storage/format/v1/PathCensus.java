package io.kadedb.storage.format.v1;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the paths of a sample of documents, to find those that are frequent and nearly always of one scalar type. */
final class PathCensus {
    /** The most paths of a column of documents that get columns of their own. */
    private static final int MOST_PATHS = 32;
    /** Keys of a path. */
    private static final int MOST_KEYS = 3;
    /** Different paths that are counted. */
    private static final int MOST_COUNTED = 1_024;
    /** Bytes of a key. */
    private static final int LONGEST_KEY = 128;
    /** Bytes that the texts of a path have on average. */
    private static final int LONG_TEXT = 100;
    /** One in so many documents has the path. */
    private static final int FREQUENT = 4;

    private final Map<List<String>, Count> counts = new HashMap<>();
    private int documents;

    private static final class Count {
        private int integers;
        private int decimals;
        private int truths;
        private int texts;
        private long textBytes;
        private int containers;

        void add(Jsonb value) {
            switch (value.kind()) {
                case NULL -> {}
                case BOOLEAN -> truths++;
                case NUMBER -> {
                    if (value.isLong()) {
                        integers++;
                    } else {
                        decimals++;
                    }
                }
                case STRING -> {
                    texts++;
                    textBytes += value.to() - value.from();
                }
                case ARRAY, OBJECT -> containers++;
            }
        }

        int most() {
            return Math.max(integers + decimals, Math.max(truths, texts));
        }

        Optional<SqlType> type(int documents) {
            int all = integers + decimals + truths + texts + containers;
            int most = most();
            if (most == 0 || most * FREQUENT < documents || all - most > most / ShreddedPath.OTHERS_SHARE) {
                return Optional.empty();
            }
            if (most == texts) {
                return textBytes / texts <= LONG_TEXT ? Optional.of(SqlType.TEXT) : Optional.empty();
            }
            return Optional.of(
                    most == truths
                            ? SqlType.BOOLEAN
                            : decimals > integers / ShreddedPath.OTHERS_SHARE ? SqlType.DOUBLE : SqlType.BIGINT);
        }
    }

    /** A path that is to have a column. */
    record Hot(List<String> keys, SqlType type) {}

    void add(Jsonb document) {
        documents++;
        if (document.isObject()) {
            members(document, List.of());
        }
    }

    private void members(Jsonb object, List<String> keys) {
        for (int i = 0; i < object.size(); i++) {
            byte[] key = object.keyBytes(i);
            if (key.length > LONGEST_KEY) {
                continue;
            }
            List<String> path = new ArrayList<>(keys);
            path.add(new String(key, java.nio.charset.StandardCharsets.UTF_8));
            Jsonb value = object.value(i);
            Count count = counts.get(path);
            if (count == null) {
                if (counts.size() >= MOST_COUNTED) {
                    continue;
                }
                count = new Count();
                counts.put(path, count);
            }
            count.add(value);
            if (value.kind() == JsonKind.OBJECT && path.size() < MOST_KEYS) {
                members(value, path);
            }
        }
    }

    /** The paths that are to have columns, the most frequent first. */
    List<Hot> hot() {
        Comparator<Map.Entry<List<String>, Count>> frequent =
                Comparator.comparingInt(entry -> -entry.getValue().most());
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue().type(documents).isPresent())
                .sorted(frequent.thenComparing(entry -> String.join("\0", entry.getKey())))
                .limit(MOST_PATHS)
                .map(entry ->
                        new Hot(entry.getKey(), entry.getValue().type(documents).orElseThrow()))
                .toList();
    }
}
