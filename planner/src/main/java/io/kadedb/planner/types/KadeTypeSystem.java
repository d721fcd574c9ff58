package io.kadedb.planner.types;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Limits and aggregate types: decimals of 38 digits, microseconds, sums that grow. */
public final class KadeTypeSystem extends RelDataTypeSystemImpl {
    public static final KadeTypeSystem INSTANCE = new KadeTypeSystem();

    private KadeTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 6;
            case CHAR, VARCHAR -> 10_485_760;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? SqlType.MAX_DECIMAL_PRECISION : super.getMaxScale(typeName);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case VARCHAR, VARBINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 6;
            case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argumentType) {
        return aggregate(factory, argumentType, TypeRules.sum(SqlTypes.fromRelDataType(argumentType)));
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argumentType) {
        return aggregate(factory, argumentType, TypeRules.average(SqlTypes.fromRelDataType(argumentType)));
    }

    private static RelDataType aggregate(RelDataTypeFactory factory, RelDataType argument, SqlType result) {
        return SqlTypes.toRelDataType(factory, result, argument.isNullable());
    }
}
