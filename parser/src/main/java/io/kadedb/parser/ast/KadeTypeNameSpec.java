package io.kadedb.parser.ast;

import io.kadedb.common.type.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** One of our types where Calcite expects a type name, as in CAST. */
public final class KadeTypeNameSpec extends SqlTypeNameSpec {
    private final SqlType type;

    public KadeTypeNameSpec(SqlType type, SqlParserPos pos) {
        super(new SqlIdentifier(type.id().sqlName(), pos), pos);
        this.type = type;
    }

    /** The type as an operand of CAST. */
    public static SqlDataTypeSpec spec(SqlType type, SqlParserPos pos) {
        return new SqlDataTypeSpec(new KadeTypeNameSpec(type, pos), pos);
    }

    public SqlType type() {
        return type;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        SqlType known = type.isUnresolved() ? ((NamedTypes) validator).resolved(type, getParserPos()) : type;
        return SqlTypes.toRelDataType(validator.getTypeFactory(), known);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(type.toString());
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec spec, Litmus litmus) {
        return (spec instanceof KadeTypeNameSpec other && other.type.equals(type))
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, spec);
    }
}
