/** What one sees in images: differences, installed packages, sizes, and where a file came from. */
@NullMarked
package dev.davit.look;

import org.jspecify.annotations.NullMarked;
