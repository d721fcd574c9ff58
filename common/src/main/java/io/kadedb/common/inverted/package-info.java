/** The terms that inverted indexes hold of a value, and those that a condition asks for. */
@NullMarked
package io.kadedb.common.inverted;

import org.jspecify.annotations.NullMarked;
