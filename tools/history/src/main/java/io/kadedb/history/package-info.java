/** Histories of what clients of a database have seen, and what finds anomalies in them. */
@NullMarked
package io.kadedb.history;

import org.jspecify.annotations.NullMarked;
