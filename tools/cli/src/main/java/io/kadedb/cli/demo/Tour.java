package io.kadedb.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The demo's statements, as its resources hold them. */
final class Tour {
    private Tour() {}

    /** A query with what it shows. */
    record Stop(String title, String sql) {}

    static List<Stop> stops() {
        List<Stop> stops = new ArrayList<>();
        for (String part : statements("tour.sql")) {
            int end = part.indexOf('\n');
            stops.add(new Stop(
                    part.substring(0, end).replaceFirst("^--\\s*", ""),
                    part.substring(end + 1).strip()));
        }
        return stops;
    }

    /** The statements of a resource, which holds no semicolon but at their ends. */
    static List<String> statements(String resource) {
        List<String> statements = new ArrayList<>();
        for (String part : text(resource).split(";", -1)) {
            if (!part.isBlank()) {
                statements.add(part.strip());
            }
        }
        return statements;
    }

    static byte[] bytes(String resource) {
        try (InputStream in = Tour.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }
}
