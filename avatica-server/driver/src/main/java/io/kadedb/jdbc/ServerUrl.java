package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code jdbc:kadedb://host[:port][/database][?setting=value&...]}. */
final class ServerUrl {
    static final String PREFIX = "jdbc:kadedb://";
    static final int DEFAULT_PORT = 8765;

    private final String host;
    private final int port;
    private final String database;
    private final Map<String, String> options;

    private ServerUrl(String host, int port, String database, Map<String, String> options) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.options = options;
    }

    /** Reads a URL; 08001 if it is none of ours. */
    static ServerUrl parse(String url) throws SQLException {
        try {
            URI uri = new URI(url.substring("jdbc:".length()));
            String host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                throw unusable(url);
            }
            String path = uri.getPath() == null ? "" : uri.getPath();
            return new ServerUrl(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    path.startsWith("/") ? path.substring(1) : path,
                    options(url, uri.getRawQuery() == null ? "" : uri.getRawQuery()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw unusable(url);
        }
    }

    private static Map<String, String> options(String url, String query) throws SQLException {
        Map<String, String> options = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return options;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw unusable(url);
            }
            options.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return options;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static SQLException unusable(String url) {
        return SqlErrors.of(
                SqlErrors.CANNOT_CONNECT,
                "cannot connect to \"" + url + "\"\n  hint: a URL is jdbc:kadedb://host[:port][/database], perhaps with"
                        + " ?setting=value&... behind");
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** Empty for whichever the server has. */
    String database() {
        return database;
    }

    Map<String, String> options() {
        return options;
    }
}
