/**
 * The logic of transactions that all engines share: buffering and read-your-writes, conflict detection, version
 * assignment, retries. An engine supplies only a {@link io.kadedb.storage.keyspace.VersionedStore}.
 */
@NullMarked
package io.kadedb.storage.keyspace;

import org.jspecify.annotations.NullMarked;
