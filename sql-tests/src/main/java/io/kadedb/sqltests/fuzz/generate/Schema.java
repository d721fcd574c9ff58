package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.List;

/**
 * The tables of a case.
 *
 * @param setup what makes them and their rows
 */
public record Schema(List<Table> tables, List<Statement> setup) {
    public Schema {
        tables = List.copyOf(tables);
        setup = List.copyOf(setup);
    }
}
