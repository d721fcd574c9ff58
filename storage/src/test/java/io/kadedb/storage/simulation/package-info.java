/** Seams that tests own: time, background work, crashes. */
@NullMarked
package io.kadedb.storage.simulation;

import org.jspecify.annotations.NullMarked;
