package io.kadedb.sqltests.slt;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What {@code ${name}} stands for, and the names that DuckDB's runner fills in. */
record Variables(Map<String, String> values, Path folder, String script, Dialect dialect) {
    Variables {
        values = Map.copyOf(values);
    }

    Variables with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return new Variables(all, folder, script, dialect);
    }

    String fill(String text) {
        String filled = text;
        if (filled.contains("${")) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("${" + value.getKey() + "}", value.getValue());
            }
            filled = filled.replace("${dir}", folder.toString());
        }
        return dialect == Dialect.DUCKDB ? placeholders(filled) : filled;
    }

    private String placeholders(String text) {
        if (text.indexOf('{') < 0 && !text.contains("__")) {
            return text;
        }
        String dir = folder.toString();
        String filled = text.replace("__TEST_DIR__", dir)
                .replace("{TEST_DIR}", dir)
                .replace("__WORKING_DIRECTORY__", Path.of("").toAbsolutePath().toString())
                .replace("{TEST_NAME}", script)
                .replace("{BASE_TEST_NAME}", script.replaceAll("[^A-Za-z0-9]", "_"));
        return filled.contains("{UUID}")
                ? filled.replace("{UUID}", UUID.randomUUID().toString())
                : filled;
    }
}
