/** SQL and graph text to statements: {@link io.kadedb.parser.SqlParser} is the entry. */
@NullMarked
package io.kadedb.parser;

import org.jspecify.annotations.NullMarked;
