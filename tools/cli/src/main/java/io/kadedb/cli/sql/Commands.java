package io.kadedb.cli.sql;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The shell's commands that begin with a backslash, named as psql names them. */
final class Commands {
    /** Each command with what it does. */
    static final List<List<String>> HELP = List.of(
            List.of(
                    "\\d [NAME]",
                    "a table's columns, indexes and keys; all tables, views, sequences and graphs without a name"),
            List.of("\\dt [PATTERN]", "tables; patterns are [schema.]name with * and ?"),
            List.of("\\dv [PATTERN]", "views"),
            List.of("\\ds [PATTERN]", "sequences"),
            List.of("\\dg [PATTERN]", "property graphs"),
            List.of("\\di [PATTERN]", "indexes"),
            List.of("\\dn [PATTERN]", "schemas"),
            List.of("\\l", "databases"),
            List.of(
                    "\\copy TABLE|(QUERY) FROM|TO FILE [OPTIONS]",
                    "COPY between the database and a file of this side, whose name may tell its format"),
            List.of("\\format NAME", "how results are printed: table, box, csv, tsv, json, jsonl, markdown, vertical"),
            List.of("\\x", "one value a line, or as before"),
            List.of("\\timing [on|off]", "tell how long statements take"),
            List.of("\\?", "this"),
            List.of("\\q", "leave, as Ctrl-D does"),
            List.of("!help", "the commands of sqlline"));

    private final Describe describe;
    private final ScriptRunner runner;
    private final PrintWriter out;
    private final Supplier<Screen> screen;
    private OutputFormat format;
    private boolean expanded;
    private boolean timing;

    /** What came of a command. */
    enum Outcome {
        DONE,
        /** The user, or the script, leaves. */
        LEFT,
        /** It failed, which was told. */
        FAILED
    }

    /** @param timing whether statements tell how long they took, until the command of that name */
    Commands(
            Connection connection,
            ScriptRunner runner,
            OutputFormat format,
            PrintWriter out,
            Supplier<Screen> screen,
            boolean timing) {
        this.timing = timing;
        this.describe = new Describe(connection);
        this.runner = runner;
        this.format = format;
        this.out = out;
        this.screen = screen;
    }

    /** Has what comes printed as was wanted, on the screen as it is now. */
    void use() {
        runner.printer(printer());
        runner.timing(timing);
        runner.progress(screen.get().colours());
    }

    private ResultPrinter printer() {
        return (expanded ? OutputFormat.vertical : format).printer(out, screen.get());
    }

    /**
     * Runs a command.
     *
     * @throws SQLException 42601 when there is none of the name, and what the database fails with
     */
    Outcome run(String line) throws SQLException {
        String[] parts = line.strip().replaceFirst("\\s*;$", "").split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        NamePattern pattern = NamePattern.parse(argument);
        switch (parts[0]) {
            case "\\q" -> {
                return Outcome.LEFT;
            }
            case "\\?" -> print(Rows.of(List.of("command", "what it does"), HELP));
            case "\\d" -> {
                return describe(argument, pattern);
            }
            case "\\dt" -> print(describe.list(pattern, "TABLE"));
            case "\\dv" -> print(describe.list(pattern, "VIEW"));
            case "\\ds" -> print(describe.list(pattern, "SEQUENCE"));
            case "\\dg" -> print(describe.list(pattern, "GRAPH"));
            case "\\di" -> print(describe.indexes(pattern));
            case "\\dn" -> print(describe.schemas(pattern));
            case "\\l" -> print(describe.databases());
            case "\\copy" -> copy(argument);
            case "\\format" -> format(argument);
            case "\\x" -> {
                expanded = !expanded;
                tell("expanded display is " + (expanded ? "on" : "off"));
            }
            case "\\timing" -> {
                timing = argument.isEmpty() ? !timing : argument.equalsIgnoreCase("on");
                tell("timing is " + (timing ? "on" : "off"));
            }
            default ->
                throw new SQLException("there is no command " + parts[0] + "; \\? lists those there are", "42601");
        }
        return Outcome.DONE;
    }

    private void copy(String arguments) throws SQLException {
        CopyText.Command copy = CopyText.command(arguments);
        if (copy == null) {
            throw new SQLException("\\copy wants TABLE or (QUERY), FROM or TO, and a file", "42601");
        }
        try {
            printer().done(copy(copy));
        } catch (NoSuchFileException e) {
            throw new SQLException("there is no file \"" + copy.path() + "\"", "58P01", e);
        } catch (IOException e) {
            throw new SQLException("the file \"" + copy.path() + "\" cannot be used: " + e.getMessage(), "58030", e);
        }
    }

    private long copy(CopyText.Command copy) throws SQLException, IOException {
        Path file = Path.of(copy.path());
        if (copy.direction() == CopyText.Direction.IN) {
            try (InputStream in = Files.newInputStream(file)) {
                return runner.copyIn(copy.sql(), in);
            }
        }
        // The file appears when it is whole.
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            long rows;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                rows = runner.copyOut(copy.sql(), out);
            }
            Path _ = Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } finally {
            boolean _ = Files.deleteIfExists(unfinished);
        }
    }

    /** Prints results in that format from here on. */
    void format(String name) throws SQLException {
        String wanted = name.toLowerCase(Locale.ROOT);
        @Nullable OutputFormat found = null;
        for (OutputFormat candidate : OutputFormat.values()) {
            if (candidate.name().equals(wanted)) {
                found = candidate;
            }
        }
        if (found == null) {
            throw new SQLException(
                    "there is no format \"" + name + "\"; there are "
                            + List.of(OutputFormat.values()).toString().replaceAll("[\\[\\]]", ""),
                    "22023");
        }
        format = found;
        expanded = false;
        tell("format is " + format);
    }

    private Outcome describe(String argument, NamePattern pattern) throws SQLException {
        if (argument.isEmpty()) {
            print(describe.list(pattern, null));
            return Outcome.DONE;
        }
        List<Describe.Relation> found = describe.relations(pattern);
        if (found.isEmpty()) {
            // The database says what is missing, and what may have been meant.
            if (pattern.exact()) {
                return missing(argument);
            }
            tell("no table, view or graph has such a name");
            return Outcome.DONE;
        }
        for (Describe.Relation relation : found) {
            tell(relation.kind().toLowerCase(Locale.ROOT) + " " + relation.schema() + "." + relation.name());
            if (!relation.kind().contains("GRAPH")) {
                describe.columns(relation, printer());
            }
            describe.notes(relation).forEach(this::tell);
        }
        return Outcome.DONE;
    }

    private Outcome missing(String name) {
        use();
        return runner.run("table " + name) ? Outcome.DONE : Outcome.FAILED;
    }

    private void print(Rows rows) throws SQLException {
        printer().rows(rows);
    }

    private void tell(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
