package io.kadedb.server.remote;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.jdbc.common.CellText;
import io.kadedb.server.jdbc.Descriptions;
import io.kadedb.server.jdbc.FrameColumn;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** How values travel in Avatica's frames: which types its protocol has none for become numbers or text. */
public enum Encoding {
    /** As the stock Avatica client reads it: times in milliseconds. */
    STOCK,
    /** For our own driver: times in microseconds since midnight or 1970. */
    EXACT;

    private static final long MICROS_PER_MILLI = 1_000;

    private Rep rep(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> Rep.BOOLEAN;
            case SMALLINT -> Rep.SHORT;
            case INTEGER, DATE -> Rep.INTEGER;
            case BIGINT, TIMESTAMP -> Rep.LONG;
            case REAL -> Rep.FLOAT;
            case DOUBLE -> Rep.DOUBLE;
            case DECIMAL -> Rep.NUMBER;
            case BYTEA -> Rep.BYTE_STRING;
            case TIME -> this == EXACT ? Rep.LONG : Rep.INTEGER;
            case TIMESTAMPTZ -> this == EXACT ? Rep.LONG : Rep.STRING;
            default -> Rep.STRING;
        };
    }

    /**
     * A value of a frame, of the class its {@link #rep} has.
     *
     * @param zone in which instants are shown
     */
    @Nullable
    Object value(FrameColumn column, int row, ZoneId zone) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type().id()) {
            case BOOLEAN -> column.word(row) != 0;
            case SMALLINT -> (short) column.word(row);
            case INTEGER, DATE -> (int) column.word(row);
            case BIGINT -> column.word(row);
            case REAL -> (float) column.floating(row);
            case DOUBLE -> column.floating(row);
            case DECIMAL -> column.decimal(row);
            case TEXT, VARCHAR -> column.text(row);
            case BYTEA -> column.bytes(row);
            case TIMESTAMP ->
                this == EXACT ? column.word(row) : (Object) Math.floorDiv(column.word(row), MICROS_PER_MILLI);
            case TIME -> this == EXACT ? column.word(row) : (Object) (int) (column.word(row) / MICROS_PER_MILLI);
            case TIMESTAMPTZ -> this == EXACT ? column.word(row) : CellText.of(column, row, zone);
            default -> CellText.of(column, row, zone);
        };
    }

    /**
     * Describes a statement: its parameters, and its columns if it gives rows. Our driver, which knows the text, gets
     * the session's time zone in its place.
     */
    Meta.Signature signature(String text, ZoneId zone, List<SqlType> parameters, List<Field> columns, boolean rows) {
        return new Meta.Signature(
                Descriptions.columns(columns, this::rep),
                this == EXACT ? zone.getId() : text,
                Descriptions.parameters(parameters),
                Map.of(),
                Meta.CursorFactory.LIST,
                rows ? Meta.StatementType.SELECT : Meta.StatementType.UPDATE);
    }

    /** How many bytes a value takes on the wire, roughly. */
    static long weight(@Nullable Object value) {
        return switch (value) {
            case String text -> 40L + text.length();
            case byte[] bytes -> 40L + 3L * bytes.length;
            case null, default -> 40;
        };
    }
}
