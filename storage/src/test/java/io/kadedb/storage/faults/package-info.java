/** What a loss of power, a full disk and a failing one do to a database; see {@code disk_faults.c}. */
@NullMarked
package io.kadedb.storage.faults;

import org.jspecify.annotations.NullMarked;
