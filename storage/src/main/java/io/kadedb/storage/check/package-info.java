/**
 * Checks of what is stored: that it can be read, and that structures which say the same say it alike. Reads what is stored by
 * itself where it can, rather than through what writes it.
 */
@NullMarked
package io.kadedb.storage.check;

import org.jspecify.annotations.NullMarked;
