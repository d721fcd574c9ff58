/** Short transactions, one at a time and by many clients at once, counted on KadeDB and on its peers. */
@NullMarked
package io.kadedb.bench.oltp;

import org.jspecify.annotations.NullMarked;
