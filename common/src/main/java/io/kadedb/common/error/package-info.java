/** What can go wrong, as users see it: SQLSTATE, kind, place in the statement, hint. */
@NullMarked
package io.kadedb.common.error;

import org.jspecify.annotations.NullMarked;
