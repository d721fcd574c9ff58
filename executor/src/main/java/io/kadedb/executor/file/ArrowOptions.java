package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.Map;

/**
 * How an Arrow file is written.
 *
 * @param groupRows rows after which a record batch ends with the batch of the query
 */
record ArrowOptions(long groupRows) {
    private static final long DEFAULT_GROUP_ROWS = 65_536;

    static ArrowOptions of(Map<String, String> options) {
        long groupRows = DEFAULT_GROUP_ROWS;
        for (Map.Entry<String, String> option : options.entrySet()) {
            switch (option.getKey()) {
                case "format" -> {}
                case "row_group_size" -> groupRows = ParquetOptions.rows(option.getValue());
                default ->
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "the option \"" + option.getKey() + "\" of Arrow files is not built")
                            .hint("there are: format, row_group_size");
            }
        }
        return new ArrowOptions(groupRows);
    }
}
