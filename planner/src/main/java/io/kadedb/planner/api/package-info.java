/** What the server knows of the planner: a statement and its context in, a planned statement out. */
@NullMarked
package io.kadedb.planner.api;

import org.jspecify.annotations.NullMarked;
