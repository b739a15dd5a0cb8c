/** The interactive shell: one session, its variables, Tab completion, and values shown as a person reads them. */
@NullMarked
package dev.davit.repl;

import org.jspecify.annotations.NullMarked;
