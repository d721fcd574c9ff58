package io.kadedb.storage.api;

/**
 * The codecs and the memory to read single rows of a table by primary key. Made once by {@link SqlTransaction#reader} and
 * used in any transaction of the same store that sees the same definition of the table. Owned by one thread at a time.
 */
public interface RowReader extends AutoCloseable {
    @Override
    void close();
}
