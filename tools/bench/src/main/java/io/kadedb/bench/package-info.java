/** The {@code kadedb bench} command: measures KadeDB beside peers by the rules of docs/benchmarking.md. */
@NullMarked
package io.kadedb.bench;

import org.jspecify.annotations.NullMarked;
