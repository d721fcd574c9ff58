@NullMarked
package io.kadedb.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
