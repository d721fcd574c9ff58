package io.kadedb.parser.ast;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kadedb.common.type.SqlType;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type of ours of which Calcite knows nothing but that it is one: it only compares with itself. */
public final class OpaqueType extends AbstractSqlType {
    private static final long serialVersionUID = 1L;
    /** Calcite compares families by identity. */
    private static final Interner<Family> FAMILIES = Interners.newWeakInterner();

    @SuppressWarnings("serial")
    private final SqlType type;

    public OpaqueType(SqlType type, boolean nullable) {
        super(SqlTypeName.OTHER, nullable, null);
        this.type = type;
        computeDigest();
    }

    public SqlType type() {
        return type;
    }

    /** The same type with another nullability. */
    public OpaqueType withNullability(boolean nullable) {
        return nullable == isNullable() ? this : new OpaqueType(type, nullable);
    }

    @Override
    public RelDataTypeFamily getFamily() {
        return FAMILIES.intern(new Family(type));
    }

    @Override
    protected void generateTypeString(StringBuilder out, boolean withDetail) {
        // The detail tells types of one name apart.
        out.append(withDetail && type.detail() != null ? type.detail().toString() : type.toString());
    }

    private record Family(SqlType type) implements RelDataTypeFamily {}
}
