/** Key spaces and stores of keys under measurement, each operation a transaction of its own. */
@NullMarked
package io.kadedb.bench.kv;

import org.jspecify.annotations.NullMarked;
