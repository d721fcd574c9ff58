/** Stopping work that is under way. */
@NullMarked
package io.kadedb.common.control;

import org.jspecify.annotations.NullMarked;
