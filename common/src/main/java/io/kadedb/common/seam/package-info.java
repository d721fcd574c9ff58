/** Everything that is not deterministic, behind an interface, so that a simulation can own it. */
@NullMarked
package io.kadedb.common.seam;

import org.jspecify.annotations.NullMarked;
