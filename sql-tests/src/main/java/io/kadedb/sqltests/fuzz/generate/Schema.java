package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a case.
 *
 * @param views that queries name as they do tables
 * @param setup what makes them and their rows
 */
public record Schema(List<Table> tables, List<Table> views, List<Statement> setup) {
    public Schema {
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        setup = List.copyOf(setup);
    }

    /** What queries are over. */
    public List<Table> relations() {
        List<Table> all = new ArrayList<>(tables);
        all.addAll(views);
        return all;
    }
}
