package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.operator.FileSources;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.physical.PhysicalPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of this machine that a policy allows, for the planner and the executor. Thread-safe. */
public final class LocalFiles implements FileCatalog, FileSources, FileExports {
    private final FilePolicy policy;

    public LocalFiles(FilePolicy policy) {
        this.policy = policy;
    }

    @Override
    public FileDescription describe(String path, Map<String, String> options) {
        Path file = policy.resolve(path);
        String format = format(path, options);
        if (format.equals("parquet")) {
            ParquetSource.Description found = ParquetSource.describe(file, path);
            return new FileDescription(format, found.columns(), found.rows());
        }
        CsvSniffer.Result found = CsvSniffer.sniff(file, path, CsvFormat.of(path, options));
        return new FileDescription(format, found.columns(), Math.max(1.0, size(file, path) / found.bytesPerRow()));
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
        if (!format(path, options).equals("csv")) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "writing Parquet files is not built")
                    .hint("write CSV: a name that ends in .csv, or the option format csv");
        }
        CsvFormat format = CsvFormat.of(path, options);
        return new CsvExport(policy.resolveNew(path), path, format, columns);
    }

    private static String format(String path, Map<String, String> options) {
        String name = path.toLowerCase(Locale.ROOT);
        String format = options.getOrDefault("format", name.endsWith(".parquet") ? "parquet" : "csv")
                .toLowerCase(Locale.ROOT);
        if (!format.equals("csv") && !format.equals("parquet")) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "files of format \"" + format + "\" are not built")
                    .hint("the formats are csv and parquet");
        }
        return format;
    }

    @Override
    public Source open(PhysicalPlan.FileScan scan, QueryRun run) {
        Path file = policy.resolve(scan.path());
        return scan.format().equals("parquet") ? new ParquetSource(file, scan, run) : new CsvSource(file, scan, run);
    }
}
