/** What the embedded JDBC driver and the server's are both made of: results, statements and connections over Avatica's. */
@NullMarked
package io.kadedb.jdbc.common;

import org.jspecify.annotations.NullMarked;
