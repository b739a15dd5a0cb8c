/** Shows on a terminal, or in lines, what takes long to move. */
@NullMarked
package dev.davit.progress;

import org.jspecify.annotations.NullMarked;
