/** What the rest of KadeDB knows of storage: a store, its transactions, scans and writes of tables. */
@NullMarked
package io.kadedb.storage.api;

import org.jspecify.annotations.NullMarked;
