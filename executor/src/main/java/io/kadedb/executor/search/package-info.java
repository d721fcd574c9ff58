/** Full text search: how texts become lexemes, and how well they are what is looked for. */
@NullMarked
package io.kadedb.executor.search;

import org.jspecify.annotations.NullMarked;
