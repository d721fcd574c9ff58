/** The operators of physical plans as sources, transforms and sinks of pipelines. */
@NullMarked
package io.kadedb.executor.operator;

import org.jspecify.annotations.NullMarked;
