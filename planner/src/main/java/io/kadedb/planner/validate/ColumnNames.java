package io.kadedb.planner.validate;

import io.kadedb.parser.ast.KadeTypeNameSpec;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** The names of columns without an alias, as PostgreSQL gives them (FigureColname). */
public final class ColumnNames {
    static final String UNNAMED = "?column?";

    private ColumnNames() {}

    /** The name of a select item. */
    public static String of(SqlNode node) {
        return switch (node) {
            case SqlIdentifier identifier when !identifier.isStar() -> identifier.names.getLast();
            case SqlSelect select
            when select.getSelectList().size() == 1 -> of(select.getSelectList().get(0));
            case SqlCall call -> call(call);
            default -> UNNAMED;
        };
    }

    private static String call(SqlCall call) {
        return switch (call.getKind()) {
            case AS -> of(call.operand(1));
            case CAST -> cast(call);
            case CASE -> "case";
            case EXISTS -> "exists";
            case FILTER, OVER, WITHIN_GROUP -> of(call.operand(0));
            case TRIM -> "btrim";
            default ->
                call.getOperator() instanceof SqlFunction && call.getKind() != SqlKind.OTHER
                        ? function(call.getOperator().getName())
                        : UNNAMED;
        };
    }

    private static String function(String name) {
        return name.startsWith("$") ? UNNAMED : name.toLowerCase(Locale.ROOT);
    }

    private static String cast(SqlCall cast) {
        String inner = of(cast.operand(0));
        if (!inner.equals(UNNAMED)) {
            return inner;
        }
        return cast.operand(1) instanceof SqlDataTypeSpec spec
                        && spec.getTypeNameSpec() instanceof KadeTypeNameSpec type
                ? typeName(type)
                : UNNAMED;
    }

    private static String typeName(KadeTypeNameSpec spec) {
        return switch (spec.type().id()) {
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case REAL -> "float4";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            case DECIMAL -> "numeric";
            case VARCHAR -> "varchar";
            case CHAR -> "bpchar";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case TEXT, BYTEA, DATE, INTERVAL, UUID, NULL -> spec.type().id().sqlName();
        };
    }
}
