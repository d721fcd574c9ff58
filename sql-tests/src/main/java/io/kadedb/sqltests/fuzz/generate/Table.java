package io.kadedb.sqltests.fuzz.generate;

import static java.util.stream.Collectors.joining;

import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a case.
 *
 * @param written columns that rows are given values of
 * @param generated columns that are computed of those
 * @param definition its CREATE TABLE
 * @param keys columns of its primary key or of a unique constraint; empty for none
 */
record Table(String name, List<Column> written, List<Column> generated, Part definition, List<Column> keys) {
    Table {
        written = List.copyOf(written);
        generated = List.copyOf(generated);
        keys = List.copyOf(keys);
    }

    /** All of them, in their order. */
    List<Column> columns() {
        List<Column> all = new ArrayList<>(written);
        all.addAll(generated);
        return all;
    }

    /** What INSERT names: the table, and the columns that are given where there are others. */
    String target() {
        return generated.isEmpty() ? name : written.stream().map(Column::name).collect(joining(", ", name + " (", ")"));
    }
}
