/** What a command line can say: parameters and how they are read, and what help, man pages and completion tell of them. */
@NullMarked
package dev.davit.usage;

import org.jspecify.annotations.NullMarked;
