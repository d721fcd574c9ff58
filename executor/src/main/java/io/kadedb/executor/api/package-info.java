/** What the server knows of the executor: a plan and its context in, batches out. */
@NullMarked
package io.kadedb.executor.api;

import org.jspecify.annotations.NullMarked;
