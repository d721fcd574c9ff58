/** Statements read by our parser and by Calcite's. */
@NullMarked
package io.kadedb.bench.parse;

import org.jspecify.annotations.NullMarked;
