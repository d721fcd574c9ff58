package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A validator that finds the types which the parser only knows by their names. */
public interface NamedTypes {
    /** The type; 42704 at the place if there is none. */
    SqlType resolved(SqlType type, SqlParserPos pos);
}
