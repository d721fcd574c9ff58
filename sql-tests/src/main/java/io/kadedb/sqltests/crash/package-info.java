/** Servers that are killed while clients work, and what has to hold of their databases afterwards. */
@NullMarked
package io.kadedb.sqltests.crash;

import org.jspecify.annotations.NullMarked;
