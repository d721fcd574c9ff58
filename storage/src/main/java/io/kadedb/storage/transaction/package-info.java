/**
 * SQL transactions over the key space: snapshots, the changes of statements with their undo, read and write conflicts on
 * logical keys, staging of what is too large for one key-value transaction, and the commit.
 */
@NullMarked
package io.kadedb.storage.transaction;

import org.jspecify.annotations.NullMarked;
