/** Push pipelines: what a worker thread runs, and how workers share a query. */
@NullMarked
package io.kadedb.executor.pipeline;

import org.jspecify.annotations.NullMarked;
