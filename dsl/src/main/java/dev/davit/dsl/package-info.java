/** The verbs and blocks of scripts and of the shell. */
@NullMarked
package dev.davit.dsl;

import org.jspecify.annotations.NullMarked;
