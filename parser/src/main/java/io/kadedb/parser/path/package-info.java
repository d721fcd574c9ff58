/** The SQL/JSON path language: from text to a tree and back to the text that PostgreSQL shows. */
@NullMarked
package io.kadedb.parser.path;

import org.jspecify.annotations.NullMarked;
