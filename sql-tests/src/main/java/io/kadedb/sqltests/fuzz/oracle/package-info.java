/** Judges that need no other database. */
@NullMarked
package io.kadedb.sqltests.fuzz.oracle;

import org.jspecify.annotations.NullMarked;
