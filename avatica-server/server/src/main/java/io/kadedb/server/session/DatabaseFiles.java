package io.kadedb.server.session;

import static io.kadedb.parser.Identifiers.list;
import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.string;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.executor.api.FileExports;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.FilePath;
import io.kadedb.parser.ast.Statement;
import io.kadedb.server.script.DatabaseScript;
import io.kadedb.storage.api.SequenceValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * EXPORT and IMPORT DATABASE: a directory with the statements that make the objects, {@code schema.sql}, a file of rows for
 * each table, and {@code load.sql}, which reads them and makes what comes after. Relative names of files in {@code load.sql}
 * are those of the directory.
 */
final class DatabaseFiles {
    private static final String SCHEMA = "schema.sql";
    private static final String LOAD = "load.sql";
    private static final String DEFAULT_FORMAT = "parquet";
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}_-]");

    private final Services services;
    private final Principal principal;

    DatabaseFiles(Services services, Principal principal) {
        this.services = services;
        this.principal = principal;
    }

    /** Runs a statement within EXPORT. */
    @FunctionalInterface
    interface Export {
        /** Writes the rows that a COPY TO gives to a file of the directory, and gives their number. */
        long rows(ParsedStatement copy, FileExports.Directory directory, String name);
    }

    /** Writes the directory and gives the number of rows. */
    long write(Statement.ExportDatabase export, CatalogSnapshot catalog, SequenceValues values, Export rows) {
        services.checkFileAccess(principal, export.directory().path());
        Map<String, String> options = new LinkedHashMap<>();
        export.options().forEach(option -> options.put(option.name().text(), option.value()));
        String format = options.computeIfAbsent("format", name -> DEFAULT_FORMAT);
        long count = 0;
        try (FileExports.Directory directory =
                services.exports().createDirectory(export.directory().path())) {
            DatabaseScript script = new DatabaseScript(catalog);
            StringBuilder load = new StringBuilder();
            int number = 0;
            for (TableDefinition table : script.tables()) {
                String name = fileName(table, ++number) + "." + format.toLowerCase(Locale.ROOT);
                String columns = columns(table);
                if (columns.isEmpty()) {
                    continue;
                }
                String target = qualified(table.schema(), table.name()) + " (" + columns + ")";
                String written = options(options, List.of());
                ParsedStatement copy = parse("COPY " + target + " TO " + string(name) + " (" + written + ")")
                        .getFirst();
                count += rows.rows(copy, directory, name);
                load.append("COPY ")
                        .append(target)
                        .append(" FROM ")
                        .append(string(name))
                        .append(" (")
                        .append(options(options, List.of("compression", "codec", "row_group_size")))
                        .append(");\n");
            }
            script.after(values).forEach(statement -> load.append(statement).append('\n'));
            directory.writeText(
                    SCHEMA, script.before().stream().map(text -> text + "\n").collect(Collectors.joining()));
            directory.writeText(LOAD, load.toString());
            directory.finish();
        }
        return count;
    }

    /** A name that every file system takes, and no two tables have. */
    private static String fileName(TableDefinition table, int number) {
        return String.format(Locale.ROOT, "%04d_", number)
                + UNSAFE.matcher(table.schema() + "_" + table.name()).replaceAll("_");
    }

    /** The columns whose values are kept: not those that are computed from them. */
    private static String columns(TableDefinition table) {
        return list(table.columns().stream()
                .filter(column -> !column.isGenerated())
                .map(ColumnDefinition::name)
                .toList());
    }

    private static String options(Map<String, String> options, List<String> without) {
        return options.entrySet().stream()
                .filter(option -> !without.contains(option.getKey()))
                .map(option -> option.getKey() + " " + string(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    private List<ParsedStatement> parse(String text) {
        return services.reader().read(text);
    }

    /** Runs a statement of the directory. */
    @FunctionalInterface
    interface Import {
        void run(ParsedStatement statement);
    }

    /** Runs the statements of the directory. */
    void read(Statement.ImportDatabase imported, Import statements) {
        services.checkFileAccess(principal, imported.directory().path());
        String directory = imported.directory().path();
        for (String name : List.of(SCHEMA, LOAD)) {
            String path = Path.of(directory, name).toString();
            String text = services.exports().readText(path);
            try {
                for (ParsedStatement parsed : parse(text)) {
                    run(parsed, directory, statements);
                }
            } catch (KadeException e) {
                throw within(path, e);
            }
        }
    }

    /** The failure with the place in the file, since places are told of the statement's own text. */
    private static KadeException within(String path, KadeException e) {
        String place =
                e.position().map(position -> "line " + position.line() + " of ").orElse("");
        return KadeException.of(e.code(), e.messageText() + " (" + place + "\"" + path + "\")", e)
                .detail(e.detail().orElse(null))
                .hint(e.hint().orElse(null));
    }

    private static void run(ParsedStatement parsed, String directory, Import statements) {
        Statement statement = parsed.statement();
        if (StatementKinds.isControl(statement)
                || !StatementKinds.textColumns(statement).isEmpty()) {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "IMPORT DATABASE runs statements that make objects and rows, and no others");
        }
        ParsedStatement run = parsed;
        if (statement instanceof Statement.CopyFrom copy && copy.file().isPresent()) {
            FilePath file = copy.file().get();
            FilePath there =
                    new FilePath(Path.of(directory).resolve(file.path()).toString(), file.position());
            run = new ParsedStatement(
                    new Statement.CopyFrom(
                            copy.table(), copy.columns(), Optional.of(there), copy.options(), copy.where()),
                    parsed.text(),
                    parsed.offset(),
                    parsed.parameterCount());
        }
        statements.run(run);
    }
}
