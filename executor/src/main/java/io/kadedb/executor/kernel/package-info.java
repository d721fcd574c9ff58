/** Tight loops over vectors, one per type and operation, and the expressions compiled onto them. */
@NullMarked
package io.kadedb.executor.kernel;

import org.jspecify.annotations.NullMarked;
