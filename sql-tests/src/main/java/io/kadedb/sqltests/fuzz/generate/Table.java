package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.List;

/**
 * A table of a case.
 *
 * @param definition its CREATE TABLE
 * @param keys columns of its primary key or of a unique constraint; empty for none
 */
record Table(String name, List<Column> columns, Part definition, List<Column> keys) {
    Table {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }
}
