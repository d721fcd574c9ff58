/** The engine in memory: everything is lost when it closes. */
@NullMarked
package io.kadedb.storage.memory;

import org.jspecify.annotations.NullMarked;
