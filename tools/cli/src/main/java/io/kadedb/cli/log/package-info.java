/** Where the command line writes its log. */
@NullMarked
package io.kadedb.cli.log;

import org.jspecify.annotations.NullMarked;
