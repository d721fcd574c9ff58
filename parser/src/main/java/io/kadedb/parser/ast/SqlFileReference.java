package io.kadedb.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code FROM 'path'}: a file where a table name may stand. To the validator it is the name {@code "$file"."path"}, so a
 * catalog reader tells it from a table by its schema.
 */
public final class SqlFileReference extends SqlIdentifier {
    /** The schema that marks files. */
    public static final String SCHEMA = "$file";

    private final String path;

    public SqlFileReference(String path, SqlParserPos pos) {
        super(List.of(SCHEMA, path), null, pos, List.of(pos, pos));
        this.path = path;
    }

    public String path() {
        return path;
    }

    @Override
    public SqlNode clone(SqlParserPos pos) {
        return new SqlFileReference(path, pos);
    }
}
