package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.ClientInput;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.operator.FileSources;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.api.ClientFileCatalog;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The files of this machine that a policy allows, for the planner and the executor. Thread-safe. */
public final class LocalFiles implements ClientFileCatalog, FileSources, FileExports {
    private final FilePolicy policy;

    public LocalFiles(FilePolicy policy) {
        this.policy = policy;
    }

    @Override
    public FileDescription describe(String path, Map<String, String> options) {
        if (path.isEmpty()) {
            throw RecordSource.nothingSent();
        }
        return describe(policy.resolve(path), path, options);
    }

    @Override
    public FileDescription describe(Path sent, Map<String, String> options) {
        return describe(sent, "", options);
    }

    private static FileDescription describe(Path file, String path, Map<String, String> options) {
        FileFormat format = FileFormat.of(path, options);
        return switch (format) {
            case CSV -> {
                CsvSniffer.Result found = CsvSniffer.sniff(file, path, CsvFormat.of(format, path, options));
                double rows = Math.max(1.0, size(file, path) / found.bytesPerRow());
                yield new FileDescription(format, found.columns(), rows);
            }
            case TEXT -> throw KadeException.internal("text files do not tell their columns", null);
            case PARQUET -> {
                noOptions(options);
                ParquetSource.Description found = ParquetSource.describe(file, path);
                yield new FileDescription(format, found.columns(), found.rows());
            }
            case ARROW -> {
                noOptions(options);
                ArrowSource.Description found = ArrowSource.describe(file, path);
                yield new FileDescription(format, found.columns(), found.rows());
            }
        };
    }

    private static void noOptions(Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!option.equals("format")) {
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "the option \"" + option + "\" is not one of reading files that tell their columns");
            }
        }
    }

    private static double size(Path file, String path) {
        try {
            return (double) Files.size(file);
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the file \"" + path + "\" cannot be read", e);
        }
    }

    /** A file in messages; an empty name is what a client sends. */
    static String shown(String name) {
        return name.isEmpty() ? "what the client sends" : "the file \"" + name + "\"";
    }

    /** The bytes of a file, for those who buffer themselves. */
    static InputStream stream(Path file, String path) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the file \"" + path + "\" cannot be read", e);
        }
    }

    @Override
    public Export create(String path, Map<String, String> options, List<Field> columns) {
        return create(() -> new UnfinishedFile(policy.resolveNew(path), path), path, options, columns);
    }

    @Override
    public Export stream(OutputStream out, Map<String, String> options, List<Field> columns) {
        return create(() -> new ClientStream(out), "", options, columns);
    }

    /**
     * Begins a file.
     *
     * @param target asked for after the options were found to be good
     */
    static Export create(Supplier<ExportTarget> target, String path, Map<String, String> options, List<Field> columns) {
        FileFormat format = FileFormat.of(path, options);
        return switch (format) {
            case CSV, TEXT -> {
                CsvFormat csv = CsvFormat.of(format, path, options);
                if (csv.match()) {
                    throw KadeException.of(
                            ErrorCode.INVALID_PARAMETER_VALUE, "cannot use \"match\" with HEADER in COPY TO");
                }
                yield format == FileFormat.CSV
                        ? new CsvExport(target.get(), csv, columns)
                        : new TextExport(target.get(), csv, columns);
            }
            case PARQUET -> {
                ParquetOptions parquet = ParquetOptions.of(options);
                yield new ParquetExport(target.get(), parquet, named(format.written(columns)));
            }
            case ARROW -> {
                ArrowOptions arrow = ArrowOptions.of(options);
                yield new ArrowExport(target.get(), arrow, named(format.written(columns)));
            }
        };
    }

    @Override
    public Directory createDirectory(String path) {
        return new UnfinishedDirectory(policy.resolveNewDirectory(path), path);
    }

    @Override
    public Path place(String path) {
        return policy.resolveNew(path);
    }

    @Override
    public String readText(String path) {
        try {
            return Files.readString(policy.resolve(path));
        } catch (IOException e) {
            throw KadeException.of(ErrorCode.IO_ERROR, "the file \"" + path + "\" cannot be read as text", e);
        }
    }

    /** Names that occur again get a number, since readers find columns by their names. */
    private static List<Field> named(List<Field> columns) {
        Set<String> taken = new HashSet<>();
        List<Field> named = new ArrayList<>();
        for (Field column : columns) {
            String name = column.name();
            for (int i = 1; !taken.add(name); i++) {
                name = column.name() + "_" + i;
            }
            // Every column may be null, as DuckDB writes them.
            named.add(new Field(name, column.type(), true));
        }
        return named;
    }

    @Override
    public Source open(PhysicalPlan.FileScan scan, QueryRun run) {
        FileFormat format = FileFormat.of(scan.path(), Map.of("format", scan.format()));
        return switch (format) {
            case CSV, TEXT ->
                new RecordSource(scan.fromClient() ? Optional.empty() : Optional.of(file(scan, run)), scan, run);
            case PARQUET -> new ParquetSource(file(scan, run), scan, run);
            case ARROW -> new ArrowSource(file(scan, run), scan, run);
        };
    }

    private Path file(PhysicalPlan.FileScan scan, QueryRun run) {
        return scan.fromClient()
                ? run.context().input().flatMap(ClientInput::file).orElseThrow(RecordSource::nothingSent)
                : policy.resolve(scan.path());
    }
}
