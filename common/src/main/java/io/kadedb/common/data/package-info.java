/** The in-memory form of rows: column vectors in Arrow layout over memory segments. */
@NullMarked
package io.kadedb.common.data;

import org.jspecify.annotations.NullMarked;
