package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a Parquet file is written.
 *
 * @param groupRows rows after which a row group ends with the batch
 */
record ParquetOptions(ParquetCodec codec, long groupRows) {
    private static final long DEFAULT_GROUP_ROWS = 122_880;

    static ParquetOptions of(Map<String, String> options) {
        ParquetCodec codec = ParquetCodec.ZSTD;
        long groupRows = DEFAULT_GROUP_ROWS;
        for (Map.Entry<String, String> option : options.entrySet()) {
            switch (option.getKey()) {
                case "format" -> {}
                case "compression", "codec" -> codec = ParquetCodec.of(option.getValue());
                case "row_group_size" -> groupRows = rows(option.getValue());
                default ->
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "the option \"" + option.getKey() + "\" of Parquet files is not built")
                            .hint("there are: format, compression, row_group_size");
            }
        }
        return new ParquetOptions(codec, groupRows);
    }

    /** A number of rows of an option. */
    static long rows(String value) {
        try {
            long rows = Long.parseLong(value);
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException e) {
            throw wrong(value, e);
        }
        throw wrong(value, null);
    }

    private static KadeException wrong(String value, @Nullable Throwable cause) {
        return KadeException.of(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "the option row_group_size is a number of rows, not \"" + value + "\"",
                cause);
    }
}
