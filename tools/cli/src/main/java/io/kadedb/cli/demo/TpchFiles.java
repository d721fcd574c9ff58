package io.kadedb.cli.demo;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the TPC-H tables of the demo as files with a bar between the values, by the pure-Java generator. */
final class TpchFiles {
    static final List<String> TABLES = List.of("region", "nation", "customer", "orders", "lineitem");

    /** A hundredth of the benchmark's smallest size: 60,000 lines of orders. */
    static final double SCALE = 0.01;

    private TpchFiles() {}

    static Path write(String table, Path folder) throws IOException {
        Path file = folder.resolve(table + ".tbl");
        write(TpchTable.getTable(table), file);
        return file;
    }

    private static <E extends TpchEntity> void write(TpchTable<E> table, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (E row : table.createGenerator(SCALE, 1, 1)) {
                String line = row.toLine();
                out.write(line, 0, line.endsWith("|") ? line.length() - 1 : line.length());
                out.write('\n');
            }
        }
    }
}
