package io.kadedb.jdbc.common;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneId;

/** A column of the rows that a result set stands on. What its values may be read as is said by its kind. */
public interface Column {
    /** The type, as far as reading goes. */
    Kind kind();

    /** The type as errors name it. */
    String typeName();

    /** Whether a row's value is NULL; the others of its values are asked for only where it is not. */
    boolean isNull(int row);

    /** Booleans as 0 and 1, integers, days and microseconds. */
    long word(int row);

    /** Floating-point numbers, and decimals as the nearest one. */
    double floating(int row);

    /** Decimals. */
    BigDecimal decimal(int row);

    /** Byte strings, as a copy. */
    byte[] bytes(int row);

    /**
     * The text of the kinds that have one of their own: texts, UUIDs, arrays and others.
     *
     * @param zone of the session
     */
    String text(int row, ZoneId zone);

    /** What {@code getObject} gives for the kinds that {@link #text} is for. */
    Object object(int row, ZoneId zone) throws SQLException;
}
