package io.kadedb.bench.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the eight tables as CSV files with a header line, by the pure-Java generator. */
public final class TpchData {
    /** Table names, referenced before referencing. */
    public static final List<String> TABLES =
            List.of("region", "nation", "supplier", "part", "partsupp", "customer", "orders", "lineitem");

    private TpchData() {}

    /**
     * Writes {@code <table>.csv} for every table, skipping those that a complete earlier run left there.
     *
     * @param scale 1 for 6 million rows of lineitem
     */
    public static void generate(double scale, Path folder) throws IOException {
        Path complete = folder.resolve("complete-" + scale);
        if (Files.exists(complete)) {
            return;
        }
        Files.createDirectories(folder);
        for (String table : TABLES) {
            write(TpchTable.getTable(table), scale, csvFile(folder, table));
        }
        Files.writeString(complete, "");
    }

    /** Writes one table, and gives its file. */
    public static Path generate(String table, double scale, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = csvFile(folder, table);
        write(TpchTable.getTable(table), scale, file);
        return file;
    }

    public static Path csvFile(Path folder, String table) {
        return folder.resolve(table + ".csv");
    }

    private static <E extends TpchEntity> void write(TpchTable<E> table, double scale, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(table.getColumns().stream().map(TpchColumn::getColumnName).collect(Collectors.joining(",")));
            out.write('\n');
            for (E row : table.createGenerator(scale, 1, 1)) {
                writeRow(out, row.toLine());
            }
        }
    }

    /** A generator's line ends every value with a bar, and holds no bar or line end within a value. */
    private static void writeRow(BufferedWriter out, String line) throws IOException {
        int from = 0;
        for (int bar = line.indexOf('|'); bar >= 0; bar = line.indexOf('|', from)) {
            if (from > 0) {
                out.write(',');
            }
            writeValue(out, line.substring(from, bar));
            from = bar + 1;
        }
        out.write('\n');
    }

    private static void writeValue(BufferedWriter out, String value) throws IOException {
        if (value.indexOf(',') < 0 && value.indexOf('"') < 0) {
            out.write(value);
        } else {
            out.write('"');
            out.write(value.replace("\"", "\"\""));
            out.write('"');
        }
    }
}
