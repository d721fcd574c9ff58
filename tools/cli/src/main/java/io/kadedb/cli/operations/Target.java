package io.kadedb.cli.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The database that a command is about: a directory that nobody has open, or one that a server serves. */
final class Target {
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "the directory of the database")
    private @Nullable Path directory;

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "a server's database instead, jdbc:kadedb://HOST:PORT")
    private @Nullable String url;

    /**
     * The URL of the database.
     *
     * @throws SQLException where there is none
     */
    String url() throws SQLException {
        if (url != null && directory == null) {
            return url;
        }
        if (url != null || directory == null) {
            throw new SQLException("give the directory of a database, or --url with a server's", "22023");
        }
        return of(directory);
    }

    /** The directory, if it is one. */
    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** The URL of a directory, which has to have a database. */
    static String of(Path directory) throws SQLException {
        if (!Files.isRegularFile(directory.resolve("kadedb.format"))) {
            throw new SQLException("there is no database in " + directory, "58P01");
        }
        return "jdbc:kadedb:file:" + directory;
    }
}
