package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.operator.FileSources;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The files of this machine that a policy allows, for the planner and the executor. Thread-safe. */
public final class LocalFiles implements FileCatalog, FileSources, FileExports {
    private final FilePolicy policy;

    public LocalFiles(FilePolicy policy) {
        this.policy = policy;
    }

    @Override
    public FileDescription describe(String path, Map<String, String> options) {
        Path file = policy.resolve(path);
        FileFormat format = FileFormat.of(path, options);
        return switch (format) {
            case CSV -> {
                CsvSniffer.Result found = CsvSniffer.sniff(file, path, CsvFormat.of(path, options));
                double rows = Math.max(1.0, size(file, path) / found.bytesPerRow());
                yield new FileDescription(format, found.columns(), rows);
            }
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

    @Override
    public Export create(String path, Map<String, String> options, List<Field> columns) {
        return create(() -> policy.resolveNew(path), path, options, columns);
    }

    /**
     * Begins a file.
     *
     * @param place asked for after the options were found to be good
     */
    static Export create(Supplier<Path> place, String path, Map<String, String> options, List<Field> columns) {
        FileFormat format = FileFormat.of(path, options);
        return switch (format) {
            case CSV -> {
                CsvFormat csv = CsvFormat.of(path, options);
                yield new CsvExport(place.get(), path, csv, columns);
            }
            case PARQUET -> {
                ParquetOptions parquet = ParquetOptions.of(options);
                yield new ParquetExport(place.get(), path, parquet, named(format.written(columns)));
            }
            case ARROW -> {
                ArrowOptions arrow = ArrowOptions.of(options);
                yield new ArrowExport(place.get(), path, arrow, named(format.written(columns)));
            }
        };
    }

    @Override
    public Directory createDirectory(String path) {
        return new UnfinishedDirectory(policy.resolveNewDirectory(path), path);
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
        Path file = policy.resolve(scan.path());
        return switch (FileFormat.of(scan.path(), Map.of("format", scan.format()))) {
            case CSV -> new CsvSource(file, scan, run);
            case PARQUET -> new ParquetSource(file, scan, run);
            case ARROW -> new ArrowSource(file, scan, run);
        };
    }
}
