/** Plans as a whole. */
@NullMarked
package io.kadedb.executor;

import org.jspecify.annotations.NullMarked;
