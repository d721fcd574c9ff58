/**
 * A second, naive executor of physical plans: one row at a time over Java objects, written down from SQL's rules as
 * plainly as possible and sharing nothing with the kernels and operators it judges.
 */
@NullMarked
package io.kadedb.executor.reference;

import org.jspecify.annotations.NullMarked;
