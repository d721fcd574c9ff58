/** The entry to the executor. */
@NullMarked
package io.kadedb.executor;

import org.jspecify.annotations.NullMarked;
