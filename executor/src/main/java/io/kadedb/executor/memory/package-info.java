/** The memory of statements: one budget each, out of one pool for the process. */
@NullMarked
package io.kadedb.executor.memory;

import org.jspecify.annotations.NullMarked;
