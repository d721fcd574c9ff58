/** Generated graphs, and algorithms as simple as they can be to compare results with. */
@NullMarked
package io.kadedb.bench.graph;

import org.jspecify.annotations.NullMarked;
