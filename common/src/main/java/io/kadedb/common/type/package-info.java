/** SQL types: stable ids, precision and scale, collation and time-zone semantics. */
@NullMarked
package io.kadedb.common.type;

import org.jspecify.annotations.NullMarked;
