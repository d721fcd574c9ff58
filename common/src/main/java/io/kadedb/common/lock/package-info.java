/** How strongly things are locked, as statements say it and the store does it. */
@NullMarked
package io.kadedb.common.lock;

import org.jspecify.annotations.NullMarked;
