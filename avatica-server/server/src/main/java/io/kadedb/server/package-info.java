/** The node: the only place that names implementations of the stages below it. */
@NullMarked
package io.kadedb.server;

import org.jspecify.annotations.NullMarked;
