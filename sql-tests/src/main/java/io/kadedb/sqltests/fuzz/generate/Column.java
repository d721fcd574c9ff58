package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.SqlType;

/**
 * A column that expressions may name.
 *
 * @param extreme whether its values reach the bounds of its type, so that no arithmetic is done on them
 */
record Column(String name, SqlType type, boolean extreme) {
    Kind kind() {
        return type.kind();
    }
}
