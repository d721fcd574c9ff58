package io.kadedb.planner.types;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.OpaqueType;
import io.kadedb.parser.ast.SqlTypes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes Calcite's types; text is UTF-8, and common types follow {@link TypeRules}. */
public final class KadeTypeFactory extends SqlTypeFactoryImpl {
    public KadeTypeFactory() {
        super(KadeTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** The type as Calcite has it. */
    public RelDataType of(SqlType type, boolean nullable) {
        return SqlTypes.toRelDataType(this, type, nullable);
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        return type instanceof OpaqueType opaque
                ? canonize(opaque.withNullability(nullable))
                : super.createTypeWithNullability(type, nullable);
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappingRule) {
        if (types.isEmpty() || types.stream().anyMatch(KadeTypeFactory::isOpaque)) {
            return super.leastRestrictive(types, mappingRule);
        }
        boolean nullable = false;
        SqlType common = SqlType.NULL;
        for (RelDataType type : types) {
            nullable |= type.isNullable() || type.getSqlTypeName() == SqlTypeName.NULL;
            Optional<SqlType> wider = TypeRules.common(common, SqlTypes.fromRelDataType(type));
            if (wider.isEmpty()) {
                return null;
            }
            common = wider.get();
        }
        return of(common, nullable);
    }

    private static boolean isOpaque(RelDataType type) {
        return type.isStruct()
                || type.getSqlTypeName() == SqlTypeName.ANY
                || type.getSqlTypeName() == SqlTypeName.UNKNOWN
                || type.getSqlTypeName() == SqlTypeName.SYMBOL
                || type.getSqlTypeName() == SqlTypeName.MULTISET
                || type.getKeyType() != null;
    }
}
