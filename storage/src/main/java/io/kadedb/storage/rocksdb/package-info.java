/** The engine in a directory: RocksDB below the shared transaction logic. */
@NullMarked
package io.kadedb.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
