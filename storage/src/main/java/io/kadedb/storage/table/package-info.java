/**
 * Tables over the key space: manifests, column segments and their cache, deltas, folding. Reads merge deltas over
 * segments at one snapshot; what a transaction has not committed is laid over both.
 */
@NullMarked
package io.kadedb.storage.table;

import org.jspecify.annotations.NullMarked;
