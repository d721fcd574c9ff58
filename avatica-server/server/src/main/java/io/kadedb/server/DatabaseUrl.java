package io.kadedb.server;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a connection URL names: {@code jdbc:kadedb:mem:[name]} or {@code jdbc:kadedb:file:<directory>}, either with
 * settings behind: {@code ?statement_timeout=1000&timezone=UTC}.
 */
public sealed interface DatabaseUrl {
    String PREFIX = "jdbc:kadedb:";
    String MEMORY = PREFIX + "mem:";
    String FILE = PREFIX + "file:";

    /** Settings and options behind the question mark. */
    Map<String, String> options();

    /**
     * A database that lives in memory while a connection to it is open.
     *
     * @param name shared by all connections of the process that give it; empty for one of the connection's own
     */
    record InMemory(String name, Map<String, String> options) implements DatabaseUrl {}

    /** A database in a directory. */
    record Directory(Path path, Map<String, String> options) implements DatabaseUrl {
        /** The same for every way to write the same directory. */
        public Path canonical() {
            try {
                Path absolute = path.toAbsolutePath().normalize();
                return Files.exists(absolute) ? absolute.toRealPath() : absolute;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads a URL; 08001 if it is none of ours. */
    static DatabaseUrl parse(String url) {
        int question = url.indexOf('?');
        String target = question < 0 ? url : url.substring(0, question);
        Map<String, String> options = question < 0 ? Map.of() : options(url, url.substring(question + 1));
        if (target.startsWith(MEMORY)) {
            return new InMemory(target.substring(MEMORY.length()), options);
        }
        if (target.startsWith(FILE) && target.length() > FILE.length()) {
            return new Directory(path(url, target.substring(FILE.length())), options);
        }
        throw unusable(url);
    }

    private static Path path(String url, String text) {
        String home = System.getProperty("user.home");
        try {
            return text.startsWith("~" + File.separator) && home != null
                    ? Path.of(home, text.substring(2))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw unusable(url);
        }
    }

    private static Map<String, String> options(String url, String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw unusable(url);
            }
            options.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return Map.copyOf(options);
    }

    private static KadeException unusable(String url) {
        return KadeException.of(ErrorCode.INVALID_CONNECTION_URL, "cannot connect to \"" + url + "\"")
                .hint("a URL is jdbc:kadedb:mem:[name] or jdbc:kadedb:file:<directory>, perhaps with"
                        + " ?setting=value&... behind");
    }
}
