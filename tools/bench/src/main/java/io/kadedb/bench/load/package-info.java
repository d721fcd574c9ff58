/** What it takes to load a table, and what is stored then. */
@NullMarked
package io.kadedb.bench.load;

import org.jspecify.annotations.NullMarked;
