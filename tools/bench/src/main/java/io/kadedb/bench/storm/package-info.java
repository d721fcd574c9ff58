/** Updates that go on and on, and what the history they leave takes on disk. */
@NullMarked
package io.kadedb.bench.storm;

import org.jspecify.annotations.NullMarked;
