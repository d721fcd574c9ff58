/** Evaluates SQL/JSON paths over documents in their binary form. */
@NullMarked
package io.kadedb.executor.path;

import org.jspecify.annotations.NullMarked;
