/** How a statement is run, timed, checked and reported; nothing here knows which suite it measures. */
@NullMarked
package io.kadedb.bench.measure;

import org.jspecify.annotations.NullMarked;
