package io.kadedb.common.catalog;

import io.kadedb.common.type.SqlType;
import java.util.List;

/**
 * What an index computes of a row: a part of its key, or whether the row is in it. Gives the same for the same row at all
 * times.
 *
 * @param sql as it was written, with the names that the columns have now
 * @param type of its values
 * @param columnIds of the columns it reads, each once
 */
public record IndexExpression(String sql, SqlType type, List<Integer> columnIds) {
    public IndexExpression {
        columnIds = List.copyOf(columnIds);
    }

    /** The same with other words. */
    public IndexExpression withSql(String newSql) {
        return new IndexExpression(newSql, type, columnIds);
    }

    /** The same over columns of other ids. */
    public IndexExpression withColumnIds(List<Integer> newIds) {
        return new IndexExpression(sql, type, newIds);
    }
}
