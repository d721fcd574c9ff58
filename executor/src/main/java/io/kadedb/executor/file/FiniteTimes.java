package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.TypeId;

/** Arrow and Parquet have no infinite dates and timestamps. */
final class FiniteTimes {
    private FiniteTimes() {}

    /** @throws KadeException 22008 if there are any in the rows */
    static void check(Batch batch, String format) {
        for (ColumnVector column : batch.columns()) {
            TypeId type = column.type().id();
            if (type == TypeId.DATE || type == TypeId.TIMESTAMP || type == TypeId.TIMESTAMPTZ) {
                check(column, batch.length(), type, format);
            }
        }
    }

    private static void check(ColumnVector column, int rows, TypeId type, String format) {
        ColumnVector dictionary = column.dictionary();
        ColumnVector values = dictionary == null ? column : dictionary;
        int count = dictionary == null ? rows : dictionary.length();
        for (int row = 0; row < count; row++) {
            long value = type == TypeId.DATE
                    ? values.data().get(ColumnVector.INT32, 4L * row)
                    : values.data().get(ColumnVector.INT64, 8L * row);
            if (InfiniteTimes.isInfinite(type, value) && !values.isNull(row)) {
                throw KadeException.of(
                                ErrorCode.DATETIME_FIELD_OVERFLOW,
                                "an infinite " + type.sqlName() + " cannot be written to " + format)
                        .hint("write another value or NULL: nullif(column, 'infinity')");
            }
        }
    }
}
