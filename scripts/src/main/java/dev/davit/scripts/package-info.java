/** Runs scripts: their command lines, their compilation, their errors; and the commands that come with Davit. */
@NullMarked
package dev.davit.scripts;

import org.jspecify.annotations.NullMarked;
